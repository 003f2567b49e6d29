import { type InspectionPolicy, standardInspection } from '../goods/inspection.ts';
import type { Currency } from '../money/money.ts';
import type { OrderFacts } from '../sale/order.ts';
import type { WarrantyTerm } from '../sale/warranty.ts';
import { type ExceptionGround, type LegalFloor, withdrawalEnd } from './law.ts';
import type { Policy, PolicyRule, RuleConditions, RuleSettings } from './policy.ts';

/** What a sale is known by to the conditions of rules, its goods aside. */
export type SaleConditions = Pick<OrderFacts, 'channel' | 'country' | 'buyerGroup'>;

/** A policy as it applies to one sale, with the floor that the law puts under it. */
export type SalePolicy = Policy & { readonly law?: SaleFloor };

/** A floor, and when the buyer could last withdraw: milliseconds of the epoch, null while goods are on their way. */
export type SaleFloor = LegalFloor & { readonly before: number | null };

/** What is cited where no rule made a decision but the policy itself. */
export const baseRule = 'base';

/** What a decision may cite: where each of these came from. */
export type RuledField =
  | 'window.days'
  | 'window.extensions'
  | 'finalSale'
  | 'hygiene'
  | 'methods'
  | 'review.aboveAmount'
  | 'review.frequentReturns'
  | 'refund.instruments';

/** A policy as it applies to goods of one category. */
export type LineRules = Pick<
  Policy,
  | 'methods'
  | 'fees'
  | 'diminishedValueBasisPoints'
  | 'review'
  | 'returnlessUpTo'
  | 'inspectionWithin'
  | 'dispositionWithin'
  | 'refund'
  | 'disposition'
> & {
  readonly window: Pick<Policy['window'], 'days' | 'extensions'>;
  readonly inspection: InspectionPolicy;
  readonly finalSale: boolean;
  readonly hygiene: boolean;
  /** Of the program `warranty` alone: its terms, or null where the policy counts it by the window. */
  readonly warranty?: WarrantyTerm | null;
  /** Whether a legal right to withdraw leaves these goods out, and why. */
  readonly exception: ExceptionGround | null;
  /** The name of the rule, or `base`. */
  readonly madeBy: Readonly<Record<RuledField, string>>;
};

/**
 * A policy as it applies to one sale: rules that its channel, country or buyer can't match are gone, the others are left
 * with their categories, and what holds for the whole return is settled.
 */
export function policyForSale(policy: Policy, sale: SaleConditions): Policy {
  if (policy.rules === undefined || policy.rules.length === 0) return policy;
  const rules = policy.rules.filter(({ when }) => isMet(when, sale));
  const whole = rules.filter(({ when }) => when.categories === undefined);
  return {
    ...policy,
    receipt: first(whole, (set) => set.receipt, policy.receipt).value,
    pickup: first(whole, (set) => set.pickup, policy.pickup).value,
    rules: rules.map(({ rule, when: { categories }, set }) => ({
      rule,
      when: categories === undefined ? {} : { categories },
      set,
    })),
  };
}

/**
 * What applies to goods of a category, or to goods on no line (null), under a policy as it applies to their sale
 * (`policyForSale`; a rule whose other conditions nobody has looked at doesn't apply). Field by field the first rule that
 * matches and sets it wins, else the policy itself.
 */
export function rulesFor(policy: Policy, category: string | null): LineRules {
  const rules = (policy.rules ?? []).filter(({ when }) => isAbout(when, category));
  const { window, fees, review, refund, disposition } = policy;
  const days = first(rules, (set) => set.window?.days, daysFor(window, category));
  const extensions = first(rules, (set) => set.window?.extensions, window.extensions);
  const finalSale = first(rules, (set) => set.finalSale, isNamed(policy.finalSaleCategories, category));
  const hygiene = first(rules, (set) => set.hygiene, isNamed(policy.hygieneCategories, category));
  const methods = first(rules, (set) => set.methods, policy.methods);
  const aboveAmount = first(rules, (set) => set.review?.aboveAmount, review.aboveAmount);
  const count = first(rules, (set) => set.review?.frequentReturns?.count, review.frequentReturns.count);
  const instruments = first(rules, (set) => set.refund?.instruments, refund.instruments);
  return {
    window: { days: days.value, extensions: extensions.value },
    finalSale: finalSale.value,
    hygiene: hygiene.value,
    ...(policy.program === 'warranty' ? { warranty: warrantyFor(policy, category) } : {}),
    exception: exceptionOf(policy, category) ?? (hygiene.value ? 'sealed_hygiene' : null),
    methods: methods.value,
    fees: inLayers(rules, (set) => set.fees, fees),
    diminishedValueBasisPoints: first(rules, (set) => set.diminishedValueBasisPoints, policy.diminishedValueBasisPoints)
      .value,
    review: { aboveAmount: aboveAmount.value, frequentReturns: { ...review.frequentReturns, count: count.value } },
    returnlessUpTo: first(rules, (set) => set.returnlessUpTo, policy.returnlessUpTo).value,
    inspectionWithin: first(rules, (set) => set.inspectionWithin, policy.inspectionWithin).value,
    dispositionWithin: first(rules, (set) => set.dispositionWithin, policy.dispositionWithin).value,
    refund: inLayers<Policy['refund']>(rules, (set) => set.refund, refund),
    disposition: inLayers(rules, (set) => set.disposition, disposition),
    inspection: inLayers<InspectionPolicy>(rules, (set) => set.inspection, policy.inspection ?? standardInspection),
    madeBy: {
      'window.days': days.rule,
      'window.extensions': extensions.rule,
      finalSale: finalSale.rule,
      hygiene: hygiene.rule,
      methods: methods.rule,
      'review.aboveAmount': aboveAmount.rule,
      'review.frequentReturns': count.rule,
      'refund.instruments': instruments.rule,
    },
  };
}

/**
 * Up to which worth the buyer keeps goods of these categories, in minor units: the least of theirs, as they are kept
 * together or not at all. Below zero where one has no threshold, as nothing is kept then.
 */
export function returnlessUpTo(policy: Policy, currency: Currency, categories: readonly string[]): number {
  const thresholds = categories.map((category) => rulesFor(policy, category).returnlessUpTo[currency] ?? -1);
  return thresholds.length === 0 ? -1 : Math.min(...thresholds);
}

/**
 * Puts the floor of the law under a policy as it applies to its sale. The period begins with the last of the goods
 * (Directive 2011/83/EU, Art. 9(2)(b)(i)).
 */
export function withFloor(
  policy: Policy,
  floor: LegalFloor | null | undefined,
  { lastDeliveredAt }: Pick<OrderFacts, 'lastDeliveredAt'>,
): SalePolicy {
  if (floor == null || lastDeliveredAt === undefined) return policy;
  const before = lastDeliveredAt === null ? null : withdrawalEnd(floor, lastDeliveredAt);
  return { ...policy, law: { ...floor, before } };
}

type Found<T> = { readonly value: T; readonly rule: string };

/** The first rule that sets it. A setting that is `false` or 0 is one too. */
function first<T>(rules: readonly PolicyRule[], read: (set: RuleSettings) => T | undefined, base: T): Found<T> {
  for (const { rule, set } of rules) {
    const value = read(set);
    if (value !== undefined) return { value, rule };
  }
  return { value: base, rule: baseRule };
}

/** A group of settings, each from the first rule that sets it. */
function inLayers<T extends object>(
  rules: readonly PolicyRule[],
  read: (set: RuleSettings) => Partial<T> | undefined,
  base: T,
): T {
  let layered = base;
  for (const { set } of rules.toReversed()) layered = { ...layered, ...read(set) };
  return layered;
}

/** Whether a sale meets all conditions but those of its goods' categories. */
export function isMet(when: RuleConditions, { channel, country, buyerGroup }: SaleConditions): boolean {
  return (
    (when.channels?.includes(channel) ?? true) &&
    (when.countries?.includes(country) ?? true) &&
    (when.buyerGroups?.includes(buyerGroup ?? '') ?? true)
  );
}

function isAbout(when: RuleConditions, category: string | null): boolean {
  if (when.channels !== undefined || when.countries !== undefined || when.buyerGroups !== undefined) return false;
  return when.categories === undefined || isNamed(when.categories, category);
}

const exceptionOf = ({ withdrawalExceptions = {} }: Policy, category: string | null): ExceptionGround | undefined =>
  category !== null && Object.hasOwn(withdrawalExceptions, category) ? withdrawalExceptions[category] : undefined;

const isNamed = (categories: readonly string[], category: string | null): boolean =>
  category !== null && categories.includes(category);

/** `byCategory` is from before there were rules, and still a short way to say the same. */
function daysFor({ days, byCategory }: Policy['window'], category: string | null): number {
  return (category !== null && Object.hasOwn(byCategory, category) ? byCategory[category] : undefined) ?? days;
}

function warrantyFor({ warranty }: Policy, category: string | null): WarrantyTerm | null {
  if (warranty === undefined) return null;
  const { months, byCategory, ...terms } = warranty;
  const own = category !== null && Object.hasOwn(byCategory, category) ? byCategory[category] : undefined;
  return { ...terms, months: own ?? months };
}
