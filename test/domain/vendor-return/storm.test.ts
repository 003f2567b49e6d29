import fc from 'fast-check';
import { expect, test } from 'vitest';
import { going, isEnded, type WantedItem } from '../../../domain/execution/item.ts';
import type { ExecutionProjection } from '../../../domain/execution/projection.ts';
import { vendorReturnResolutions } from '../../../domain/vendor-return/attention.ts';
import type { VendorReturnCommand } from '../../../domain/vendor-return/commands.ts';
import { vendorReturnDecider } from '../../../domain/vendor-return/decider.ts';
import { owed } from '../../../domain/vendor-return/state.ts';
import { anItem, stopSaleOf } from '../execution/world.ts';
import { Journey } from './world.ts';

const { effects, deadlines, project, initial } = vendorReturnDecider;

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

function commandOf(its: Journey, { kind, pick }: Step): VendorReturnCommand {
  const { now } = its;
  const all = Object.values(now.items);
  const one = all[pick % all.length];
  const left = owed(now);
  if (pick % 37 === 0) return stopSaleOf(all, kind);
  if (kind < 45) {
    const due = effects(now);
    const effect = due[pick % Math.max(1, due.length)]?.key ?? strange[pick % strange.length] ?? '';
    // What is only said at the end is refused more often, as few come that far.
    const refused = pick % (effect.startsWith('take_up') ? 8 : 3) === 0;
    return { type: 'outcome', effect, outcome: refused ? { type: 'refused', code: 'no' } : { type: 'accepted' } };
  }
  if (kind < 52) {
    const refused = pick % 3 === 0 && one !== undefined ? [{ rma: one.rma, item: one.item }] : [];
    return {
      type: 'authorize',
      vendorRma: 'V',
      restockingBasisPoints: pick % 4 === 0 ? 1500 : 0,
      shipBy: null,
      refused,
    };
  }
  if (kind < 60) return { type: 'ship', carrier: 'UPS', tracking: '1Z' };
  if (kind < 72) {
    const total = pick % 5 === 0 ? left : pick % 7 === 0 ? left + 1 : 1 + (pick % Math.max(1, left));
    const named = pick % 4 === 0 && one !== undefined ? [{ rma: one.rma, item: one.item, amount: total }] : null;
    return { type: 'record_credit', memo: `CM-${pick % 6}`, total, items: named };
  }
  if (kind < 84) {
    const open = Object.keys(now.attention);
    const attention = open[pick % Math.max(1, open.length)] ?? strange[pick % strange.length] ?? '';
    const resolution = vendorReturnResolutions[pick % vendorReturnResolutions.length] ?? 'acknowledge';
    return { type: 'resolve', attention, resolution, note: 'N' };
  }
  if (kind < 92) {
    const [due] = deadlines(now);
    return { type: 'deadline', deadline: due?.deadline ?? 'credit', due: due?.at ?? its.at };
  }
  if (kind < 93) return { type: 'cancel', note: null };
  if (kind < 94) {
    const items = pick % 3 === 0 || one === undefined ? null : [{ rma: one.rma, item: one.item }];
    return { type: 'decline', items, freight: pick % 4, note: null };
  }
  if (kind < 95) return { type: 'write_off', note: null };
  return kind < 96 ? { type: 'ledger_disagrees', detail: 'vendor_receivable:EUR 1' } : { type: 'sync' };
}

/** What must hold after every step, whatever came before. */
function brokenRules(its: Journey): string[] {
  const { now } = its;
  const all = Object.values(now.items);
  const received = going(now.items).reduce((sum, item) => sum + item.received, 0);
  const memos = its.recorded.reduce((sum, { event }) => sum + (event.type === 'credit_recorded' ? event.total : 0), 0);
  const shipped = its.recorded.some(({ event }) => event.type === 'shipped');
  const expected = going(now.items).reduce((sum, item) => sum + item.expected, 0);
  const rules: readonly (readonly [string, boolean])[] = [
    ['an item brings more than it cost', all.some((item) => item.expected > item.cost)],
    ['an item brings more than was expected', all.some((item) => item.received > item.expected || item.received < 0)],
    ['memos and items differ', memos !== received],
    ['less than nothing is owed', owed(now) < 0],
    ['the vendor owes something else', its.balance('vendor_receivable') !== (shipped ? owed(now) : 0)],
    ['the credit is another', its.balance('vendor_credit') !== memos],
    ['the loss is another', its.balance('write_off') !== now.writtenOff],
    ['recovery is another', -its.balance('recovery') !== (shipped ? expected : 0)],
    ['closed with an item under way', now.status === 'closed' && !all.every(isEnded)],
    ['closed and busy', now.status === 'closed' && effects(now).length + deadlines(now).length > 0],
    ['closed and asking', now.status === 'closed' && Object.keys(now.attention).length > 0],
    ['closed and owed', now.status === 'closed' && shipped && owed(now) !== 0],
    [
      'stands still',
      now.status !== 'closed' && effects(now).length + deadlines(now).length + Object.keys(now.attention).length === 0,
    ],
  ];
  return rules.filter(([, broken]) => broken).map(([rule]) => rule);
}

/** Its return wouldn't take what came back, and a person let it be a gain. */
const hasGain = (its: Journey): boolean => its.recorded.some(({ event }) => event.type === 'recovery_kept');

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
  let letGo = 0;
  fc.assert(
    fc.property(items, fc.array(step, { minLength: 5, maxLength: 100, size: 'max' }), (wanted, steps) => {
      const its = new Journey().request(wanted);
      const live = new Rows().apply(project(initial, its.now, its.recorded));
      for (const each of steps) {
        its.wait(`P${each.days}D`);
        const before = its.state;
        const known = its.recorded.length;
        its.send(commandOf(its, each));
        if (its.recorded.length > known) live.apply(project(before, its.now, its.recorded.slice(known)));
        expect(brokenRules(its)).toEqual([]);
      }
      if (its.now.status === 'closed') closed += 1;
      if (Object.values(its.now.items).some((item) => item.letGoLate) || hasGain(its)) letGo += 1;
      expect(new Rows().apply(project(initial, its.now, its.recorded)).rows).toEqual(live.rows);
    }),
    { numRuns: 2000 },
  );
  // Enough of them came to an end for this to mean anything.
  expect(closed).toBeGreaterThan(100);
  expect(letGo).toBeGreaterThan(5);
});
