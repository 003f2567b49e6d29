import fc from 'fast-check';
import { expect, test } from 'vitest';
import { going, isEnded, itemKey } from '../../../domain/execution/item.ts';
import type { ExecutionProjection } from '../../../domain/execution/projection.ts';
import { workDispositions } from '../../../domain/goods/work.ts';
import { refurbishmentResolutions } from '../../../domain/refurbishment/attention.ts';
import type { RefurbishmentCommand } from '../../../domain/refurbishment/commands.ts';
import { refurbishmentDecider } from '../../../domain/refurbishment/decider.ts';
import type { RefurbishmentRequest, WorkItem } from '../../../domain/refurbishment/events.ts';
import { exceedsGain, spentOn, workOn, worthOf } from '../../../domain/refurbishment/state.ts';
import { stopSaleOf } from '../execution/world.ts';
import { asNew } from '../sale.ts';
import { aWorkItem, aWorkOrder, Bench } from './world.ts';

const { effects, deadlines, project, initial } = refurbishmentDecider;

const items = fc
  .array(
    fc.record({
      quantity: fc.integer({ min: 1, max: 4 }),
      cost: fc.constantFrom(0, 1, 999, 100_003),
      budget: fc.constantFrom(0, 900, 5000, 200_000),
    }),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((all) =>
    all.map(
      ({ quantity, cost, budget }, index): WorkItem =>
        aWorkItem({
          item: `P1-${index + 1}`,
          ...{ quantity, cost, budget },
          serials: index % 2 === 0 ? [] : Array.from({ length: quantity }, (_, n) => `S-${index}-${n}`),
          carriedAs: index === 3 ? 'asset' : 'inventory',
        }),
    ),
  );

const order: fc.Arbitrary<RefurbishmentRequest> = fc
  .record({
    items,
    disposition: fc.constantFrom('refurbish', 'refurbish', ...workDispositions),
    place: fc.constantFrom('bench', 'refurbisher'),
  })
  .map(aWorkOrder);

type Step = { readonly kind: number; readonly pick: number; readonly days: number };
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.nat(99),
  pick: fc.nat(9999),
  days: fc.constantFrom(0, 0, 1, 9, 40),
});

const strange = ['', '__proto__', 'constructor', 'take_up:x', 'A99'];

function commandOf(its: Bench, { kind, pick }: Step): RefurbishmentCommand {
  const { now } = its;
  const all = Object.values(now.items);
  if (pick % 37 === 0) return stopSaleOf(all, kind);
  const one = all[pick % all.length] ?? { rma: 'X', item: 'Y', quantity: 1, serials: [] };
  const done = Object.hasOwn(now.work, itemKey(one)) ? workOn(now, one).done : [];
  const left = one.serials.filter((serial) => !done.some(({ serials }) => serials.includes(serial)));
  const quantity = pick % 13 === 0 ? 9 : 1 + (pick % 2);
  const units = {
    rma: one.rma,
    item: one.item,
    quantity,
    serials: pick % 11 === 0 ? ['S-9'] : left.slice(0, quantity),
  };
  if (kind < 35) {
    const due = effects(now);
    const effect = due[pick % Math.max(1, due.length)]?.key ?? strange[pick % strange.length] ?? '';
    const outcome = pick % 8 === 0 ? ({ type: 'refused', code: 'no' } as const) : ({ type: 'accepted' } as const);
    return { type: 'outcome', effect, outcome };
  }
  if (kind < 45) {
    const facts = pick % 17 === 0 ? ({ ...asNew, function: 'defective' } as const) : asNew;
    return { type: 'test', units, passed: pick % 5 > 0, facts };
  }
  if (kind < 50) {
    return { type: 'abandon', units, outcome: pick % 2 ? 'given_up' : 'beyond_repair', facts: null };
  }
  if (kind < 55) {
    const parts = [
      { sku: 'SCREEN', quantity: 1 + (pick % 2), unitValue: pick % 900 },
      { sku: 'CASE', quantity: pick % 29 === 0 ? 0 : 1, unitValue: pick % 7 },
    ];
    return { type: 'take_apart', rma: one.rma, item: one.item, parts: pick % 23 === 0 ? [] : parts };
  }
  if (kind < 60) return { type: 'use_part', sku: 'LID', quantity: pick % 4, unitCost: pick % 500 };
  if (kind < 64) return { type: 'book_labour', minutes: pick % 200 };
  if (kind < 66) return { type: 'book_charge', reference: `INV-${pick % 4}`, amount: pick % 900 };
  if (kind < 68) return { type: 'estimate', minutes: pick % 60, parts: pick % 2000 };
  if (kind < 71) {
    const until = new Date(Date.parse(its.at) + ((pick % 9) - 1) * 86_400_000).toISOString();
    return { type: 'await_parts', sku: 'LID', until };
  }
  if (kind < 73) return { type: 'parts_arrive' };
  if (kind < 76) return { type: 'raise_budget', by: pick % 3000, note: 'N' };
  if (kind < 79) return pick % 2 ? { type: 'hold', code: 'recall' } : { type: 'lift_hold' };
  if (kind < 81) return { type: 'lift_hold' };
  if (kind < 89) {
    const open = Object.keys(now.attention);
    const attention = open[pick % Math.max(1, open.length)] ?? strange[pick % strange.length] ?? '';
    const resolution = refurbishmentResolutions[pick % refurbishmentResolutions.length] ?? 'acknowledge';
    return { type: 'resolve', attention, resolution, note: 'N' };
  }
  if (kind < 96) {
    const [due] = deadlines(now);
    return { type: 'deadline', deadline: due?.deadline ?? 'finish', due: due?.at ?? its.at };
  }
  if (kind < 97) return { type: 'cancel', partsBack: pick % 2 === 0, note: null };
  return kind < 98 ? { type: 'ledger_disagrees', detail: 'work_in_progress:EUR 1' } : { type: 'sync' };
}

/** What must hold after every step, whatever came before. */
function brokenRules(its: Bench): string[] {
  const { now } = its;
  const all = Object.values(now.items);
  const spent = spentOn(now);
  const isOver = now.phase === 'ending' || now.phase === 'closed';
  const results = going(now.items).flatMap((item) =>
    item.results === undefined ? [] : [{ item, results: item.results }],
  );
  const addedTo = (some: typeof results) =>
    some.flatMap((each) => each.results).reduce((sum, result) => sum + result.added, 0);
  const added = addedTo(results);
  // Its return never heard of it.
  const unheard = addedTo(results.filter(({ item }) => item.letGoLate));
  const built = now.parts.reduce((sum, { quantity }) => sum + quantity, 0);
  const back = its.all('cancelled').some(({ partsBack }) => partsBack);
  const rules: readonly (readonly [string, boolean])[] = [
    ['work in progress is another', its.balance('work_in_progress') !== (isOver ? 0 : spent)],
    ['the goods are carried at another cost', its.balance('inventory_at_cost') !== added - unheard],
    ['capitalised is another', added !== now.capitalised],
    ['more is capitalised than it brings', added > worthOf(now).budget - now.raised],
    ['an owner’s device or scrap is carried higher', now.disposition === 'repair_and_return' && added > 0],
    ['parts are elsewhere', its.stocked('installed', 'LID') !== (back ? 0 : built)],
    ['parts appear from nothing', its.stocked('installed', 'LID') + its.stocked('parts', 'LID') !== 0],
    [
      'an item’s results are not the item',
      results.some((each) => each.results.reduce((sum, { quantity }) => sum + quantity, 0) !== each.item.quantity),
    ],
    [
      'parts are carried at more than the goods cost',
      all.some(({ salvaged = 0, cost }) => salvaged > cost || salvaged < 0),
    ],
    ['more units are done than there are', all.some((item) => unitsOf(its, item) > item.quantity)],
    ['a serial is done twice', all.some((item) => serialsTwice(its, item))],
    ['goes on at a loss', now.phase === 'in_work' && now.hold === null && exceedsGain(now) && !now.overBudgetSince],
    ['closed with an item under way', now.phase === 'closed' && !all.every(isEnded)],
    ['closed and busy', now.phase === 'closed' && effects(now).length + deadlines(now).length > 0],
    ['closed and asking', now.phase === 'closed' && Object.keys(now.attention).length > 0],
    [
      'stands still',
      now.phase !== 'closed' && effects(now).length + deadlines(now).length + Object.keys(now.attention).length === 0,
    ],
  ];
  return rules.filter(([, broken]) => broken).map(([rule]) => rule);
}

const unitsOf = (its: Bench, item: Parameters<typeof itemKey>[0]): number =>
  workOn(its.now, item).done.reduce((sum, { quantity }) => sum + quantity, 0);

function serialsTwice(its: Bench, item: Parameters<typeof itemKey>[0]): boolean {
  const serials = workOn(its.now, item).done.flatMap((each) => each.serials);
  return new Set(serials).size !== serials.length;
}

/** The rows as append keeps them: by key, the later over the earlier. */
class Rows {
  readonly rows = new Map<string, object>();

  apply({ execution, executionItems, attention }: ExecutionProjection): this {
    this.rows.set('execution', execution);
    for (const row of executionItems) this.rows.set(`${row.rma}/${row.item}`, row);
    for (const row of attention) {
      const news = Object.entries(row).filter(([, value]) => value !== null);
      this.rows.set(row.attention, { ...this.rows.get(row.attention), ...Object.fromEntries(news) });
    }
    return this;
  }
}

test('whatever comes, figures agree, nothing stands still, and the rows follow from the journal', () => {
  let closed = 0;
  let mended = 0;
  let letGo = 0;
  fc.assert(
    fc.property(order, fc.array(step, { minLength: 5, maxLength: 150, size: 'max' }), (request, steps) => {
      const its = new Bench().send({ type: 'request', number: 'RF-1', request });
      const live = new Rows().apply(project(initial, its.now, its.recorded));
      for (const each of steps) {
        its.wait(`P${each.days}D`);
        const before = its.state;
        const known = its.recorded.length;
        its.send(commandOf(its, each));
        if (its.recorded.length > known) live.apply(project(before, its.now, its.recorded.slice(known)));
        expect(brokenRules(its)).toEqual([]);
      }
      if (its.now.phase === 'closed') closed += 1;
      if (its.now.capitalised > 0) mended += 1;
      if (Object.values(its.now.items).some((item) => item.letGoLate)) letGo += 1;
      expect(new Rows().apply(project(initial, its.now, its.recorded)).rows).toEqual(live.rows);
    }),
    // The same storms each time, so that a change is judged by itself.
    { numRuns: 2000, seed: 20260310 },
  );
  // Enough of them came to an end for this to mean anything.
  expect(closed).toBeGreaterThan(100);
  expect(mended).toBeGreaterThan(20);
  expect(letGo).toBeGreaterThan(5);
});
