import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  exceptionGrounds,
  floorUnder,
  isException,
  type LegalFloor,
  laws,
  withdrawalEnd,
} from '../../../domain/policy/law.ts';
import { overruledBy } from '../../../domain/policy/overruled.ts';
import type { PolicyRules } from '../../../domain/policy/policy.ts';
import { aPolicy } from '../sale.ts';

const sold = { program: 'customer', channel: 'web', country: 'DE', placedAt: '2026-02-25T00:00:00.000Z' } as const;
const floor: LegalFloor = floorUnder(sold) ?? expect.unreachable();
const end = (deliveredAt: string) => new Date(withdrawalEnd(floor, deliveredAt)).toISOString();

describe('the European right to withdraw', () => {
  test('is under distance sales to consumers in the Economic Area, since it came into force', () => {
    const floors = [
      sold,
      { ...sold, country: 'NO' },
      { ...sold, channel: 'whatever-it-is-called' },
      { ...sold, country: 'US' },
      { ...sold, channel: 'store' },
      { ...sold, program: 'business' as const },
      { ...sold, placedAt: '2014-06-12T23:59:59.999Z' },
    ].map((sale) => floorUnder(sale)?.floor ?? null);
    const eu = 'eu-withdrawal';
    expect(floors).toEqual([eu, eu, eu, null, null, null, null]);
  });

  test('lasts fourteen days after that of the delivery, and no working day less', () => {
    // Sunday 1 March: the fourteenth day is Sunday 15 March, so Monday counts to its end.
    expect(end('2026-03-01T09:00:00.000Z')).toBe('2026-03-17T00:00:00.000Z');
    expect(end('2026-02-28T23:59:59.999Z')).toBe('2026-03-17T00:00:00.000Z');
    expect(end('2026-03-03T00:00:00.000Z')).toBe('2026-03-18T00:00:00.000Z');
  });

  test('never ends before fourteen full days nor on a day of rest', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2014-06-13'), max: new Date('2100-01-01'), noInvalidDate: true }),
        (date) => {
          const last = withdrawalEnd(floor, date.toISOString());
          const days = (last - date.getTime()) / 86_400_000;
          expect(days).toBeGreaterThan(14);
          expect(days).toBeLessThanOrEqual(17);
          expect([1, 2, 3, 4, 5]).toContain(new Date(last - 1).getUTCDay());
        },
      ),
    );
  });

  test('leaves out some goods, and others once they are opened', () => {
    expect(
      exceptionGrounds.map((ground) => [isException(floor, ground, false), isException(floor, ground, true)]),
    ).toEqual([
      [true, true],
      [true, true],
      [false, true],
      [true, true],
      [false, true],
      [true, true],
    ]);
    expect(isException(floor, null, true)).toBe(false);
  });
});

test('each law names its source, and no two are under one sale at once', () => {
  for (const law of laws) expect(law.source).toMatch(/\d/);
  expect(new Set(laws.map(({ floor: code }) => code)).size).toBe(laws.length);
});

describe('what the law goes over in a policy', () => {
  const overruled = (changes: Partial<PolicyRules>) =>
    overruledBy(aPolicy({ finalSaleCategories: [], ...changes })).map(({ field, code }) => `${field} ${code}`);

  test('is nothing where it grants as much', () => {
    expect(overruled({})).toEqual([]);
    expect(overruled({ program: 'business', window: { days: 0, byCategory: {}, extensions: [] } })).toEqual([]);
  });

  test('is each setting that grants less, in the policy itself and in rules that its sales can match', () => {
    const short = { window: { days: 7 } };
    const found = overruled({
      window: { days: 13, byCategory: { toys: 3, food: 1 }, extensions: [] },
      withdrawalExceptions: { food: 'perishable', software: 'sealed_media' },
      finalSaleCategories: ['food', 'software'],
      fees: { restockingBasisPoints: 1, returnShipping: {}, waivedFor: [] },
      refund: { ...aPolicy().refund, instruments: ['store_credit'] },
      rules: [
        { rule: 'store', when: { channels: ['store'] }, set: short },
        { rule: 'abroad', when: { countries: ['US', 'CA'] }, set: short },
        { rule: 'fresh', when: { categories: ['food'] }, set: { ...short, finalSale: true } },
        { rule: 'sale', when: { countries: ['US', 'FR'] }, set: { ...short, finalSale: true } },
      ],
    });
    expect(found).toEqual([
      'window.days window_too_short',
      'fees.restockingBasisPoints restocking_fee_barred',
      'refund.instruments original_payment_due',
      'window.byCategory.toys window_too_short',
      'finalSaleCategories[1] final_sale_barred',
      'rules[3].set.window.days window_too_short',
      'rules[3].set.finalSale final_sale_barred',
    ]);
  });
});
