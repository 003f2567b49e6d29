import { describe, expect, test } from 'vitest';
import { isCurrency } from '../../../domain/money/money.ts';
import { defaultCustomerPolicy as policy } from '../../../domain/policy/default-customer.ts';
import { returnlessUpTo } from '../../../domain/policy/rules-for.ts';
import { milliseconds } from '../../../domain/time/duration.ts';

describe('the default policy', () => {
  test('keeps the floor of 14 days in every category (Directive 2011/83/EU, Art. 9)', () => {
    expect(Math.min(policy.window.days, ...Object.values(policy.window.byCategory))).toBeGreaterThanOrEqual(14);
  });

  test('reminds before it escalates, and escalates before it expires', () => {
    const { reminders, escalation, expiry } = policy.receipt;
    const steps = [...reminders, escalation, expiry].map(milliseconds);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect(new Set(steps).size).toBe(steps.length);
  });

  test('has readable durations', () => {
    const { receipt, pickup, refund, inspectionWithin, dispositionWithin } = policy;
    const all = [receipt.lostAfter, pickup.leadTime, pickup.windowLength, pickup.silence, refund.pendingCheck];
    for (const duration of [...all, inspectionWithin, dispositionWithin])
      expect(milliseconds(duration)).toBeGreaterThan(0);
  });

  test('names the same currencies wherever it names amounts', () => {
    const { fees, review, disposition } = policy;
    const amounts = [
      fees.returnShipping,
      review.aboveAmount,
      policy.returnlessUpTo,
      ...Object.values(disposition.handling),
    ];
    for (const byCurrency of amounts) {
      expect(Object.keys(byCurrency)).toEqual(['EUR', 'USD', 'GBP', 'JPY', 'KWD']);
      expect(Object.keys(byCurrency).every(isCurrency)).toBe(true);
      expect(Object.values(byCurrency).every((amount) => Number.isSafeInteger(amount) && amount >= 0)).toBe(true);
    }
  });

  test('never takes more than the whole in basis points', () => {
    const rates = [
      policy.fees.restockingBasisPoints,
      ...Object.values(policy.diminishedValueBasisPoints),
      ...Object.values(policy.disposition.recoveryBasisPoints).flatMap((byGrade) => Object.values(byGrade)),
    ];
    expect(rates.every((rate) => Number.isInteger(rate) && rate >= 0 && rate <= 10_000)).toBe(true);
  });

  test('waives fees for every fault but the buyer’s', () => {
    expect([...policy.fees.waivedFor].sort()).toEqual(['carrier', 'us', 'vendor']);
  });
});

test('nothing is returnless in a currency without a threshold, not even what is worth nothing', () => {
  expect(returnlessUpTo(policy, 'EUR', ['kitchen'])).toBe(500);
  expect(0 <= returnlessUpTo(policy, 'SEK', ['kitchen'])).toBe(false);
});
