import fc from 'fast-check';
import { expect, test } from 'vitest';
import { going, isEnded, type WantedItem } from '../../../domain/execution/item.ts';
import type { ExecutionProjection } from '../../../domain/execution/projection.ts';
import { liquidationResolutions } from '../../../domain/liquidation/attention.ts';
import type { LiquidationCommand } from '../../../domain/liquidation/commands.ts';
import { liquidationDecider } from '../../../domain/liquidation/decider.ts';
import { complaintKinds, removalCauses } from '../../../domain/liquidation/events.ts';
import { agreed, balance, held } from '../../../domain/liquidation/figures.ts';
import { after } from '../../../domain/time/duration.ts';
import { anItem, stopSaleOf } from '../execution/world.ts';
import { Journey } from './world.ts';

const { effects, deadlines, project, initial } = liquidationDecider;

const items = fc
  .array(fc.constantFrom(0, 1, 7, 999, 100_003), { minLength: 1, maxLength: 5 })
  .map((costs) =>
    costs.map(
      (cost, index): WantedItem =>
        anItem({ item: `P1-${index + 1}`, cost, sku: index % 2 === 0 ? 'KETTLE' : 'TOASTER' }),
    ),
  );

type Step = { readonly kind: number; readonly pick: number; readonly days: number };
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.nat(99),
  pick: fc.nat(9999),
  days: fc.constantFrom(0, 0, 0, 1, 9, 40),
});

const steps = fc.array(step, { minLength: 20, maxLength: 120 });

const strange = ['', '__proto__', 'constructor', 'take_up:x', 'A99'];
const strangeBy = (pick: number): string => strange[pick % strange.length] ?? '';
const pickOf = (ids: readonly string[], pick: number): string =>
  pick % 11 === 0 ? strangeBy(pick) : (ids[pick % Math.max(1, ids.length)] ?? strangeBy(pick));

/** A command with what it would act on, or something near it. */
function commandOf(its: Journey, { kind, pick }: Step): LiquidationCommand {
  const { now } = its;
  const open = balance(now);
  if (pick % 37 === 0) return stopSaleOf(Object.values(now.items), kind);
  if (kind < 36) {
    const keys = effects(now).map(({ key }) => key);
    const outcome = pick % 24 === 0 ? ({ type: 'refused', code: 'no' } as const) : ({ type: 'accepted' } as const);
    return { type: 'outcome', effect: pickOf(keys, pick), outcome };
  }
  if (kind < 46) {
    const due = deadlines(now)[pick % 2] ?? deadlines(now)[0];
    return { type: 'deadline', deadline: due?.deadline ?? 'bids', due: due?.at ?? its.at };
  }
  if (kind < 56) {
    const resolution = liquidationResolutions[pick % liquidationResolutions.length] ?? 'acknowledge';
    return { type: 'resolve', attention: pickOf(Object.keys(now.attention), pick), resolution, note: 'N' };
  }
  return now.status === 'open' && kind < 90 ? selling(its, kind, pick) : sold(its, kind, pick, open);
}

function selling(its: Journey, kind: number, pick: number): LiquidationCommand {
  const { now } = its;
  if (kind < 66) {
    const amount = [1, 500, 1008, 100_000, 500_000][pick % 5] ?? 0;
    const validUntil = after(its.at, pick % 13 === 0 ? 'PT0S' : 'P12D');
    const currency = pick % 17 === 0 ? 'USD' : 'EUR';
    return { type: 'record_bid', liquidator: `L${pick % 3}`, amount, currency, validUntil };
  }
  if (kind < 80) {
    const bid = pickOf(Object.keys(now.bids), pick);
    return { type: 'accept_bid', bid, invoice: 'I', belowReserve: pick % 2 === 0, note: pick % 3 === 0 ? null : 'N' };
  }
  if (kind < 83) return { type: 'withdraw_bid', bid: pickOf(Object.keys(now.bids), pick) };
  if (kind < 85) return { type: 'reprice', reserve: pick, note: null };
  const all = Object.values(now.items);
  const { rma, item } = all[pick % all.length] ?? { rma: '', item: '' };
  const cause = removalCauses[pick % removalCauses.length] ?? 'hold';
  return pick % 3 === 0 ? { type: 'take_out', rma, item, cause, note: null } : { type: 'sync' };
}

function sold(its: Journey, kind: number, pick: number, open: number): LiquidationCommand {
  const reference = `R${pick % 40}`;
  if (kind < 68) {
    const amount = pick % 4 === 0 ? 1 + (pick % Math.max(1, open)) : pick % 5 === 0 ? open + 3 : open;
    return { type: 'record_payment', reference, amount };
  }
  if (kind < 76) return { type: 'ship', carrier: pick % 2 === 0 ? null : 'UPS', reference };
  if (kind < 80) {
    const amount = pick % 2 === 0 ? held(its.now) : -open;
    return { type: 'record_payout', reference, amount };
  }
  if (kind < 82) return { type: 'record_fee', kind: 'freight', reference, amount: 1 + (pick % 700) };
  if (kind < 88) {
    const kindOf = complaintKinds[pick % complaintKinds.length] ?? 'missing';
    const sku = pick % 3 === 0 ? 'TOASTER' : 'KETTLE';
    return {
      type: 'record_complaint',
      reference,
      kind: kindOf,
      sku,
      grade: pick % 4 === 0 ? 'C' : null,
      quantity: 1 + (pick % 2),
      asked: 1 + (pick % 2000),
    };
  }
  if (kind < 92) {
    const complaint = pickOf(Object.keys(its.now.complaints), pick);
    return { type: 'settle_complaint', complaint, allowance: pick % 1500, note: null };
  }
  if (kind < 94) return { type: 'write_off', note: null };
  if (kind < 96) return { type: 'sell_again', note: null };
  if (kind < 97) return { type: 'cancel', note: null, instead: pick % 2 === 0 ? 'recycle' : null };
  return kind < 98 ? { type: 'ledger_disagrees', detail: 'liquidator_receivable:EUR 1' } : { type: 'sync' };
}

/** What must hold after every step, whatever came before. */
function brokenRules(its: Journey): string[] {
  const { now } = its;
  const all = Object.values(now.items);
  const on = going(now.items);
  const sum = (of: (item: (typeof on)[number]) => number) => on.reduce((total, item) => total + of(item), 0);
  const open = balance(now);
  const wentOut = its.recorded.some(({ event }) => event.type === 'shipped');
  const writtenOff = now.sale?.writtenOff ?? 0;
  const net = agreed(now) - writtenOff - now.fees;
  const shared = its.recorded.some(({ event }) => event.type === 'proceeds_shared');
  const withinCost = (now.sale?.price ?? 0) <= sum(({ cost }) => cost);
  const rules: readonly (readonly [string, boolean])[] = [
    ['an item brings more than it cost', all.some((item) => item.expected > item.cost)],
    ['an item brings more than its share', all.some((item) => item.received > item.expected || item.received < 0)],
    ['the price is not shared whole', now.sale !== null && withinCost && sum((i) => i.expected) !== now.sale.price],
    ['the proceeds are not shared whole', shared && withinCost && sum((i) => i.received) !== Math.max(0, net)],
    ['more is shared than there is', shared && sum((i) => i.received) > Math.max(0, net)],
    ['the liquidator owes something else', its.balance('liquidator_receivable') !== Math.max(0, open)],
    ['we owe something else', -its.balance('liquidator_payable') !== Math.max(0, -open)],
    ['the sale is another', -its.balance('liquidation_sales') !== agreed(now)],
    ['the loss is another', its.balance('write_off') !== writtenOff],
    ['the costs are others', its.balance('liquidation_costs') !== now.fees],
    ['the cash is another', its.balance('cash_clearing') !== held(now) - now.fees],
    ['goods that left are free', wentOut && all.some(({ state }) => state === 'held' && now.status === 'open')],
    ['goods that left were not sold', wentOut && now.sale === null],
    ['less than nothing was agreed', agreed(now) < writtenOff],
    [
      'a reason is missing',
      its.recorded.some(({ event }) => event.type === 'sold' && event.belowReserve && !event.note),
    ],
    ['closed with an item under way', now.status === 'closed' && !all.every(isEnded)],
    ['closed and busy', now.status === 'closed' && effects(now).length + deadlines(now).length > 0],
    ['closed and asking', now.status === 'closed' && Object.keys(now.attention).length > 0],
    ['closed and open between us', now.status === 'closed' && open !== 0],
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
  const ends = { completed: 0, cancelled: 0 };
  fc.assert(
    fc.property(items, fc.nat(3), fc.boolean(), steps, (wanted, begun, prepaid, taken) => {
      const its = new Journey().request(wanted, 900, { prepaid });
      if (begun > 0) its.returnsAnswer();
      if (begun > 1) its.bid('L0', 1008).accept('B1');
      const live = new Rows().apply(project(initial, its.now, its.recorded));
      for (const each of taken) {
        its.wait(`P${each.days}D`);
        const before = its.state;
        const known = its.recorded.length;
        its.send(commandOf(its, each));
        if (its.recorded.length > known) live.apply(project(before, its.now, its.recorded.slice(known)));
        expect(brokenRules(its)).toEqual([]);
      }
      if (its.now.outcome !== null) ends[its.now.outcome] += 1;
      expect(new Rows().apply(project(initial, its.now, its.recorded)).rows).toEqual(live.rows);
    }),
    { numRuns: 1500 },
  );
  // Enough of them came to each end for this to mean anything.
  expect(ends.completed).toBeGreaterThan(30);
  expect(ends.cancelled).toBeGreaterThan(30);
});
