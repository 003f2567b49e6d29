import { describe, expect, test } from 'vitest';
import type { Policy } from '../../domain/policy/policy.ts';
import type { RequestedLine } from '../../domain/return/request.ts';
import type { Kit } from '../../domain/sale/kit.ts';
import type { Journey } from './journey.ts';
import { aCustomerReturn, aReceivedReturn, type Wish } from './world.ts';

/** Two desks: a top and four legs each. */
const desk: Kit = {
  kit: 'O-1-1',
  sku: 'DESK',
  components: [
    { orderLine: 'OL1', units: 1, returnable: 2 },
    { orderLine: 'OL2', units: 4, returnable: 8 },
  ],
};

type Line = Partial<RequestedLine>;

/** So many tops and legs come back; the top cost 30.00 each, a leg 5.00. */
const desks = (tops: number, legs: number, kits?: Policy['kits'], [top, leg]: readonly Line[] = []): Wish => {
  const sold = { kit: desk, discount: 0, tax: 0 };
  return {
    lines: [
      { quantity: tops, ...top, sold: { ...sold, sku: 'TOP', quantity: 2, fulfilled: 2, price: 6000 } },
      { quantity: legs, ...leg, sold: { ...sold, sku: 'LEG', quantity: 8, fulfilled: 8, price: 4000 } },
    ].filter(({ quantity }) => quantity > 0),
    ...(kits === undefined ? {} : { policy: { kits } }),
  };
};

const codes = (journey: Journey) => journey.all('line_decided').map((line) => [line.verdict, ...line.codes]);

describe('components of a kit', () => {
  test('come back by themselves, each for its share of the price, and the shares add up to what was paid', () => {
    const journey = aReceivedReturn(desks(1, 3)).inspect('P1-1').inspect('P1-2');
    expect(journey.all('settlement_due').map(({ total }) => total.amount)).toEqual([3000, 1500]);
    const all = aReceivedReturn(desks(2, 8)).inspect('P1-1').inspect('P1-2');
    expect(all.all('settlement_due').reduce((sum, { total }) => sum + total.amount, 0)).toBe(10_000);
  });

  test('that are short are not settled, and a person hears of them', () => {
    const journey = aReceivedReturn(desks(1, 4), [
      { sku: 'TOP', quantity: 1 },
      { sku: 'LEG', quantity: 3 },
    ]);
    journey.inspect('P1-1').inspect('P1-2');
    expect(journey.queue).toEqual(['short L2']);
    expect(journey.all('settlement_due').map(({ total }) => total.amount)).toEqual([3000, 1500]);
  });
});

describe('a kit that comes back whole or not at all', () => {
  test('comes back whole', () => {
    const journey = aCustomerReturn(desks(1, 4, 'whole_only'));
    expect(codes(journey)).toEqual([
      ['eligible', 'within_window'],
      ['eligible', 'within_window'],
    ]);
  });

  test('is not taken apart by a wish, but for what is not as it should be', () => {
    expect(codes(aCustomerReturn(desks(1, 3, 'whole_only')))).toEqual([
      ['ineligible', 'kit_incomplete'],
      ['ineligible', 'kit_incomplete'],
    ]);
    expect(codes(aCustomerReturn({ ...desks(1, 4, 'whole_only', [{ opened: true }]), ...hygienic }))).toEqual([
      ['ineligible', 'opened_hygiene'],
      ['ineligible', 'kit_incomplete'],
    ]);
    expect(codes(aCustomerReturn(desks(1, 0, 'whole_only', [{ reason: 'defective' }])))).toEqual([
      ['eligible', 'within_window'],
    ]);
  });

  test('keeps its proportions when quantities change', () => {
    const journey = aCustomerReturn(desks(2, 8, 'whole_only'));
    journey.send({ type: 'change_quantity', line: 'L1', quantity: 1, note: null });
    expect(journey.refusal).toBe('kit_comes_whole');
  });

  test('is settled once all of it was looked at', () => {
    const journey = aReceivedReturn(desks(1, 4, 'whole_only')).inspect('P1-1');
    expect(journey.all('settlement_due')).toEqual([]);
    journey.inspect('P1-2');
    expect(journey.all('settlement_due').map(({ total }) => total.amount)).toEqual([5000]);
  });

  test('waits for what is still to come, and for a person once it does not', () => {
    const journey = aReceivedReturn(desks(1, 4, 'whole_only'), [
      { sku: 'TOP', quantity: 1 },
      { sku: 'LEG', quantity: 3 },
    ]);
    journey.inspect('P1-1').inspect('P1-2');
    expect(journey.queue).toEqual(['short L2']);
    expect(journey.all('settlement_due')).toEqual([]);
    journey.resolve('short', 'missing');
    expect(journey.queue).toEqual(['not_authorized P1-1', 'not_authorized P1-2']);
    journey.resolve('not_authorized', 'accept').resolve('not_authorized', 'reject');
    expect(journey.now.items).toMatchObject({ 'P1-1': { settled: true }, 'P1-2': { acceptance: 'rejected' } });
    expect(journey.all('settlement_due').map(({ total }) => total.amount)).toEqual([3000]);
  });
});

const hygienic = { policy: { kits: 'whole_only', hygieneCategories: ['kitchen'] } } as const;
