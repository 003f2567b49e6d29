import fc from 'fast-check';
import { expect, test } from 'vitest';
import { policyChanges } from '../../../domain/policy/changes.ts';
import { defaultCustomerPolicy } from '../../../domain/policy/default-customer.ts';
import type { Policy, PolicyRule } from '../../../domain/policy/policy.ts';

const { fees, receipt, window } = defaultCustomerPolicy;

test('each rule that differs is named by its path, with both its values', () => {
  const after: Policy = {
    ...defaultCustomerPolicy,
    version: 2,
    window: { ...window, days: 14, byCategory: { garden: 60 } },
    fees: { ...fees, returnShipping: { ...fees.returnShipping, EUR: 0 } },
    receipt: { ...receipt, reminders: ['P12D', 'P7D'] },
  };
  expect(policyChanges(defaultCustomerPolicy, after)).toEqual([
    { field: 'window.days', before: 30, after: 14 },
    { field: 'window.byCategory.electronics', before: 14, after: null },
    { field: 'window.byCategory.garden', before: null, after: 60 },
    { field: 'fees.returnShipping.EUR', before: 495, after: 0 },
    { field: 'receipt.reminders', before: ['P7D', 'P12D'], after: ['P12D', 'P7D'] },
  ]);
});

test('named rules are compared by their names, and their order apart', () => {
  const vip = { rule: 'vip', when: { buyerGroups: ['vip'] }, set: { window: { days: 60 } } };
  const store = { rule: 'store', when: { channels: ['store'] }, set: { methods: ['drop_off'] } } as const;
  const of = (...rules: PolicyRule[]): Policy => ({ ...defaultCustomerPolicy, rules });
  expect(policyChanges(defaultCustomerPolicy, of(vip))).toEqual([
    { field: 'rules.vip', before: null, after: { when: vip.when, set: vip.set } },
  ]);
  expect(policyChanges(of(vip, store), of(store, { ...vip, set: { window: { days: 90 } } }))).toEqual([
    { field: 'rules.vip.set.window.days', before: 60, after: 90 },
    { field: 'ruleOrder', before: ['vip', 'store'], after: ['store', 'vip'] },
  ]);
});

const aPolicy: fc.Arbitrary<Policy> = fc
  .record({
    days: fc.nat(90),
    byCategory: fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.nat(9)),
    extensions: fc.array(
      fc.record({ from: fc.constantFrom('x', 'y'), to: fc.constantFrom('x', 'y'), until: fc.constantFrom('x', 'y') }),
      { maxLength: 2 },
    ),
  })
  .map((drawn) => ({ ...defaultCustomerPolicy, window: drawn }));

test('nothing differs from itself, and what differs one way differs the other way round', () => {
  fc.assert(
    fc.property(aPolicy, aPolicy, (one, other) => {
      expect(policyChanges(one, structuredClone(one))).toEqual([]);
      const there = policyChanges(one, other);
      const back = policyChanges(other, one);
      const turned = back.map(({ field, before, after }) => ({ field, before: after, after: before }));
      expect(new Set(there.map((change) => JSON.stringify(change)))).toEqual(
        new Set(turned.map((change) => JSON.stringify(change))),
      );
      expect(there.length === 0).toBe(JSON.stringify(sorted(one.window)) === JSON.stringify(sorted(other.window)));
    }),
  );
});

const sorted = ({ days, byCategory, extensions }: Policy['window']) => [
  days,
  Object.entries(byCategory).sort(([a], [b]) => a.localeCompare(b)),
  extensions.map(({ from, to, until }) => [from, to, until]),
];
