import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchPurchase, type Purchase, type ReturnedLine } from '../../../domain/sale/matching.ts';

const aReturnedLine = (changes: Partial<ReturnedLine> = {}): ReturnedLine => ({
  sku: 'LAMP',
  quantity: 2,
  unitPrice: 250,
  isIdentified: true,
  at: '2026-03-10T12:00:00.000Z',
  isGoods: true,
  ...changes,
});

const aPurchase = (changes: Partial<Purchase> & { readonly order: string }): Purchase => {
  const quantity = changes.quantity ?? 4;
  return {
    orderLine: `${changes.order}-1`,
    placedAt: '2026-03-01T09:00:00.000Z',
    quantity,
    paid: quantity * 250,
    returnable: quantity,
    ...changes,
  };
};

describe('a returned line that names no purchase', () => {
  test('takes the one order that fits', () => {
    const match = matchPurchase(aReturnedLine(), [aPurchase({ order: 'A' }), aPurchase({ order: 'B', paid: 4 * 300 })]);
    expect(match).toEqual({
      type: 'matched',
      order: 'A',
      lines: [{ orderLine: 'A-1', quantity: 2 }],
      rule: 'only_line',
    });
  });

  test('takes lines of one order at one price as they come, as they give the same money to the same payment', () => {
    const lines = [
      aPurchase({ order: 'A', orderLine: 'A-1', quantity: 4 }),
      aPurchase({ order: 'A', orderLine: 'A-2', quantity: 4 }),
      aPurchase({ order: 'A', orderLine: 'A-3', quantity: 9, paid: 9 * 240 }),
    ];
    expect(matchPurchase(aReturnedLine({ quantity: 6 }), lines)).toMatchObject({
      lines: [
        { orderLine: 'A-1', quantity: 4 },
        { orderLine: 'A-2', quantity: 2 },
      ],
      rule: 'interchangeable_lines',
    });
  });

  test.each<[string, ReturnedLine, readonly Purchase[], Readonly<Record<string, number>>, object]>([
    ['is no goods', aReturnedLine({ isGoods: false, isIdentified: false }), [], {}, { reason: 'not_goods' }],
    ['names neither customer nor order', aReturnedLine({ isIdentified: false }), [], {}, { reason: 'no_customer' }],
    ['was never bought', aReturnedLine(), [], {}, { reason: 'no_match' }],
    [
      'was bought only later',
      aReturnedLine(),
      [aPurchase({ order: 'A', placedAt: '2026-03-11T09:00:00.000Z' })],
      {},
      { reason: 'bought_later', candidates: ['A'] },
    ],
    ['has another price', aReturnedLine({ unitPrice: 251 }), [aPurchase({ order: 'A' })], {}, { reason: 'price' }],
    [
      'is more than was bought',
      aReturnedLine({ quantity: 5 }),
      [aPurchase({ order: 'A' })],
      {},
      { reason: 'quantity', detail: 'exceeds_returnable' },
    ],
    [
      'is more than is left',
      aReturnedLine(),
      [aPurchase({ order: 'A', returnable: 1 })],
      {},
      { reason: 'quantity', detail: 'exceeds_returnable' },
    ],
    [
      'takes more than one order',
      aReturnedLine({ quantity: 5 }),
      [aPurchase({ order: 'B', placedAt: '2026-03-02T09:00:00.000Z' }), aPurchase({ order: 'A' })],
      {},
      { reason: 'quantity', detail: 'spans_orders', candidates: ['A', 'B'] },
    ],
    [
      'fits two orders, even where the quantity of one is just the same',
      aReturnedLine(),
      [aPurchase({ order: 'A', quantity: 2 }), aPurchase({ order: 'B', quantity: 9 })],
      {},
      { reason: 'ambiguous_match', detail: 'several_orders', candidates: ['A', 'B'] },
    ],
    [
      'names no price and the order has two',
      aReturnedLine({ unitPrice: null }),
      [aPurchase({ order: 'A' }), aPurchase({ order: 'A', orderLine: 'A-2', paid: 4 * 300 })],
      {},
      { reason: 'ambiguous_match', detail: 'several_prices' },
    ],
    [
      'fits one order that an undecided line may be about',
      aReturnedLine(),
      [aPurchase({ order: 'A' }), aPurchase({ order: 'B', quantity: 1 })],
      { A: 3 },
      { reason: 'ambiguous_match', detail: 'contested', candidates: ['A'] },
    ],
  ])('waits for a person when it %s', (_why, line, purchases, claimed, expected) => {
    expect(matchPurchase(line, purchases, claimed)).toMatchObject({ type: 'unmatched', ...expected });
  });

  test('does not care in which order the purchases come', () => {
    const purchase = fc.record({
      order: fc.constantFrom('A', 'B', 'C'),
      orderLine: fc.uuid(),
      placedAt: fc.constantFrom('2026-03-01T09:00:00.000Z', '2026-03-20T09:00:00.000Z'),
      quantity: fc.integer({ min: 5, max: 9 }),
      paid: fc.constantFrom(1250, 2000),
      returnable: fc.integer({ min: 0, max: 5 }),
    });
    fc.assert(
      fc.property(fc.array(purchase, { maxLength: 6 }), fc.integer({ min: 1, max: 6 }), (purchases, quantity) => {
        const line = aReturnedLine({ quantity });
        const match = matchPurchase(line, purchases);
        const turned = matchPurchase(line, purchases.toReversed());
        expect([turned.type, turned.type === 'matched' ? turned.order : turned.reason]).toEqual([
          match.type,
          match.type === 'matched' ? match.order : match.reason,
        ]);
        if (match.type === 'unmatched') return;
        expect(match.lines.reduce((sum, taken) => sum + taken.quantity, 0)).toBe(quantity);
        for (const taken of match.lines) {
          const from = purchases.find(({ orderLine }) => orderLine === taken.orderLine);
          expect(from?.order).toBe(match.order);
          expect(taken.quantity).toBeLessThanOrEqual(from?.returnable ?? 0);
        }
      }),
    );
  });
});
