/** Grams of one material that came out of recycling; the material is a code: `copper`, `abs`. */
export type Material = { readonly material: string; readonly grams: number };

/**
 * What the organisation certifies, under its own number. Amounts are minor units of the disposal's currency, weights grams:
 * a receipt for what was donated; what went into recycling and what came out of it; that goods were destroyed, and how.
 */
export type Certificate = {
  readonly certificate: string;
  /** As the document says it: `2026-03-01`. */
  readonly issuedOn: string;
  /** What it charges us. */
  readonly charge: number;
} & (
  | { readonly kind: 'donation'; readonly value: number }
  | {
      readonly kind: 'recycling';
      readonly weightGrams: number;
      readonly materials: readonly Material[];
      readonly residueGrams: number;
      /** What it pays us for the materials. */
      readonly proceeds: number;
    }
  | { readonly kind: 'destruction'; readonly method: string; readonly weightGrams: number | null }
);

/** Who saw a destruction. `customs` where duty is claimed back: goods have to be destroyed under its eyes. */
export const witnessRoles = ['witness', 'customs'] as const;
export type WitnessRole = (typeof witnessRoles)[number];

/** A key, and where somebody from outside came, the number of their record; nobody's name. */
export type Witness = { readonly role: WitnessRole; readonly by: string; readonly reference: string | null };

/** What goes in must come out: the difference between a certificate's weight and the sum of its parts, in grams. */
export const massDifference = (certificate: Extract<Certificate, { kind: 'recycling' }>): number =>
  certificate.weightGrams - materialGrams(certificate) - certificate.residueGrams;

export const materialGrams = ({ materials }: Extract<Certificate, { kind: 'recycling' }>): number =>
  materials.reduce((sum, { grams }) => sum + grams, 0);

/** Whether two weights are further apart than a share of the first, in basis points. */
export const isApart = (one: number, other: number, basisPoints: number): boolean =>
  Math.abs(one - other) * 10_000 > one * basisPoints;

export const weightOf = (certificate: Certificate): number | null =>
  certificate.kind === 'donation' ? null : certificate.weightGrams;
export const proceedsOf = (certificate: Certificate): number =>
  certificate.kind === 'recycling' ? certificate.proceeds : 0;
