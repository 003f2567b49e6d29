import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  chooseDisposition,
  type Disposition,
  dispositions,
  type InspectedGoods,
  isAllowed,
  type VetoCode,
  vetoesOf,
} from '../../../domain/goods/disposition.ts';
import { type ConditionFacts, gradeOf } from '../../../domain/goods/grading.ts';
import type { DispositionChannel, DispositionPolicy, Policy } from '../../../domain/policy/policy.ts';
import type { OrderLineFacts } from '../../../domain/sale/order.ts';
import { anyFacts, aPolicy, aSoldLine, asNew } from '../sale.ts';

type Changes = { sold?: Partial<OrderLineFacts>; facts?: Partial<ConditionFacts> } & Partial<
  Pick<InspectedGoods, 'lot' | 'policy' | 'quantity' | 'unitPrice' | 'currency'>
>;

/** Two sealed mugs at 50.00 EUR, but for what a test says. */
function goods({ sold, facts, ...rest }: Changes = {}): InspectedGoods {
  const seen = { ...asNew, ...facts };
  const soldLine = aSoldLine(sold);
  return {
    sold: soldLine,
    facts: seen,
    grade: gradeOf(soldLine.category, seen),
    quantity: 2,
    unitPrice: 5000,
    lot: null,
    policy: aPolicy(),
    currency: 'EUR',
    ...rest,
  };
}

const allowed = (item: InspectedGoods) => dispositions.filter((each) => isAllowed(chooseDisposition(item), each));

describe('vetoes', () => {
  const cases: [VetoCode, Changes, Disposition, Disposition[]][] = [
    ['recalled', { sold: { recalled: true } }, 'quarantine', ['return_to_vendor', 'destroy', 'quarantine']],
    [
      'expired',
      { facts: { expiry: 'expired' } },
      'return_to_vendor',
      ['return_to_vendor', 'recycle', 'destroy', 'return_to_customer', 'quarantine'],
    ],
    ['contaminated', { facts: { contamination: 'confirmed' } }, 'destroy', ['destroy', 'quarantine']],
    ['contaminated', { facts: { contamination: 'suspected' } }, 'quarantine', ['destroy', 'quarantine']],
    [
      'opened_hygiene',
      { sold: { hygiene: true }, facts: { packaging: 'opened' } },
      'return_to_vendor',
      ['return_to_vendor', 'recycle', 'destroy', 'return_to_customer', 'quarantine'],
    ],
    [
      'opened_hygiene',
      { policy: aPolicy({ hygieneCategories: ['kitchen'] }), facts: { packaging: 'missing' } },
      'return_to_vendor',
      ['return_to_vendor', 'recycle', 'destroy', 'return_to_customer', 'quarantine'],
    ],
    [
      'hazardous',
      { sold: { hazardous: true } },
      'return_to_vendor',
      ['return_to_vendor', 'recycle', 'destroy', 'quarantine'],
    ],
    [
      'lot_unknown',
      { sold: { lotControlled: true } },
      'quarantine',
      ['recycle', 'destroy', 'return_to_customer', 'quarantine'],
    ],
  ];
  test.each(cases)('%s by %j: %s of %j', (veto, changes, chosen, left) => {
    const item = goods(changes);
    expect(vetoesOf(item)).toEqual([veto]);
    expect(chooseDisposition(item)).toMatchObject({ disposition: chosen, vetoes: [veto] });
    expect(allowed(item)).toEqual(left);
  });

  test('there are none on sound goods, on sealed hygiene goods and on a known lot', () => {
    expect(vetoesOf(goods())).toEqual([]);
    expect(vetoesOf(goods({ sold: { hygiene: true } }))).toEqual([]);
    expect(vetoesOf(goods({ sold: { lotControlled: true }, lot: 'LOT-7' }))).toEqual([]);
    expect(allowed(goods())).toEqual(dispositions);
  });

  test('add up: what is left is left by each of them', () => {
    const item = goods({ sold: { hazardous: true, lotControlled: true }, facts: { expiry: 'expired' } });
    expect(vetoesOf(item)).toEqual(['expired', 'hazardous', 'lot_unknown']);
    expect(allowed(item)).toEqual(['recycle', 'destroy', 'quarantine']);
  });
});

/** Prices by channel in percent of the unit price, whatever the grade; the others 0. Handling and decay as said. */
function priced(
  percent: Partial<Record<DispositionChannel, number>>,
  handling: Partial<Record<DispositionChannel, number>> = {},
  decay: { perDay: number; days: Partial<Record<DispositionChannel, number>> } = { perDay: 0, days: {} },
) {
  const base = aPolicy().disposition;
  const byChannel = <T>(make: (channel: DispositionChannel) => T) =>
    Object.fromEntries(
      Object.keys(base.days).map((channel) => [channel, make(channel as DispositionChannel)]),
    ) as Record<DispositionChannel, T>;
  const disposition: DispositionPolicy = {
    recoveryBasisPoints: byChannel((channel) => {
      const points = (percent[channel] ?? 0) * 100;
      return { A: points, B: points, C: points, D: points };
    }),
    handling: byChannel((channel) => ({ EUR: handling[channel] ?? 0 })),
    decayBasisPointsPerDay: decay.perDay,
    days: byChannel((channel) => decay.days[channel] ?? 0),
  };
  return aPolicy({ disposition });
}

describe('net recovery', () => {
  test('is price by grade, less handling, less what waiting costs; every channel is kept', () => {
    const policy = priced({ liquidate: 40 }, { liquidate: 100 }, { perDay: 20, days: { liquidate: 21 } });
    const { alternatives } = chooseDisposition(goods({ policy }));
    expect(alternatives).toHaveLength(7);
    expect(alternatives.find(({ disposition }) => disposition === 'liquidate')).toEqual({
      disposition: 'liquidate',
      price: 4000,
      handling: 200,
      decay: 168,
      net: 4000 - 200 - 168,
    });
  });

  test.each([
    ['the higher price', priced({ liquidate: 40, donate: 50 }), 'donate'],
    ['the lower handling', priced({ liquidate: 40, donate: 50 }, { donate: 600 }), 'liquidate'],
    ['the shorter wait', priced({ liquidate: 40, donate: 50 }, {}, { perDay: 100, days: { donate: 30 } }), 'liquidate'],
    ['the first of equals', priced({ liquidate: 50, donate: 50 }), 'liquidate'],
    [
      'the smallest loss',
      priced({}, { restock: 9, refurbish: 9, return_to_vendor: 9, liquidate: 9, donate: 9, recycle: 3, destroy: 4 }),
      'recycle',
    ],
  ] as const)('%s wins', (_, policy, disposition) => {
    expect(chooseDisposition(goods({ policy })).disposition).toBe(disposition);
  });

  test('goes by the grade', () => {
    const points = aPolicy().disposition.recoveryBasisPoints;
    const policy = aPolicy({
      disposition: {
        ...aPolicy().disposition,
        recoveryBasisPoints: { ...points, donate: { A: 0, B: 0, C: 9999, D: 0 } },
      },
    });
    expect(chooseDisposition(goods({ policy, facts: { cosmetic: 'damaged' } })).disposition).toBe('donate');
    expect(chooseDisposition(goods({ policy, facts: { packaging: 'opened' } })).disposition).not.toBe('donate');
  });

  test.each([
    ['EUR', 5000, 'restock'],
    ['JPY', 8000, 'restock'],
    ['KWD', 15_000, 'restock'],
  ])('in %s the default policy restocks what is as new', (currency, unitPrice, disposition) => {
    expect(chooseDisposition(goods({ currency, unitPrice })).disposition).toBe(disposition);
  });

  test('a decay of years takes the price and no more', () => {
    const policy = priced({ liquidate: 40 }, {}, { perDay: 500, days: { liquidate: 365 } });
    const liquidate = chooseDisposition(goods({ policy })).alternatives.find(
      (each) => each.disposition === 'liquidate',
    );
    expect(liquidate).toMatchObject({ price: 4000, decay: 4000, net: 0 });
  });
});

describe('new stock', () => {
  test.each([
    ['opened', { packaging: 'opened' }],
    ['worn', { cosmetic: 'light_wear' }],
    ['damaged', { cosmetic: 'damaged' }],
    ['defective', { function: 'defective' }],
  ] as const)('is never joined by what is %s, not even by a person', (_, facts) => {
    const item = goods({ facts, policy: priced({ restock: 100 }) });
    expect(chooseDisposition(item).disposition).not.toBe('restock');
    expect(allowed(item)).toEqual(dispositions.filter((each) => each !== 'restock'));
  });

  test('takes the grade and the packaging at their word, both', () => {
    expect(isAllowed(chooseDisposition({ ...goods(), grade: 'B' }), 'restock')).toBe(false);
    expect(isAllowed(chooseDisposition({ ...goods({ facts: { packaging: 'opened' } }), grade: 'A' }), 'restock')).toBe(
      false,
    );
  });
});

test('a policy that was frozen before there was a channel does without it', () => {
  const isNew = (key: string) => key === 'liquidate';
  const policy: Policy = JSON.parse(JSON.stringify(aPolicy(), (key, value) => (isNew(key) ? undefined : value)));
  const { alternatives } = chooseDisposition(goods({ policy, facts: { packaging: 'opened' } }));
  expect(alternatives.map(({ disposition }) => disposition)).toEqual([
    'refurbish',
    'return_to_vendor',
    'donate',
    'recycle',
    'destroy',
  ]);
});

test('goods on no line wait in quarantine and never join stock', () => {
  const choice = chooseDisposition({ ...goods(), sold: null });
  expect(choice).toEqual({ disposition: 'quarantine', alternatives: [], vetoes: [] });
  expect(isAllowed(choice, 'restock')).toBe(false);
  expect(isAllowed(choice, 'return_to_customer')).toBe(true);
});

test('the engine never chooses what it would refuse a person', () => {
  const sold = fc.record({
    recalled: fc.boolean(),
    hygiene: fc.boolean(),
    hazardous: fc.boolean(),
    lotControlled: fc.boolean(),
  });
  fc.assert(
    fc.property(anyFacts, sold, fc.constantFrom(null, 'LOT-7'), fc.nat(20_000), (seen, flags, lot, unitPrice) => {
      const choice = chooseDisposition(goods({ facts: seen, sold: flags, lot, unitPrice }));
      expect(isAllowed(choice, choice.disposition)).toBe(true);
      const best = Math.max(...choice.alternatives.map(({ net }) => net));
      const chosen = choice.alternatives.find(({ disposition }) => disposition === choice.disposition);
      if (chosen !== undefined) expect(chosen.net).toBe(best);
    }),
  );
});
