/** What rides on a trip: goods going out, and what is collected on the way. */
export const loadKinds = ['forward', 'return', 'transfer', 'packaging', 'recall'] as const;
export type LoadKind = (typeof loadKinds)[number];

/** What a load is, as far as it matters beside what it rides. Of a mixed load it is the one that bars most. */
export const goodsClasses = [
  'sellable',
  'food',
  'returned',
  'packaging',
  'contaminated',
  'recalled',
  'hazardous',
] as const;
export type GoodsClass = (typeof goodsClasses)[number];

/** What comes on at one stop and goes off at a later one. */
export type Load = {
  readonly load: string;
  readonly kind: LoadKind;
  /** Whose it is: an order, an RMA, a transfer's number. */
  readonly reference: string;
  /** The stops where it comes on and goes off. */
  readonly on: string;
  readonly off: string;
  readonly volumeLitres: number;
  readonly weightGrams: number;
  readonly units: number;
  readonly goods: GoodsClass;
};

const unclean: readonly GoodsClass[] = ['contaminated', 'recalled', 'hazardous'];
const clean: readonly GoodsClass[] = ['sellable', 'food'];

/** Contaminated, recalled or hazardous goods never ride with food, nor with what is to be sold. */
export const ridesWith = (one: GoodsClass, other: GoodsClass): boolean =>
  !(unclean.includes(one) && clean.includes(other)) && !(clean.includes(one) && unclean.includes(other));
