import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recallResolutions } from '../../../domain/recall/attention.ts';
import { shareOf } from '../../../domain/recall/checks.ts';
import type { RecallCommand } from '../../../domain/recall/commands.ts';
import { recallDecider } from '../../../domain/recall/decider.ts';
import type { RecallProjection } from '../../../domain/recall/projection.ts';
import { isRaised, isUnderWay } from '../../../domain/recall/state.ts';
import { effectivenessLevels, hazardClasses } from '../../../domain/recall/terms.ts';
import { Journey } from './world.ts';

const { effects, project, initial } = recallDecider;

type Step = { readonly kind: number; readonly pick: number };
const step: fc.Arbitrary<Step> = fc.record({ kind: fc.nat(109), pick: fc.nat(9999) });
const strange = ['', '__proto__', 'constructor', 'A99', 'start_wave:99', 'place_stop_sale:0'];
const one = <T>(values: readonly T[], pick: number): T => values[pick % values.length] as T;

const unreached = (pick: number) => (pick % 3 === 0 ? { unreached: { count: 1, first: ['R-1'] } } : {});

/** What has come of an effect, mostly what fits it. */
function outcomeOf(its: Journey, pick: number): RecallCommand {
  const due = effects(its.state);
  const effect = pick % 9 === 0 || due.length === 0 ? one(strange, pick) : one(due, pick).key;
  const stopped = { lots: 2, facilities: 1, shippedUnits: 4, heldUnits: 1, milliseconds: 3 };
  const fits = effect.startsWith('place_stop_sale')
    ? pick % 5 === 0
      ? ({ type: 'overlaps', recall: 'RC-OTHER' } as const)
      : ({ type: 'stop_sale_placed', ...stopped } as const)
    : effect.startsWith('plan_waves')
      ? ({ type: 'waves_planned', consignees: pick % 7, amended: pick % 3, waves: pick % 4 } as const)
      : effect.startsWith('draw_checks')
        ? ({ type: 'checks_drawn', consignees: pick % 7, checks: pick % 4, withdrawn: pick % 2 } as const)
        : effect === 'keep_report'
          ? ({ type: 'report_kept', sha256: 'f00d' } as const)
          : effect === 'record_termination'
            ? ({ type: 'termination_recorded', checks: pick % 3, sha256: 'beef' } as const)
            : effect.startsWith('stop_returns')
              ? ({ type: 'returns_stopped', returns: pick % 4, ...unreached(pick) } as const)
              : effect === 'lift_stop_sale'
                ? ({ type: 'stop_sale_lifted', lots: pick % 4 } as const)
                : effect === 'release_returns'
                  ? ({ type: 'returns_released', returns: pick % 4, ...unreached(pick) } as const)
                  : ({ type: 'done' } as const);
  return { type: 'outcome', effect, outcome: pick % 11 === 0 ? { type: 'done' } : fits };
}

function commandOf(its: Journey, { kind, pick }: Step, reported: Set<string>): RecallCommand {
  const { now } = its;
  if (kind < 40) return outcomeOf(its, pick);
  if (kind < 60) {
    // A wave tells each thing once: its command's id is made of both.
    const wave = pick % 6 === 0 ? (pick >> 3) % 12 : one([...now.waves.sending, now.waves.started], pick);
    const report = pick % 7 === 0 ? 'again' : pick % 3 === 0 ? 'ended' : 'notified';
    const name = report === 'again' ? `${wave} ${report} ${pick}` : `${wave} ${report}`;
    if (!reported.has(name)) {
      reported.add(name);
      return { type: 'report_wave', wave, report, silent: pick % 3, undeliverable: pick % 2 };
    }
  }
  if (kind < 68) return { type: 'launch' };
  if (kind < 74) return { type: pick % 2 === 0 ? 'pause' : 'resume' };
  if (kind < 78) return { type: pick % 2 === 0 ? 'widen' : 'revise', scopeVersion: now.scopeVersion + (pick % 3) };
  if (kind < 82) return { type: 'change_rate', perMinute: one([0, 1, 600, 1.5, 2_000_000], pick) };
  if (kind < 86) return { type: 'set_class', hazardClass: one(hazardClasses, pick) };
  if (kind < 91) {
    const attention = one([...Object.keys(now.attention), one(strange, pick)], pick);
    return { type: 'resolve', attention, resolution: one(recallResolutions, pick >> 3), note: 'N' };
  }
  if (kind > 107) return { type: 'withdraw', note: 'N' };
  if (kind < 97 || kind > 102)
    return pick % 2 === 0 ? completes(pick >> 1) : { type: 'terminate', notice: (pick >> 1) % 2 === 0 };
  if (kind < 98) return { type: 'cancel', note: null };
  if (kind < 100) return { type: 'draw_checks' };
  if (kind === 100) return { type: 'estimate_completion', on: one([null, '2026-04-01', '2026-05-01'], pick) };
  if (kind < 102) {
    const effectiveness = one(effectivenessLevels, pick);
    return { type: 'set_effectiveness', effectiveness, checkShare: one([null, 999, 1_000, 10_000, 2.5], pick >> 3) };
  }
  return { type: 'sync' };
}

/** What is still done once a recall is over. */
const atTheEnd = (outcome: string | null): readonly string[] =>
  outcome === 'withdrawn'
    ? ['tell_waves', 'lift_stop_sale', 'stop_returns', 'release_returns', 'tell_withdrawal']
    : ['tell_waves', 'keep_report', 'record_termination', 'tell_termination', 'stop_returns'];

/** With or without something open, and with or without a note; or sent by who didn't look. */
const completes = (pick: number): RecallCommand =>
  pick % 5 === 0
    ? { type: 'complete' }
    : {
        type: 'complete',
        open: { checks: pick % 3, units: (pick >> 2) % 4 },
        note: (pick >> 4) % 2 === 0 ? 'N' : null,
        lead: (pick >> 5) % 2 === 0,
      };

/** What must hold after every step, whatever came before. */
function brokenRules(its: Journey): string[] {
  const { now } = its;
  const { waves, strategy } = now;
  const count = (type: string) => its.recorded.filter(({ event }) => event.type === type).length;
  const before = (first: string, then: string) => {
    const types = its.recorded.map(({ event }) => event.type as string);
    return types.includes(then) && !types.slice(0, types.indexOf(then)).includes(first);
  };
  const due = effects(now);
  const released = due.some(({ kind }) => kind === 'release_returns');
  const stops = due.some(({ kind }) => kind === 'stop_returns');
  const waits = isUnderWay(now) && now.status !== 'notified' && !now.paused;
  const rules: readonly (readonly [string, boolean])[] = [
    ['somebody is told before the goods are stopped', before('stop_sale_placed', 'wave_started')],
    ['is launched twice', count('launched') > 1],
    ['a wave starts twice', count('wave_started') !== waves.started],
    ['more waves send than the window has room for', waves.sending.length > strategy.window],
    ['waves are out of turn', !(waves.ended <= waves.started && waves.started <= waves.planned)],
    ['an unknown wave sends', waves.sending.some((wave) => wave < 1 || wave > waves.started)],
    ['versions are out of turn', now.plannedVersion > now.stoppedVersion || now.stoppedVersion > now.scopeVersion],
    ['returns hear of what is not stopped', now.returnsVersion > now.stoppedVersion],
    ['a paused recall starts waves', now.paused && due.some(({ kind }) => kind === 'start_wave')],
    ['draws are out of turn', now.draws.made > now.draws.due || count('checks_due') !== now.draws.due],
    [
      'all were told, and nobody knows whom to check',
      now.status === 'notified' && now.consignees > 0 && shareOf(strategy) > 0 && now.draws.due === 0,
    ],
    ['a share that no level has', (strategy.checkShare ?? null) !== null && strategy.effectiveness !== 'B'],
    ['completed, and no report is or will be kept', now.status === 'completed' && now.report === 'none'],
    [
      'completed, and something waits for a person',
      now.status === 'completed' && Object.values(now.attention).some(({ reason }) => reason !== 'returns_unreached'),
    ],
    ['completed with something open, and no note says why', wasLeftWithoutNote(now)],
    ['two final reports', count('report_kept') > 1 || count('termination_recorded') > 1],
    ['terminated with no report of its completion', before('report_kept', 'termination_recorded')],
    ['told that it is over before that was recorded', before('termination_recorded', 'termination_told')],
    ['told that it is over though nobody wanted it', count('termination_told') > 0 && now.termination?.notice !== true],
    ['ends twice', count('closed') > 1],
    ['terminated before it was completed', before('completed', 'terminated')],
    ['over before all were told', before('all_notified', 'completed')],
    ['over and still planning', !isUnderWay(now) && due.some(({ kind }) => !atTheEnd(now.outcome).includes(kind))],
    ['returns are released before goods may be sold', before('stop_sale_lifted', 'returns_released')],
    ['a release is asked for while returns hear of the stop', released && stops],
    ['all returns were told, and some wait for a person', allTold(its) && isRaised(now, 'returns_unreached')],
    ['withdrawn after it was completed', count('withdrawn') * count('completed') > 0],
    ['stands still', waits && due.length + waves.sending.length + Object.keys(now.attention).length === 0],
  ];
  return rules.filter(([, broken]) => broken).map(([rule]) => rule);
}

/** Whether the last word to returns reached all of them. */
const allTold = (its: Journey): boolean => {
  const told = its.recorded.flatMap(({ event }) =>
    event.type === 'returns_stopped' || event.type === 'returns_released' ? [event] : [],
  );
  return told.length > 0 && told.at(-1)?.unreached === undefined;
};

const wasLeftWithoutNote = ({ completion }: Journey['now']): boolean =>
  completion !== null &&
  completion.note === null &&
  completion.open !== null &&
  completion.open.checks + completion.open.units > 0;

/** The rows as append keeps them: by key, the later over the earlier. */
class Rows {
  readonly rows = new Map<string, object>();

  apply({ recall, attention }: RecallProjection): this {
    this.rows.set('recall', recall);
    for (const row of attention) {
      const news = Object.entries(row).filter(([, value]) => value !== null);
      this.rows.set(row.attention, { ...this.rows.get(row.attention), ...Object.fromEntries(news) });
    }
    return this;
  }
}

test('whatever comes, goods are stopped first, waves go in turn, and the rows follow from the journal', () => {
  const ends = new Map<string, number>();
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3 }), fc.array(step, { minLength: 10, maxLength: 160 }), (window, steps) => {
      const its = new Journey({ window });
      const reported = new Set<string>();
      const live = new Rows().apply(project(initial, its.now, its.recorded));
      for (const each of steps) {
        const before = its.state;
        const known = its.recorded.length;
        its.send(commandOf(its, each, reported));
        if (its.recorded.length > known) live.apply(project(before, its.now, its.recorded.slice(known)));
        expect(brokenRules(its)).toEqual([]);
      }
      const { status } = its.now;
      ends.set(its.now.outcome ?? status, (ends.get(its.now.outcome ?? status) ?? 0) + 1);
      expect(new Rows().apply(project(initial, its.now, its.recorded)).rows).toEqual(live.rows);
    }),
    { numRuns: 4000 },
  );
  // Enough of them came to each end for this to mean anything.
  for (const end of ['terminated', 'cancelled', 'withdrawn', 'notified', 'completed'])
    expect(ends.get(end) ?? 0, end).toBeGreaterThan(20);
});
