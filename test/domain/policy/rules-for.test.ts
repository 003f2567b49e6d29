import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PolicyRule } from '../../../domain/policy/policy.ts';
import { policyForSale, returnlessUpTo, rulesFor, type SaleConditions } from '../../../domain/policy/rules-for.ts';
import { aPolicy } from '../sale.ts';

const sale: SaleConditions = { channel: 'web', country: 'DE', buyerGroup: null };

/** Some of few values, so that rules often match and often don't. */
const some = (...values: string[]) =>
  fc.option(fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 }), { nil: undefined });
const aRule = fc
  .record({
    categories: some('books', 'toys', 'tools'),
    channels: some('web', 'store'),
    countries: some('DE', 'US'),
    buyerGroups: some('vip', 'staff'),
    days: fc.option(fc.integer({ min: 0, max: 99 }), { nil: undefined }),
    finalSale: fc.option(fc.boolean(), { nil: undefined }),
    restocking: fc.option(fc.integer({ min: 0, max: 99 }), { nil: undefined }),
    rebookings: fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }),
  })
  .map(({ days, finalSale, restocking, rebookings, ...when }) => ({ when, days, finalSale, restocking, rebookings }));
type Drawn = typeof aRule extends fc.Arbitrary<infer T> ? T : never;

/** As a policy's document has it: what is absent is not there. */
function written({ when, days, finalSale, restocking, rebookings }: Drawn, index: number): PolicyRule {
  const { pickup } = aPolicy();
  return {
    rule: `r${index}`,
    when: Object.fromEntries(Object.entries(when).filter(([, values]) => values !== undefined)),
    set: {
      ...(days === undefined ? {} : { window: { days } }),
      ...(finalSale === undefined ? {} : { finalSale }),
      ...(restocking === undefined ? {} : { fees: { restockingBasisPoints: restocking } }),
      ...(rebookings === undefined || when.categories !== undefined ? {} : { pickup: { ...pickup, rebookings } }),
    },
  };
}

test('field by field the first rule wins whose every condition holds, else the policy itself', () => {
  const aSale = fc.record({
    channel: fc.constantFrom('web', 'store', 'app'),
    country: fc.constantFrom('DE', 'US', 'JP'),
    buyerGroup: fc.constantFrom('vip', 'staff', null),
  });
  const category = fc.constantFrom('books', 'toys', 'tools', 'garden', null);
  fc.assert(
    fc.property(fc.array(aRule, { maxLength: 5 }), aSale, category, (drawn, sold, goods) => {
      const policy = aPolicy({ finalSaleCategories: ['toys'], rules: drawn.map(written) });
      const holds = (values: readonly string[] | undefined, value: string | null) =>
        values === undefined || (value !== null && values.includes(value));
      const ofSale = drawn
        .map((rule, index) => ({ ...rule, name: `r${index}` }))
        .filter(({ when }) => holds(when.channels, sold.channel))
        .filter(({ when }) => holds(when.countries, sold.country))
        .filter(({ when }) => holds(when.buyerGroups, sold.buyerGroup));
      const ofGoods = ofSale.filter(({ when }) => holds(when.categories, goods));
      const narrowed = policyForSale(policy, sold);
      const rules = rulesFor(narrowed, goods);

      const days = ofGoods.find((rule) => rule.days !== undefined);
      expect([rules.window.days, rules.madeBy['window.days']]).toEqual([days?.days ?? 30, days?.name ?? 'base']);
      const final = ofGoods.find((rule) => rule.finalSale !== undefined);
      expect([rules.finalSale, rules.madeBy.finalSale]).toEqual([
        final?.finalSale ?? goods === 'toys',
        final?.name ?? 'base',
      ]);
      const restocking = ofGoods.find((rule) => rule.restocking !== undefined)?.restocking ?? 0;
      expect(rules.fees).toEqual({ ...policy.fees, restockingBasisPoints: restocking });
      const whole = ofSale.find(({ when, rebookings }) => when.categories === undefined && rebookings !== undefined);
      expect(narrowed.pickup.rebookings).toBe(whole?.rebookings ?? policy.pickup.rebookings);
      expect(policyForSale(narrowed, sold)).toEqual(narrowed);
    }),
  );
});

describe('a policy without rules', () => {
  test('is the same for every sale, its windows by category still counting', () => {
    const policy = aPolicy({ window: { days: 30, byCategory: { toys: 14 }, extensions: [] } });
    expect(policyForSale(policy, sale)).toBe(policy);
    expect([rulesFor(policy, 'toys').window.days, rulesFor(policy, 'constructor').window.days]).toEqual([14, 30]);
    expect(rulesFor(policy, null).madeBy['window.days']).toBe('base');
  });
});

test('a condition that nobody has looked at holds for none', () => {
  const rules: PolicyRule[] = [{ rule: 'abroad', when: { countries: ['US'] }, set: { window: { days: 1 } } }];
  expect(rulesFor(aPolicy({ rules }), 'toys').window.days).toBe(30);
});

test('goods are kept without a return up to the least threshold of theirs', () => {
  const rules: PolicyRule[] = [
    { rule: 'toys', when: { categories: ['toys'] }, set: { returnlessUpTo: { EUR: 900 } } },
    { rule: 'tools', when: { categories: ['tools'] }, set: { returnlessUpTo: {} } },
  ];
  const policy = aPolicy({ rules });
  const upTo = (...categories: string[]) => returnlessUpTo(policy, 'EUR', categories);
  expect([upTo('toys'), upTo('toys', 'books'), upTo('toys', 'tools')]).toEqual([900, 500, -1]);
  expect(upTo()).toBe(-1);
});
