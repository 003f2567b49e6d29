import type { Policy } from './policy.ts';

/** One setting that differs; null where a side doesn't have it. Lists are one setting each: their order counts. */
export type PolicyChange = { readonly field: string; readonly before: unknown; readonly after: unknown };

/**
 * What differs between two policies, by path into the document (`fees.returnShipping.EUR`), in the order of the older
 * one's fields; the version number itself is left out. Named rules are compared by their names
 * (`rules.furniture.set.methods`); where those that both have come in another order, `ruleOrder` says so.
 */
export function policyChanges(before: Policy, after: Policy): readonly PolicyChange[] {
  return changesAt('', byName(before, after), byName(after, before)).filter(({ field }) => field !== 'version');
}

function byName({ rules = [], ...policy }: Policy, other: Policy) {
  const named = rules.map(({ rule, when, set }) => [rule, { when, set }] as const);
  const inBoth = rules.filter(({ rule }) => other.rules?.some((each) => each.rule === rule));
  return { ...policy, rules: Object.fromEntries(named), ruleOrder: inBoth.map(({ rule }) => rule) };
}

function changesAt(field: string, before: unknown, after: unknown): PolicyChange[] {
  if (!isRules(before) || !isRules(after)) {
    return same(before, after) ? [] : [{ field, before: before ?? null, after: after ?? null }];
  }
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) => changesAt(field === '' ? name : `${field}.${name}`, before[name], after[name]));
}

const isRules = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function same(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((each, index) => same(each, other[index]));
  }
  if (isRules(one) && isRules(other)) return changesAt('', one, other).length === 0;
  return one === other;
}
