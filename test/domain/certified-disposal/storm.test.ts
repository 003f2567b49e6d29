import fc from 'fast-check';
import { expect, test } from 'vitest';
import { certifiedDisposalResolutions } from '../../../domain/certified-disposal/attention.ts';
import { type Certificate, massDifference, proceedsOf } from '../../../domain/certified-disposal/certificate.ts';
import type { CertifiedDisposalCommand } from '../../../domain/certified-disposal/commands.ts';
import { certifiedDisposalDecider } from '../../../domain/certified-disposal/decider.ts';
import { type CertifiedDisposition, certifiedDispositions } from '../../../domain/certified-disposal/events.ts';
import { going, isEnded, type WantedItem } from '../../../domain/execution/item.ts';
import type { ExecutionProjection } from '../../../domain/execution/projection.ts';
import { anItem, stopSaleOf } from '../execution/world.ts';
import { aDestruction, aReceipt, aRecycling, Journey, terms } from './world.ts';

const { effects, deadlines, project, initial } = certifiedDisposalDecider;

const items = fc
  .array(fc.constantFrom(0, 1, 7, 999, 100_003), { minLength: 1, maxLength: 5 })
  .map((costs) => costs.map((cost, index): WantedItem => anItem({ item: `P1-${index + 1}`, cost })));

type Step = { readonly kind: number; readonly pick: number; readonly days: number };
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.nat(99),
  pick: fc.nat(9999),
  days: fc.constantFrom(0, 0, 1, 9, 40),
});

const strange = ['', '__proto__', 'constructor', 'take_up:x', 'A99'];
const pickOf = (ids: readonly string[], pick: number): string =>
  (pick % 11 === 0 ? strange[pick % strange.length] : ids[pick % Math.max(1, ids.length)]) ?? 'A99';

function commandOf({ now, at }: Journey, { kind, pick }: Step): CertifiedDisposalCommand {
  const all = Object.values(now.items);
  const one = all[pick % all.length];
  const some = one === undefined || pick % 5 === 0 ? [] : [{ rma: one.rma, item: one.item }];
  if (pick % 37 === 0) return stopSaleOf(all, kind);
  if (kind < 40) {
    const keys = effects(now).map(({ key }) => key);
    const outcome = pick % 12 === 0 ? ({ type: 'refused', code: 'no' } as const) : ({ type: 'accepted' } as const);
    return { type: 'outcome', effect: pickOf(keys, pick), outcome };
  }
  if (kind < 50) {
    const weightGrams = [null, 0, 3000, 3100, 1.5][pick % 5] ?? null;
    return { type: 'hand_over', document: 'WB', weightGrams, kept: pick % 3 === 0 ? some : [] };
  }
  if (kind < 64) return { type: 'certify', certificate: certificateOf(now.disposition, pick) };
  if (kind < 72) {
    const role = pick % 3 === 0 ? 'customs' : 'witness';
    return { type: 'witness', role, reference: [null, 'MRN-1', 'RECYCLER'][pick % 4] ?? null };
  }
  if (kind < 82) {
    const resolution = certifiedDisposalResolutions[pick % 3] ?? 'acknowledge';
    return { type: 'resolve', attention: pickOf(Object.keys(now.attention), pick), resolution, note: 'N' };
  }
  if (kind < 91) {
    const due = deadlines(now)[pick % 2] ?? deadlines(now)[0];
    return { type: 'deadline', deadline: due?.deadline ?? 'certificate', due: due?.at ?? at };
  }
  if (kind < 93) return { type: 'take_back', items: some, note: null };
  if (kind < 95) return { type: 'decline', items: pick % 2 === 0 ? null : some, note: null };
  if (kind < 96) return { type: 'cancel', note: null };
  return kind < 98 ? { type: 'ledger_disagrees', detail: 'x' } : { type: 'sync' };
}

/** Mostly of the kind that the goods go. */
function certificateOf(disposition: CertifiedDisposition, pick: number): Certificate {
  const charge = pick % 7 === 0 ? -1 : pick % 500;
  const its = pick % 6 === 0 ? certifiedDispositions[pick % 3] : disposition;
  if (its === 'donate') return { ...aReceipt, charge };
  if (its === 'destroy') return { ...aDestruction, charge };
  const proceeds = [0, 1, 777, 500_000][pick % 4] ?? 0;
  return aRecycling({ charge, proceeds, residueGrams: pick % 5 === 0 ? 1000 : 800 });
}

/** What must hold after every step, whatever came before. */
function brokenRules(its: Journey): string[] {
  const { now } = its;
  const all = Object.values(now.items);
  const completed = its.recorded.some(({ event }) => event.type === 'completed');
  const { certificate, handover } = now;
  const brought = going(now.items).reduce((sum, { received }) => sum + received, 0);
  const paid = completed && certificate !== null ? proceedsOf(certificate) : 0;
  const cost = going(now.items).reduce((sum, each) => sum + each.cost, 0);
  const rules: readonly (readonly [string, boolean])[] = [
    ['an item brings more than it cost', all.some((item) => item.received > item.cost || item.received < 0)],
    ['what was paid is not shared out', completed && brought !== Math.min(paid, cost)],
    ['recovery is another', -its.balance('recovery') !== paid],
    ['costs are others', its.balance('disposal_costs') !== (completed ? (certificate?.charge ?? 0) : 0)],
    ['mass is lost', certificate?.kind === 'recycling' && massDifference(certificate) !== 0],
    ['completed without a certificate', completed && certificate === null],
    ['who handed over was a witness', now.witnesses.some(({ by }) => by === handover?.by)],
    [
      'destroyed unseen',
      completed && now.disposition === 'destroy' && now.witnesses.length < (now.dutyClaimed ? 2 : 1),
    ],
    ['something left without a hand-over', completed && handover === null],
    ['recycled unweighed', handover !== null && now.disposition === 'recycle' && handover.weightGrams === null],
    ['closed with an item under way', now.status === 'closed' && !all.every(isEnded)],
    ['closed and busy', now.status === 'closed' && effects(now).length + deadlines(now).length > 0],
    ['closed and asking', now.status === 'closed' && Object.keys(now.attention).length > 0],
    [
      'stands still',
      now.status !== 'closed' && effects(now).length + deadlines(now).length + Object.keys(now.attention).length === 0,
    ],
  ];
  return rules.filter(([, broken]) => broken).map(([rule]) => rule);
}

/** The rows as append keeps them: by key, the later over the earlier. */
class Rows {
  readonly rows = new Map<string, object>();

  apply({ execution, executionItems, certificates = [], attention }: ExecutionProjection): this {
    this.rows.set('execution', execution);
    for (const row of executionItems) this.rows.set(`${row.rma}/${row.item}`, row);
    for (const row of certificates) this.rows.set('certificate', row);
    for (const row of attention) {
      const news = Object.entries(row).filter(([, value]) => value !== null);
      this.rows.set(row.attention, { ...this.rows.get(row.attention), ...Object.fromEntries(news) });
    }
    return this;
  }
}

test('whatever comes, figures agree, nothing stands still, and the rows follow from the journal', () => {
  const ends = { completed: 0, refused: 0, cancelled: 0 };
  fc.assert(
    fc.property(
      items,
      fc.constantFrom(...certifiedDispositions),
      fc.boolean(),
      fc.boolean(),
      fc.array(step, { minLength: 20, maxLength: 100 }),
      (wanted, disposition, dutyClaimed, begun, steps) => {
        const its = new Journey().request(disposition, { items: wanted, dutyClaimed, terms });
        if (begun) its.returnsAnswer();
        const live = new Rows().apply(project(initial, its.now, its.recorded));
        for (const each of steps) {
          its.wait(`P${each.days}D`).as(each.pick % 2 === 0 ? 'key_1' : 'key_2');
          const before = its.state;
          const known = its.recorded.length;
          its.send(commandOf(its, each));
          if (its.recorded.length > known) live.apply(project(before, its.now, its.recorded.slice(known)));
          expect(brokenRules(its)).toEqual([]);
        }
        if (its.now.outcome !== null) ends[its.now.outcome] += 1;
        expect(new Rows().apply(project(initial, its.now, its.recorded)).rows).toEqual(live.rows);
      },
    ),
    { numRuns: 1500 },
  );
  // Enough of them came to each end for this to mean anything.
  expect(Math.min(ends.completed, ends.refused, ends.cancelled)).toBeGreaterThan(30);
});
