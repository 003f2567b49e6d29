import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { GoodsOut } from '../../../domain/return/exchange.ts';
import type { TransferCommand } from '../../../domain/transfer/commands.ts';
import { transferDecider } from '../../../domain/transfer/decider.ts';
import type { TransferEffect } from '../../../domain/transfer/due.ts';
import { inTransit, linesOf } from '../../../domain/transfer/state.ts';
import { type Chance, nextSteps, one, skus, someCommand, strange } from './steps.ts';
import { Haul } from './world.ts';

const { effects, deadlines, project, initial } = transferDecider;

type Step = Chance & { readonly days: number };
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.nat(99),
  pick: fc.nat(9999),
  days: fc.constantFrom(0, 0, 0, 1, 3),
});

/** The counts of both facilities as activities/stock keeps them. */
class Counts {
  readonly onHand = new Map<string, number>();
  readonly kept = new Map<string, readonly GoodsOut[] | 'released'>();
  /** What came beside the papers and no count had. */
  uncounted = 0;

  constructor(mugs: number, bowls: number) {
    this.onHand.set('DC MUG', mugs).set('DC BOWL', bowls).set('DC VASE', 2);
  }

  free = (sku: string): number => (this.onHand.get(`DC ${sku}`) ?? 0) - this.reserved(sku);

  reserved = (sku: string): number =>
    [...this.kept.values()].reduce(
      (sum, goods) =>
        sum + (goods === 'released' ? 0 : goods.reduce((n, each) => n + (each.sku === sku ? each.quantity : 0), 0)),
      0,
    );

  get units(): number {
    return [...this.onHand.values()].reduce((sum, units) => sum + units, 0);
  }

  carryOut(effect: TransferEffect): Extract<TransferCommand, { type: 'outcome' }>['outcome'] {
    switch (effect.kind) {
      case 'reserve': {
        if (this.kept.get(effect.reference) === 'released') return { type: 'refused', code: 'released' };
        this.kept.delete(effect.reference);
        const there = effect.goods
          .map(({ sku, quantity }) => ({ sku, quantity: Math.min(quantity, this.free(sku)) }))
          .filter(({ quantity }) => quantity > 0);
        const isAll = effect.goods.every(({ sku, quantity }) => this.free(sku) >= quantity);
        if (there.length === 0 || !(isAll || effect.partial)) return { type: 'refused', code: 'out_of_stock' };
        this.kept.set(effect.reference, there);
        return { type: 'reserved', goods: there };
      }
      case 'release':
        this.kept.set(effect.reference, 'released');
        for (const each of effect.shipped) this.count('DC', each, -1);
        return { type: 'done' };
      case 'add':
        for (const each of effect.goods) this.count(effect.facility, each, 1);
        return { type: 'done' };
      case 'correct': {
        const short = effect.goods.flatMap(({ sku, quantity }) => {
          const taken = Math.min(quantity, Math.max(0, this.free(sku)));
          this.count('DC', { sku, quantity: taken }, -1);
          return taken < quantity ? [{ sku, quantity: quantity - taken }] : [];
        });
        this.uncounted += short.reduce((sum, { quantity }) => sum + quantity, 0);
        return { type: 'taken', short };
      }
    }
  }

  private count(facility: string, { sku, quantity }: GoodsOut, direction: 1 | -1): void {
    const key = `${facility} ${sku}`;
    this.onHand.set(key, (this.onHand.get(key) ?? 0) + direction * quantity);
  }
}

function commandOf(its: Haul, counts: Counts, { kind, pick }: Step): TransferCommand {
  if (kind >= 30) return someCommand(its.now, its.at, { kind: kind - 30, pick });
  const effect = one(effects(its.now), pick);
  if (effect !== undefined) return { type: 'outcome', effect: effect.key, outcome: counts.carryOut(effect) };
  return { type: 'outcome', effect: one(['reserve', 'add:W1', ...strange], pick), outcome: { type: 'done' } };
}

/** What must hold after every step, whatever came before. */
function brokenRules(its: Haul, counts: Counts): string[] {
  const { now } = its;
  const { stock } = its.books;
  const of = (account: string) =>
    Object.entries(stock).reduce((sum, [key, units]) => sum + (key.startsWith(`${account} `) ? units : 0), 0);
  const lines = linesOf(now);
  const sum = (units: (line: (typeof lines)[number]) => number) => lines.reduce((all, line) => all + units(line), 0);
  const busy = effects(now).length + deadlines(now).length + Object.keys(now.attention).length;
  const count = (type: string) => its.recorded.filter(({ event }) => event.type === type).length;
  const rules: readonly (readonly [string, boolean])[] = [
    ['the ledger is uneven', Object.values(stock).reduce((all, units) => all + units, 0) !== 0],
    ['in transit otherwise than the lines say', of('in_transit') !== sum(inTransit)],
    ['in quarantine otherwise than the lines say', of('quarantine') !== sum(({ held }) => held)],
    ['a line of less than nothing', lines.some((line) => inTransit(line) < 0 || line.held < 0 || line.lost < 0)],
    ['more picked than kept', lines.some(({ picked, reserved, shipped }) => picked > reserved || shipped > picked)],
    ['shipped twice', count('shipped') > 1],
    ['ends twice', count('closed') > 1 + count('reopened')],
    ['a count below nothing', [...counts.onHand.values()].some((units) => units < 0)],
    ['more kept than there is', skus.some((sku) => counts.free(sku) < 0)],
    ['closed and busy', now.status === 'closed' && busy > 0],
    ['closed with goods under way', now.status === 'closed' && (of('in_transit') !== 0 || of('quarantine') !== 0)],
    ['closed and still kept', now.status === 'closed' && counts.reserved('MUG') + counts.reserved('BOWL') > 0],
    ['stands still', now.status !== 'closed' && busy === 0],
  ];
  return rules.filter(([, broken]) => broken).map(([rule]) => rule);
}

/** Goods that were given up come to a closed transfer; whether there were any. */
function comesAfterAll(its: Haul, counts: Counts): boolean {
  const lines = linesOf(its.now).flatMap(({ line, lost }) => (lost > 0 ? [{ line, good: lost, damaged: 0 }] : []));
  if (lines.length === 0) return false;
  its.receive(lines);
  expect(its.refusal).toBeNull();
  expect(brokenRules(its, counts)).toEqual([]);
  for (let round = 0; round < 60 && its.now.status !== 'closed'; round += 1) tidiedUp(its, counts);
  expect(Object.keys(its.books.stock).filter((account) => account.startsWith('lost'))).toEqual([]);
  return true;
}

test('whatever comes, no unit is in two places or nowhere, nothing stands still, and rows follow from the journal', () => {
  const ends = new Map<string, number>();
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 20 }),
      fc.constantFrom('ask' as const, 'ship_less' as const),
      fc.array(step, { minLength: 10, maxLength: 80 }),
      (mugs, shortPick, steps) => {
        const its = new Haul({}, { shortPick });
        const counts = new Counts(mugs, 5);
        const before = counts.units;
        const live = new Rows().apply(project(initial, its.now, its.recorded));
        for (const each of steps) {
          its.at = new Date(Date.parse(its.at) + each.days * 86_400_000).toISOString();
          const was = its.state;
          const known = its.recorded.length;
          its.send(commandOf(its, counts, each));
          if (its.recorded.length > known) live.apply(project(was, its.now, its.recorded.slice(known)));
          expect(brokenRules(its, counts)).toEqual([]);
        }
        expect(new Rows().apply(project(initial, its.now, its.recorded)).rows).toEqual(live.rows);
        for (let round = 0; round < 60 && its.now.status !== 'closed'; round += 1) tidiedUp(its, counts);
        if (its.now.status === 'closed' && comesAfterAll(its, counts)) {
          ends.set('reopened', (ends.get('reopened') ?? 0) + 1);
        }
        const { outcome } = its.now;
        expect(outcome).not.toBeNull();
        if (outcome !== null) {
          ends.set(outcome, (ends.get(outcome) ?? 0) + 1);
          // What the counts have lost is what the ledger says was lost; what nobody had counted came on top.
          const { stock } = its.books;
          const gone = Object.entries(stock).reduce(
            (sum, [key, units]) => sum + (/^(lost|disposed_of) /.test(key) ? units : 0),
            0,
          );
          expect(counts.units).toBe(before - gone + counts.uncounted);
        }
      },
    ),
    { numRuns: 1500 },
  );
  // Enough of them came to each end for this to mean anything.
  const all = ['received', 'turned_back', 'cancelled', 'reopened'];
  expect(Math.min(...all.map((end) => ends.get(end) ?? 0))).toBeGreaterThan(20);
});

/** Each transfer can be brought to its end. */
function tidiedUp(its: Haul, counts: Counts): void {
  const [effect] = effects(its.now);
  if (effect !== undefined) {
    its.outcome(effect.key, counts.carryOut(effect));
    return;
  }
  for (const command of nextSteps(its.now)) {
    its.send(command);
    if (its.happened.length > 0) return;
  }
}

/** The rows as append keeps them: by key, the later over the earlier. */
class Rows {
  readonly rows = new Map<string, object>();

  apply({ network, transfer, attention }: ReturnType<typeof project>): this {
    this.rows.set('network', network);
    if (transfer !== undefined) this.rows.set('transfer', transfer.transfer);
    for (const line of transfer?.lines ?? []) this.rows.set(line.line, line);
    for (const row of attention) {
      const news = Object.entries(row).filter(([, value]) => value !== null);
      this.rows.set(row.attention, { ...this.rows.get(row.attention), ...Object.fromEntries(news) });
    }
    return this;
  }
}
