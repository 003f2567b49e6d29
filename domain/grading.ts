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
