/** A like new, B opened or light wear, C damaged but usable, D defective or unusable. */
export const grades = ['A', 'B', 'C', 'D'] as const;
export type Grade = (typeof grades)[number];

/** What an inspector looks at, and what there is to see. */
export const conditions = {
  packaging: ['sealed', 'opened', 'missing'],
  cosmetic: ['pristine', 'light_wear', 'damaged'],
  function: ['works', 'defective', 'untested'],
  completeness: ['complete', 'incomplete'],
  expiry: ['fresh', 'expired', 'not_applicable'],
  contamination: ['none', 'suspected', 'confirmed'],
} as const;

/** What an inspector saw: facts, not one label. The grade is computed from them. */
export type ConditionFacts = {
  readonly [Fact in keyof typeof conditions]: (typeof conditions)[Fact][number];
};

export const factNames = Object.keys(conditions) as readonly (keyof ConditionFacts)[];

/** Goods whose use is a function: once opened they aren't known to be usable until somebody has tried them. */
const testedCategories: readonly string[] = ['appliances', 'electronics', 'tools'];

/**
 * The grade that the facts give, worst first. Two inspectors who see the same facts so give the same grade.
 * A suspicion of contamination counts until a test has lifted it.
 */
export function gradeOf(category: string, facts: ConditionFacts): Grade {
  if (facts.function === 'defective' || facts.contamination !== 'none' || facts.expiry === 'expired') return 'D';
  if (facts.cosmetic === 'damaged' || facts.completeness === 'incomplete') return 'C';
  const isSealed = facts.packaging === 'sealed';
  if (!isSealed && facts.function === 'untested' && testedCategories.includes(category)) return 'C';
  return isSealed && facts.cosmetic === 'pristine' ? 'A' : 'B';
}
