import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { UnitRange, Units } from '../../../domain/goods/units.ts';
import {
  allocate,
  type LineToSettle,
  quoteReturn,
  returnShippingFee,
  settleLine,
} from '../../../domain/money/settlement.ts';
import { shareOf } from '../../../domain/money/shares.ts';
import type { Policy, PolicyRule } from '../../../domain/policy/policy.ts';
import { type ReasonCode, reasonCodes } from '../../../domain/reasons.ts';
import type { OrderLineFacts } from '../../../domain/sale/order.ts';
import { aPayment, aPolicy, aSoldLine } from '../sale.ts';

const withFees = (restockingBasisPoints: number, shipping: Policy['fees']['returnShipping'] = {}): Policy =>
  aPolicy({ fees: { restockingBasisPoints, returnShipping: shipping, waivedFor: ['us', 'vendor', 'carrier'] } });

const aReturnOf = (units: Units, changes: Partial<LineToSettle> = {}): LineToSettle => ({
  line: 'L1',
  sold: aSoldLine(),
  units,
  reason: 'changed_mind',
  ...changes,
});

const comingBack = (...reasons: ReasonCode[]) => reasons.map((reason) => ({ category: 'kitchen', reason }));
const settle = (line: LineToSettle, policy: Policy) => settleLine({ ...line, policy });

describe('a line', () => {
  test('gets its share of price, less discount, plus tax', () => {
    expect(settle(aReturnOf([[0, 1]]), aPolicy())).toEqual({
      line: 'L1',
      quantity: 1,
      price: 1000,
      discount: 100,
      tax: 171,
      restockingFee: 0,
      diminishedValue: 0,
      amount: 1071,
    });
  });

  const whole: [string, Partial<OrderLineFacts>, number[]][] = [
    ['EUR', { price: 2000, discount: 101, tax: 361 }, [764, 763, 733]],
    ['JPY', { price: 100, discount: 10, tax: 9 }, [33, 33, 33]],
    ['KWD', { price: 10_000, discount: 1, tax: 500 }, [3500, 3500, 3499]],
  ];
  test.each(whole)('in %s, three units one by one get what three at once get', (_, sale) => {
    const sold = aSoldLine(sale);
    const one = [0, 1, 2].map((at) => settle(aReturnOf([[at, at + 1]], { sold }), aPolicy()));
    const three = settle(aReturnOf([[0, 3]], { sold }), aPolicy());
    expect(one.reduce((sum, { amount }) => sum + amount, 0)).toBe(three.amount);
    expect(three.amount).toBe(sold.price - sold.discount + sold.tax);
  });

  test('an even price is shared evenly, whatever the discount', () => {
    const sold = aSoldLine({ quantity: 2, price: 2000, discount: 101, tax: 0 });
    expect(settle(aReturnOf([[0, 1]], { sold }), aPolicy())).toMatchObject({ price: 1000, discount: 51, amount: 949 });
    expect(settle(aReturnOf([[1, 2]], { sold }), aPolicy())).toMatchObject({ price: 1000, discount: 50, amount: 950 });
  });

  test('loses the restocking fee on its net price where the buyer is at fault', () => {
    expect(settle(aReturnOf([[0, 3]]), withFees(1500))).toMatchObject({ restockingFee: 405, amount: 2700 + 513 - 405 });
  });

  test.each(['defective', 'wrong_item_sent', 'damaged_in_transit'] as const)('pays no fee when it is %s', (reason) => {
    expect(settle(aReturnOf([[0, 3]], { reason, grade: 'D' }), withFees(1500))).toMatchObject({
      restockingFee: 0,
      diminishedValue: 0,
      amount: 3213,
    });
  });

  test('a policy that waives nothing takes the restocking fee from everybody, diminished value from buyers only', () => {
    const policy = aPolicy({ fees: { restockingBasisPoints: 1500, returnShipping: { EUR: 1 }, waivedFor: [] } });
    expect(settle(aReturnOf([[0, 3]], { reason: 'defective', grade: 'D' }), policy)).toMatchObject({
      restockingFee: 405,
      diminishedValue: 0,
    });
    expect(returnShippingFee(policy, 'EUR', comingBack('defective'))).toBe(1);
  });

  test('loses what its grade says, and nothing before it was graded', () => {
    const policy = aPolicy({ diminishedValueBasisPoints: { A: 0, B: 1000, C: 4000, D: 8000 } });
    const lost = (grade: LineToSettle['grade']) =>
      settle(aReturnOf([[0, 3]], grade === undefined ? {} : { grade }), policy).diminishedValue;
    expect([lost('A'), lost('B'), lost('C'), lost('D')]).toEqual([0, 270, 1080, 2160]);
    expect([lost(null), lost(undefined)]).toEqual([0, 0]);
  });

  test('never loses more than its net price: the tax is given back', () => {
    const policy = { ...withFees(5000), diminishedValueBasisPoints: { A: 0, B: 0, C: 0, D: 10_000 } };
    expect(settle(aReturnOf([[0, 3]], { grade: 'D' }), policy)).toMatchObject({
      restockingFee: 1350,
      diminishedValue: 1350,
      amount: 513,
    });
  });
});

const aSale = fc
  .record({ quantity: fc.integer({ min: 1, max: 12 }), price: fc.nat(5000), part: fc.nat(1000), tax: fc.nat(900) })
  .map(({ quantity, price, part, tax }) =>
    aSoldLine({ quantity, price, tax, discount: Math.round((price * part) / 1000), held: [[0, quantity]] }),
  );

describe('whatever was sold', () => {
  const grades = fc.constantFrom('A', 'B', 'C', 'D', null);
  const rates = fc.integer({ min: 0, max: 10_000 });

  test('each figure is at least 0, and they add up', () => {
    fc.assert(
      fc.property(aSale, fc.nat(), grades, fc.constantFrom(...reasonCodes), rates, (sold, at, grade, reason, rate) => {
        const from = at % sold.quantity;
        const line = settle(aReturnOf([[from, from + 1]], { sold, grade, reason }), withFees(rate));
        const { price, discount, tax, restockingFee, diminishedValue, amount } = line;
        for (const figure of [price, discount, tax, restockingFee, diminishedValue, amount]) {
          expect(figure).toBeGreaterThanOrEqual(0);
          expect(Object.is(figure, -0)).toBe(false);
        }
        expect(amount).toBe(price - discount + tax - restockingFee - diminishedValue);
        expect(price).toBe(shareOf(sold.price, sold.quantity, [[from, from + 1]]));
      }),
    );
  });

  test('units settled one by one, last first, get what all at once get, the restocking fee included', () => {
    fc.assert(
      fc.property(aSale, rates, (sold, rate) => {
        const ranges = Array.from({ length: sold.quantity }, (_, at): UnitRange => [at, at + 1]).reverse();
        const single = ranges.map((range) => settle(aReturnOf([range], { sold }), withFees(rate)));
        const whole = settle(aReturnOf([[0, sold.quantity]], { sold }), withFees(rate));
        for (const figure of ['price', 'discount', 'tax', 'restockingFee', 'amount'] as const) {
          expect(single.reduce((sum, line) => sum + line[figure], 0)).toBe(whole[figure]);
        }
        expect(whole).toMatchObject({ price: sold.price, discount: sold.discount, tax: sold.tax });
      }),
    );
  });

  test('a discount larger than the price is no debt of the buyer', () => {
    const sold = aSoldLine({ price: 100, discount: 150, tax: 0 });
    expect(settle(aReturnOf([[0, 3]], { sold }), aPolicy())).toMatchObject({ price: 100, discount: 100, amount: 0 });
    expect(settle(aReturnOf([[0, 3]], { sold: { ...sold, price: 0 } }), aPolicy())).toMatchObject({ amount: 0 });
  });
});

describe('return shipping', () => {
  const policy = withFees(0, { EUR: 495, JPY: 600, KWD: 1500 });

  test.each([
    ['EUR', 495],
    ['JPY', 600],
    ['KWD', 1500],
    ['USD', 0],
  ])('is taken once in %s: %i', (currency, fee) => {
    expect(returnShippingFee(policy, currency, comingBack('changed_mind', 'wrong_size'))).toBe(fee);
  });

  test('is waived for all lines by one that is not the buyer’s fault, and for none', () => {
    expect(returnShippingFee(policy, 'EUR', comingBack('changed_mind', 'defective'))).toBe(0);
    expect(returnShippingFee(policy, 'EUR', [])).toBe(0);
  });

  test('is waived by a reason that the policy names, for that alone', () => {
    const fees = { ...policy.fees, restockingBasisPoints: 1000, waivedForReasons: ['wrong_size'] as const };
    expect(returnShippingFee({ ...policy, fees }, 'EUR', comingBack('wrong_size'))).toBe(0);
    expect(returnShippingFee({ ...policy, fees }, 'EUR', comingBack('changed_mind'))).toBe(495);
    const settled = (reason: ReasonCode) =>
      settle(aReturnOf([[0, 3]], { reason }), { ...policy, fees }).restockingFee > 0;
    expect([settled('wrong_size'), settled('changed_mind')]).toEqual([false, true]);
  });

  test('is the least of what the categories cost', () => {
    const fee = (category: string, EUR: number): PolicyRule => ({
      rule: `${category}-fee`,
      when: { categories: [category] },
      set: { fees: { returnShipping: { EUR } } },
    });
    const by = { ...policy, rules: [fee('furniture', 4900), fee('books', 295)] };
    const of = (...categories: string[]) =>
      returnShippingFee(
        by,
        'EUR',
        categories.map((category) => ({ category, reason: 'changed_mind' })),
      );
    expect([of('furniture'), of('kitchen'), of('furniture', 'kitchen'), of('furniture', 'books')]).toEqual([
      4900, 495, 495, 295,
    ]);
  });

  test('leaves the quote at 0 where it is more than the goods are worth', () => {
    const sold = aSoldLine({ price: 300, discount: 0, tax: 0 });
    expect(quoteReturn([aReturnOf([[0, 3]], { sold })], policy, 'EUR', 'drop_off')).toMatchObject({
      shippingFee: 300,
      total: { amount: 0, currency: 'EUR' },
    });
  });
});

test('a quote is the sum of its lines less the shipping fee', () => {
  const lines = [aReturnOf([[0, 1]]), aReturnOf([[1, 3]], { line: 'L2' })];
  const quote = quoteReturn(lines, withFees(0, { EUR: 495 }), 'EUR', 'drop_off');
  expect(quote.lines.map(({ line, amount }) => [line, amount])).toEqual([
    ['L1', 1071],
    ['L2', 2142],
  ]);
  expect(quote).toMatchObject({ shippingFee: 495, total: { amount: 3213 - 495, currency: 'EUR' } });
  const reasons: readonly ReasonCode[] = ['defective'];
  expect(
    quoteReturn(
      lines.map((line) => ({ ...line, reason: reasons[0] ?? 'quality' })),
      withFees(0, { EUR: 495 }),
      'EUR',
      'drop_off',
    ),
  ).toMatchObject({ shippingFee: 0, total: { amount: 3213 } });
  expect(quoteReturn(lines, withFees(0, { EUR: 495 }), 'EUR', 'counter')).toMatchObject({ shippingFee: 0 });
});

describe('allocating to payments', () => {
  const card = aPayment({ payment: 'card', captured: 2000, refunded: 500 });
  const gift = aPayment({ payment: 'gift', captured: 1000 });
  const amounts = (total: number, payments = [card, gift]) => {
    const { legs, shortfall } = allocate(total, payments);
    return { legs: legs.map(({ payment, amount }) => [payment.payment, amount]), shortfall };
  };

  test('fills them in their order', () => {
    expect(amounts(1200)).toEqual({ legs: [['card', 1200]], shortfall: 0 });
    expect(amounts(1800)).toEqual({
      legs: [
        ['card', 1500],
        ['gift', 300],
      ],
      shortfall: 0,
    });
    expect(amounts(1800, [gift, card])).toEqual({
      legs: [
        ['gift', 1000],
        ['card', 800],
      ],
      shortfall: 0,
    });
  });

  test('says what none could take', () => {
    expect(amounts(2600)).toEqual({
      legs: [
        ['card', 1500],
        ['gift', 1000],
      ],
      shortfall: 100,
    });
    expect(amounts(100, [])).toEqual({ legs: [], shortfall: 100 });
  });

  test('passes over used up payments, and leaves a disputed one its share', () => {
    expect(amounts(100, [{ ...card, refunded: 2000 }, { ...card, refunded: 2100 }, gift])).toEqual({
      legs: [['gift', 100]],
      shortfall: 0,
    });
    expect(amounts(100, [{ ...card, disputed: true }, gift]).legs).toEqual([['card', 100]]);
  });

  test('gives nothing to a payment that its bank has taken back', () => {
    const lost = { dispute: 'dp_1', status: 'lost', amount: 1200, at: '2026-03-20T10:00:00.000Z' } as const;
    expect(amounts(1000, [{ ...card, disputes: [lost] }, gift]).legs).toEqual([
      ['card', 300],
      ['gift', 700],
    ]);
  });

  test('gives nothing for nothing', () => {
    expect(amounts(0)).toEqual({ legs: [], shortfall: 0 });
    expect(amounts(-5)).toEqual({ legs: [], shortfall: 0 });
  });

  test('never more to one than it captured, never more or less than the total', () => {
    const payment = fc
      .record({ captured: fc.nat(1000), refunded: fc.nat(1000), disputed: fc.boolean() })
      .map((facts) => aPayment(facts));
    fc.assert(
      fc.property(fc.nat(3000), fc.array(payment, { maxLength: 4 }), (total, payments) => {
        const { legs, shortfall } = allocate(total, payments);
        expect(legs.reduce((sum, leg) => sum + leg.amount, 0) + shortfall).toBe(total);
        for (const leg of legs) {
          expect(leg.amount).toBeGreaterThan(0);
          expect(leg.payment.refunded + leg.amount).toBeLessThanOrEqual(leg.payment.captured);
        }
        const room = payments.some(
          (each) => each.captured - each.refunded > (legs.find((leg) => leg.payment === each)?.amount ?? 0),
        );
        if (shortfall > 0) expect(room).toBe(false);
      }),
    );
  });
});
