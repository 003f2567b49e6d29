import { expect, test } from 'vitest';
import { PolicyDocument } from '../../../api/policies/document.ts';
import { isCurrency } from '../../../domain/money/money.ts';
import { settleLine } from '../../../domain/money/settlement.ts';
import { defaultPolicies } from '../../../domain/policy/defaults.ts';
import { overruledBy } from '../../../domain/policy/overruled.ts';
import { programs } from '../../../domain/policy/policy.ts';
import { policyFaults } from '../../../domain/policy/sense.ts';
import { aSoldLine } from '../sale.ts';

test('each program has one default policy, with an id of its own', () => {
  expect(defaultPolicies.map(({ program }) => program)).toEqual([...programs]);
  expect(new Set(defaultPolicies.map(({ id }) => id)).size).toBe(defaultPolicies.length);
});

test.each(defaultPolicies.map((policy) => [policy.id, policy] as const))(
  '%s may be published as it is',
  (_id, policy) => {
    expect(PolicyDocument.parse(JSON.parse(JSON.stringify(policy)))).toEqual(policy);
    expect(policyFaults(policy)).toEqual([]);
    expect(Object.keys(policy.review.aboveAmount).every(isCurrency)).toBe(true);
  },
);

test('the law goes over none but the shopper’s final sales', () => {
  expect(
    defaultPolicies.flatMap((policy) => overruledBy(policy).map(({ field }) => `${policy.program} ${field}`)),
  ).toEqual(['customer finalSaleCategories[0]', 'customer finalSaleCategories[1]']);
});

test('what a mug of like-new state gives back is what each program is for', () => {
  const sold = aSoldLine({ price: 3000, discount: 0, tax: 0 });
  const line = { line: 'L1', sold, units: [[0, 3]], reason: 'no_longer_needed', grade: 'A' } as const;
  const given = Object.fromEntries(
    defaultPolicies.map((policy) => [policy.program, settleLine({ ...line, policy }).amount]),
  );
  expect(given).toEqual({
    customer: 3000,
    business: 2550,
    unsold: 3000,
    undeliverable: 3000,
    warranty: 3000,
    end_of_life: 0,
    trade_in: 3000,
    asset_recovery: 0,
    recall: 0,
    rental: 0,
  });
});
