/** A like new, B opened or light wear, C damaged but usable, D defective or unusable. */
export type Grade = 'A' | 'B' | 'C' | 'D';

/** What an inspector saw: facts, not one label. The grade is computed from them. */
export type ConditionFacts = {
  readonly packaging: 'sealed' | 'opened' | 'missing';
  readonly cosmetic: 'pristine' | 'light_wear' | 'damaged';
  readonly function: 'works' | 'defective' | 'untested';
  readonly completeness: 'complete' | 'incomplete';
  readonly expiry: 'fresh' | 'expired' | 'not_applicable';
  readonly contamination: 'none' | 'suspected' | 'confirmed';
};

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
