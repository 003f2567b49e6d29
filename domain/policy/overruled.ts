import { type Law, laws } from './law.ts';
import type { PolicyRule, PolicyRules } from './policy.ts';

/** A setting of a policy that a law goes over, for the sales that the law is for; `field` is a path into the document. */
export type Overruled = { readonly field: string; readonly floor: Law['floor']; readonly code: OverruledCode };

export type OverruledCode = 'window_too_short' | 'restocking_fee_barred' | 'final_sale_barred' | 'original_payment_due';

/**
 * What of a policy the laws go over. None of it keeps the policy from being published: it holds for all other sales, and
 * whoever publishes it should know.
 */
export function overruledBy(policy: PolicyRules, known: readonly Law[] = laws): readonly Overruled[] {
  return known
    .filter(({ programs }) => programs.includes(policy.program))
    .flatMap((law) =>
      [
        ...ofBase(policy, law),
        ...(policy.rules ?? []).flatMap((rule, index) =>
          meets(rule, law)
            ? ofRule(rule, policy, law).map((each) => ({ ...each, field: `rules[${index}].set.${each.field}` }))
            : [],
        ),
      ].map((each) => ({ ...each, floor: law.floor })),
    );
}

type Found = Omit<Overruled, 'floor'>;

function ofBase(policy: PolicyRules, law: Law): Found[] {
  const { window, fees, refund, finalSaleCategories } = policy;
  return [
    ...ofSettings({ window: { days: window.days }, fees, refund }, law),
    ...Object.entries(window.byCategory)
      .filter(([category, days]) => days < law.withdrawalDays && !isLeftOut(category, policy, law))
      .map(([category]): Found => ({ field: `window.byCategory.${category}`, code: 'window_too_short' })),
    ...finalSaleCategories.flatMap((category, index): Found[] =>
      isLeftOut(category, policy, law) ? [] : [{ field: `finalSaleCategories[${index}]`, code: 'final_sale_barred' }],
    ),
  ];
}

/** A rule for goods that the law leaves out altogether is not gone over. */
function ofRule({ when: { categories }, set }: PolicyRule, policy: PolicyRules, law: Law): Found[] {
  if (categories?.every((category) => isLeftOut(category, policy, law)) === true) return [];
  return [
    ...ofSettings(set, law),
    ...(set.finalSale === true ? [{ field: 'finalSale', code: 'final_sale_barred' } as const] : []),
  ];
}

function ofSettings({ window, fees, refund }: PolicyRule['set'], law: Law): Found[] {
  const found: Found[] = [];
  if (window?.days !== undefined && window.days < law.withdrawalDays) {
    found.push({ field: 'window.days', code: 'window_too_short' });
  }
  if ((fees?.restockingBasisPoints ?? 0) > 0) {
    found.push({ field: 'fees.restockingBasisPoints', code: 'restocking_fee_barred' });
  }
  if (refund?.instruments?.includes('original') === false) {
    found.push({ field: 'refund.instruments', code: 'original_payment_due' });
  }
  return found;
}

/** Some sale that the law is for could match the rule. */
const meets = ({ when }: PolicyRule, law: Law): boolean =>
  (when.countries?.some((country) => law.countries.includes(country)) ?? true) &&
  (when.channels?.some((channel) => !law.channelsInPerson.includes(channel)) ?? true);

const isLeftOut = (category: string, { withdrawalExceptions = {} }: PolicyRules, law: Law): boolean => {
  const ground = Object.hasOwn(withdrawalExceptions, category) ? withdrawalExceptions[category] : undefined;
  return ground !== undefined && law.exceptions[ground] === 'always';
};
