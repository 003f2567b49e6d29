import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Units } from '../../../domain/goods/units.ts';
import { partOf, type SettledLine, settleLines } from '../../../domain/money/settlement.ts';
import { type Basket, type BasketLine, withParts } from '../../../domain/sale/basket.ts';
import type { Promotion, PromotionTerms } from '../../../domain/sale/promotion.ts';
import { aPolicy, aSoldLine } from '../sale.ts';

type Sold = { readonly sku?: string; readonly category?: string } & Pick<BasketLine, 'quantity' | 'price'> &
  Partial<Pick<BasketLine, 'discount' | 'promoted'>>;
type Comes = { readonly line: number; readonly units: Units };

const nothing = { quantity: 0, price: 0, discount: 0 };
const aBasket = (lines: readonly Sold[], promotions: readonly Promotion[]): Basket => ({
  promotions,
  others: 0,
  lines: lines.map(({ sku, category = 'general', discount = 0, promoted = discount, ...line }, at) => ({
    ...line,
    ...{ orderLine: `OL${at}`, sku: sku ?? `SKU-${at}`, category, discount, promoted, settled: nothing },
  })),
});

/** Settles goods of a basket one return after the other: what each got net of tax, and the basket after them. */
function inTurn(basket: Basket, returns: readonly (readonly Comes[])[], tax: readonly number[] = []) {
  let left = basket;
  const settled: SettledLine[][] = [];
  for (const goods of returns) {
    const asked = goods.map(({ line, units }) => {
      const { orderLine, sku, category, quantity, price, discount } = basket.lines[line] as BasketLine;
      const sold = aSoldLine({ orderLine, sku, category, quantity, price, discount, tax: tax[line] ?? 0 });
      return { line: orderLine, sold, units, reason: 'changed_mind' as const };
    });
    const { lines } = settleLines(asked, aPolicy({ promotions: 'recompute' }), left);
    left = withParts(
      left,
      lines.map((each) => partOf(each, each.line)),
    );
    settled.push(lines);
  }
  const got = settled.map((lines) => lines.reduce((sum, { amount }) => sum + amount, 0));
  return { got, settled, left };
}

const unit = (line: number, at = 0): Comes => ({ line, units: [[at, at + 1]] });
const from100: PromotionTerms = { kind: 'threshold', from: 10_000, amount: 1000 };

describe('what is kept is priced again', () => {
  const basket = aBasket(
    [
      { quantity: 1, price: 6000, discount: 545 },
      { quantity: 1, price: 5000, discount: 455 },
    ],
    [{ promotion: '10-OFF', terms: from100, saved: 1000 }],
  );

  test('below a threshold the kept goods cost their full price', () => {
    expect(inTurn(basket, [[unit(0)], [unit(1)]]).got).toEqual([5000, 5000]);
    expect(inTurn(basket, [[unit(1)], [unit(0)]]).got).toEqual([4000, 6000]);
    expect(inTurn(basket, [[unit(0), unit(1)]]).settled[0]).toMatchObject([{ amount: 5455 }, { amount: 4545 }]);
  });

  test('above a threshold it still holds', () => {
    const dear = aBasket(
      [
        { quantity: 2, price: 20_000, discount: 1000 },
        { quantity: 1, price: 500 },
      ],
      [{ promotion: '10-OFF', terms: from100, saved: 1000 }],
    );
    expect(inTurn(dear, [[unit(0)], [unit(1)], [unit(0, 1)]]).got).toEqual([10_000, 500, 9000]);
  });

  test('the policy says whether', () => {
    const sold = aSoldLine({ orderLine: 'OL0', quantity: 1, price: 6000, discount: 545, tax: 0 });
    const one = [{ line: 'L1', sold, units: [[0, 1]] as Units, reason: 'changed_mind' as const }];
    const { promotions: _, ...silent } = aPolicy();
    for (const policy of [silent, aPolicy({ promotions: 'prorate' })]) {
      expect(settleLines(one, policy, basket)).toMatchObject({ lines: [{ amount: 5455 }], promotions: [] });
    }
    expect(settleLines(one, aPolicy({ promotions: 'recompute' }), basket)).toMatchObject({
      lines: [{ price: 6000, discount: 1000, amount: 5000 }],
      promotions: [{ promotion: '10-OFF', before: 1000, after: 0 }],
    });
  });

  test('a percentage is of what is kept while that is enough', () => {
    const tenth: PromotionTerms = { kind: 'threshold', from: 10_000, basisPoints: 1000 };
    const lines = aBasket(
      [{ quantity: 3, price: 18_000, discount: 1800 }],
      [{ promotion: 'P', terms: tenth, saved: 1800 }],
    );
    // 12 000 are kept, then 6000, then nothing: the second pays for the tenth that the last had.
    expect(inTurn(lines, [[unit(0)], [unit(0, 1)], [unit(0, 2)]]).got).toEqual([5400, 4800, 6000]);
  });

  test('of three for the price of two, the free one is the first to come back', () => {
    const three = aBasket(
      [{ quantity: 3, price: 3000, discount: 1000 }],
      [{ promotion: '3-FOR-2', terms: { kind: 'multi_buy', buy: 3, pay: 2 }, saved: 1000 }],
    );
    expect(inTurn(three, [[unit(0)], [unit(0, 2)], [unit(0, 1)]]).got).toEqual([0, 1000, 1000]);
  });

  test('a gift that is kept without its goods is charged, one that comes too is not', () => {
    const gift = aBasket(
      [
        { sku: 'COFFEE', quantity: 1, price: 9000 },
        { sku: 'CUP', quantity: 1, price: 1500, discount: 1500 },
      ],
      [{ promotion: 'CUP', terms: { kind: 'gift', gift: 'CUP', for: 1, skus: ['COFFEE'] }, saved: 1500 }],
    );
    expect(inTurn(gift, [[unit(0)], [unit(1)]]).got).toEqual([7500, 1500]);
    expect(inTurn(gift, [[unit(0), unit(1)]]).got).toEqual([9000]);
    expect(inTurn(gift, [[unit(1)], [unit(0)]]).got).toEqual([0, 9000]);
  });

  test('what falls is more than the goods cost: nothing is paid, and the next goods bear the rest', () => {
    const small = aBasket(
      [
        { quantity: 1, price: 300 },
        { quantity: 1, price: 9700, discount: 1000 },
      ],
      [{ promotion: '10-OFF', terms: from100, saved: 1000 }],
    );
    expect(inTurn(small, [[unit(0)], [unit(1)]]).got).toEqual([0, 9000]);
  });
});

const aTerm: fc.Arbitrary<PromotionTerms> = fc.oneof(
  fc.record({ kind: fc.constant('threshold' as const), from: fc.nat(20_000), amount: fc.nat(5000) }),
  fc.record({ kind: fc.constant('threshold' as const), from: fc.nat(20_000), basisPoints: fc.nat(10_000) }),
  fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.nat(3))
    .map(([buy, pay]) => ({ kind: 'multi_buy' as const, buy, pay: pay % buy, categories: ['even'] })),
  fc.record({
    kind: fc.constant('gift' as const),
    gift: fc.constantFrom('SKU-0', 'SKU-1'),
    for: fc.integer({ min: 1, max: 3 }),
    categories: fc.constant(['odd']),
  }),
);

/** Whatever was sold under whatever promotions, all its units in whatever order, some of them together. */
const aLife = fc
  .record({
    lines: fc.array(
      fc.record({
        quantity: fc.integer({ min: 1, max: 4 }),
        price: fc.nat(9000),
        off: fc.nat(1000),
        promoted: fc.nat(1000),
        tax: fc.nat(900),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    terms: fc.array(fc.tuple(aTerm, fc.integer({ min: 1, max: 9 })), { minLength: 1, maxLength: 3 }),
    order: fc.array(fc.nat(), { minLength: 16, maxLength: 16 }),
    together: fc.array(fc.boolean(), { minLength: 16, maxLength: 16 }),
  })
  .map(({ lines, terms, order, together }) => {
    const sold = lines.map(({ quantity, price, off, promoted }, at) => {
      const discount = Math.floor((price * off) / 1000);
      return {
        quantity,
        price,
        discount,
        promoted: Math.floor((discount * promoted) / 1000),
        category: at % 2 ? 'odd' : 'even',
      };
    });
    const promoted = sold.reduce((sum, line) => sum + line.promoted, 0);
    const weights = terms.reduce((sum, [, weight]) => sum + weight, 0);
    const shares = terms.map(([, weight]) => Math.floor((promoted * weight) / weights));
    const rest = shares.reduce((left, share) => left - share, promoted);
    const promotions = terms.map(([each], at) => ({
      ...{ promotion: `P${at}`, terms: each, saved: (shares[at] ?? 0) + (at === 0 ? rest : 0) },
    }));
    const units = sold.flatMap(({ quantity }, line) => Array.from({ length: quantity }, (_, at) => unit(line, at)));
    const ranked = units.map((each, at) => ({ each, rank: order[at] ?? 0 })).sort((a, b) => a.rank - b.rank);
    const returns: Comes[][] = [];
    for (const [at, { each }] of ranked.entries()) {
      if (together[at] === true && returns.length > 0) returns.at(-1)?.push(each);
      else returns.push([each]);
    }
    return { basket: aBasket(sold, promotions), returns, tax: lines.map(({ tax }) => tax) };
  });

describe('whatever comes back, in whatever order', () => {
  test('all of it together gets exactly what was paid, and nothing ever more than its price or less than nothing', () => {
    fc.assert(
      fc.property(aLife, ({ basket, returns, tax }) => {
        const { settled, got } = inTurn(basket, returns, tax);
        for (const line of settled.flat()) {
          expect(line.discount).toBeGreaterThanOrEqual(0);
          expect(line.discount).toBeLessThanOrEqual(line.price);
          expect(line.amount).toBe(line.price - line.discount + line.tax);
        }
        const paid = basket.lines.reduce((sum, line, at) => sum + line.price - line.discount + (tax[at] ?? 0), 0);
        expect(got.reduce((sum, amount) => sum + amount, 0)).toBe(paid);
      }),
      { numRuns: 2000 },
    );
  });

  test('never is more paid back than what is kept leaves of what was paid, but that nothing is asked back', () => {
    fc.assert(
      fc.property(aLife, ({ basket, returns }) => {
        let before = 0;
        let left = basket;
        const paid = basket.lines.reduce((sum, line) => sum + line.price - line.discount, 0);
        for (const goods of returns) {
          const step = inTurn(left, [goods]);
          left = step.left;
          const [got = 0] = step.got;
          expect(got).toBe(Math.max(0, paid - priceOfKept(left) - before));
          before += got;
        }
      }),
      { numRuns: 2000 },
    );
  });
});

/** The price of what is kept, unit by unit, written down from the terms. */
function priceOfKept({ lines, promotions }: Basket): number {
  const goods = lines.map((line) => ({ ...line, kept: line.quantity - line.settled.quantity }));
  const list = goods.reduce((sum, { price, settled }) => sum + price - settled.price, 0);
  const share = (total: number, part: number, of: number) => Math.floor((2 * total * part + of) / (2 * of));
  const units = (about: (line: (typeof goods)[number]) => boolean) =>
    goods
      .filter(about)
      .flatMap(({ kept, price, quantity }) => Array.from({ length: kept }, () => Math.floor(price / quantity)))
      .sort((a, b) => b - a);
  const sum = (prices: readonly number[]) => prices.reduce((total, price) => total + price, 0);
  const off = (terms: PromotionTerms): number => {
    if (terms.kind === 'threshold') {
      const worth = sum(goods.map(({ price, kept, quantity }) => share(price, kept, quantity)));
      if (worth < terms.from) return 0;
      return 'amount' in terms ? terms.amount : share(worth, terms.basisPoints, 10_000);
    }
    const about = units(({ category }) => terms.categories?.includes(category) === true);
    if (terms.kind === 'gift') {
      return sum(units(({ sku }) => sku === terms.gift).slice(0, Math.floor(about.length / terms.for)));
    }
    const full = about.length - (about.length % terms.buy);
    return sum(about.filter((_, at) => at < full && at % terms.buy >= terms.pay));
  };
  const isAll = goods.every(({ kept, quantity }) => kept === quantity);
  const discounts = [
    ...goods.map(({ discount, promoted, kept, quantity }) => share(discount - promoted, kept, quantity)),
    ...promotions.map(({ terms, saved }) => (isAll ? saved : Math.min(saved, off(terms)))),
  ];
  return list - Math.min(list, sum(discounts));
}
