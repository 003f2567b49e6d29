import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tripResolutions } from '../../../domain/trip/attention.ts';
import type { TripCommand } from '../../../domain/trip/commands.ts';
import { tripDecider } from '../../../domain/trip/decider.ts';
import { loadFailures } from '../../../domain/trip/events.ts';
import { faultOf } from '../../../domain/trip/plan.ts';
import { hasEnded, type Opened, planOf, route } from '../../../domain/trip/state.ts';
import { Drive } from './drive.ts';
import { aCandidate, point } from './world.ts';

const { effects, deadlines, project, initial } = tripDecider;

type Step = { readonly kind: number; readonly pick: number; readonly minutes: number };
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.nat(99),
  pick: fc.nat(9999),
  minutes: fc.constantFrom(0, 0, 5, 30, 240),
});

const strange = ['', '__proto__', 'T99', 'L99', 'assigned:L9'];
const pickOf = <T>(all: readonly T[], pick: number, otherwise: T): T =>
  all[pick % Math.max(1, all.length)] ?? otherwise;

function commandOf(its: Drive, { kind, pick }: Step): TripCommand {
  const { now, at } = its;
  const stop = pick % 13 === 0 ? pickOf(strange, pick, '') : pickOf(now.stops, pick, { stop: '' } as never).stop;
  const next = now.stops.find(({ state }) => state === 'planned')?.stop ?? stop;
  const load = pick % 13 === 0 ? pickOf(strange, pick, '') : pickOf(now.loads, pick, { load: '' } as never).load;
  if (kind < 25) {
    const due = effects(now);
    const effect = due[pick % Math.max(1, due.length)];
    const outcomes = [{ type: 'accepted' }, { type: 'accepted' }, { type: 'refused', code: 'no' }] as const;
    const placed = [
      { type: 'placed', trip: 'TP-2' },
      { type: 'not_placed', code: 'too_dear' },
    ] as const;
    const outcome =
      effect?.kind === 'place_again' ? pickOf(placed, pick, placed[0]) : pickOf(outcomes, pick, outcomes[0]);
    return { type: 'outcome', effect: effect?.key ?? pickOf(strange, pick, ''), outcome };
  }
  if (kind < 35) return { type: 'depart', at };
  if (kind < 50) return { type: 'arrive', stop: pick % 3 === 0 ? stop : next, at };
  if (kind < 63) return { type: 'collect', load, units: 1 + (pick % 3), at };
  if (kind < 67) return { type: 'deliver', load, units: 1 + (pick % 3), at };
  if (kind < 71) return { type: 'fail', load, code: pickOf(loadFailures, pick, 'other') };
  if (kind < 74) return { type: 'refuse', load, code: pickOf(loadFailures, pick, 'other') };
  if (kind < 78) return { type: 'withdraw', load };
  if (kind < 88) {
    const open = Object.keys(now.attention);
    const resolution = pickOf(tripResolutions, pick, 'acknowledge');
    return { type: 'resolve', attention: pickOf(open, pick, 'A9'), resolution, note: 'N' };
  }
  if (kind < 95) {
    const [due] = deadlines(now);
    return { type: 'deadline', deadline: due?.deadline ?? 'return', due: due?.at ?? at };
  }
  if (kind < 97) return { type: 'come_back', at };
  return kind < 98 ? { type: 'cancel', note: null } : { type: 'sync' };
}

/** What must hold after every step, whatever came before. */
function brokenRules(its: Drive): string[] {
  const { now } = its;
  const ids = (all: readonly string[]) => new Set(all).size < all.length;
  const isAboard = now.loads.filter(({ state }) => state === 'aboard');
  const rules: readonly (readonly [string, boolean])[] = [
    ['cannot be driven', now.status === 'planned' && faultOf(planOf(now)) !== null],
    ['two loads have one name', ids(now.loads.map(({ load }) => load))],
    ['two stops have one name', ids(now.stops.map(({ stop }) => stop))],
    ['goods going out were displaced', now.loads.filter(({ kind }) => kind === 'forward').length !== 2],
    ['the depot is not first and last', route(now)[0]?.stop !== 'T0' || route(now).at(-1)?.stop !== 'T3'],
    ['more collected than there was', now.loads.some(({ collected, units }) => (collected ?? 0) > units)],
    [
      'more delivered than collected',
      now.loads.some(({ collected, delivered }) => (delivered ?? 0) > (collected ?? 0)),
    ],
    ['units gone in silence', gone(its)],
    ['aboard and not under way', now.status !== 'under_way' && isAboard.length > 0],
    ['closed with a load nowhere', now.status === 'closed' && !now.loads.every(hasEnded)],
    ['closed and busy', now.status === 'closed' && effects(now).length + deadlines(now).length > 0],
    ['closed and asking', now.status === 'closed' && Object.keys(now.attention).length > 0],
    ['stands still', now.status !== 'closed' && isStill(now)],
  ];
  return rules.filter(([, broken]) => broken).map(([rule]) => rule);
}

/** Whether fewer went off than came on, and nobody ever heard. */
const gone = ({ now, recorded }: Drive): boolean =>
  now.loads.some(
    ({ load, collected, delivered }) =>
      delivered !== null &&
      delivered !== collected &&
      recorded.every(
        ({ event }) => !('reason' in event && event.reason === 'load_delivered_short' && event.subject === load),
      ),
  );

const isStill = (now: Opened): boolean =>
  effects(now).length + deadlines(now).length + Object.keys(now.attention).length === 0;

/** The rows as append keeps them: by key, the later over the earlier. */
class Rows {
  readonly rows = new Map<string, object>();

  apply({ network, trip, attention }: ReturnType<typeof project>): this {
    this.rows.set('network', network);
    if (trip !== undefined) this.rows.set('trip', trip.trip);
    for (const row of trip?.stops ?? []) this.rows.set(row.stop, row);
    for (const row of trip?.loads ?? []) this.rows.set(row.load, row);
    for (const row of attention) {
      const news = Object.entries(row).filter(([, value]) => value !== null);
      this.rows.set(row.attention, { ...this.rows.get(row.attention), ...Object.fromEntries(news) });
    }
    return this;
  }
}

const offered = fc.array(
  fc.record({
    at: fc.tuple(fc.integer({ min: -5, max: 25 }), fc.integer({ min: -5, max: 25 })),
    units: fc.integer({ min: 1, max: 4 }),
    kind: fc.constantFrom('return' as const, 'return' as const, 'packaging' as const, 'transfer' as const),
    goods: fc.constantFrom('returned' as const, 'recalled' as const, 'hazardous' as const),
    carrierPrice: fc.constantFrom(9_000, 4_000),
  }),
  { minLength: 1, maxLength: 6 },
);

test('whatever comes, every load has an end, nothing stands still, and the rows follow from the journal', () => {
  let [closed, collected, failed, late] = [0, 0, 0, 0];
  fc.assert(
    fc.property(offered, fc.array(step, { minLength: 5, maxLength: 90, size: 'max' }), (all, steps) => {
      const its = new Drive();
      const live = new Rows().apply(project(initial, its.now, its.recorded));
      const candidates = all.map(({ at: [north, east], ...rest }, index) =>
        aCandidate({ ...rest, place: point(north, east), candidate: `C${index}`, reference: `R-${index}` }),
      );
      for (const [index, each] of steps.entries()) {
        its.wait(`PT${each.minutes}M`);
        const before = its.state;
        const known = its.recorded.length;
        if (index % 9 === 0) its.take(candidates.filter((_, which) => which % 3 === (index / 9) % 3));
        its.send(commandOf(its, each));
        if (its.recorded.length > known) live.apply(project(before, its.now, its.recorded.slice(known)));
        expect(brokenRules(its)).toEqual([]);
      }
      if (its.now.status === 'closed') closed += 1;
      if (its.now.loads.some(({ rider, collected: has }) => rider !== undefined && has !== null)) collected += 1;
      if (its.now.loads.some(({ state }) => state === 'moved' || state === 'given_back')) failed += 1;
      if (its.recorded.some(({ event }) => event.type === 'stop_missed')) late += 1;
      expect(new Rows().apply(project(initial, its.now, its.recorded)).rows).toEqual(live.rows);
    }),
    { numRuns: 1000 },
  );
  // Enough of them came to an end for this to mean anything.
  expect(Math.min(closed, collected, failed, late)).toBeGreaterThan(20);
});
