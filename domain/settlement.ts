/**
 * What one line gets in a settlement, in minor units. amount = price - discount + tax - restockingFee - diminishedValue,
 * never below 0.
 */
export type SettledLine = {
  readonly line: string;
  readonly quantity: number;
  readonly price: number;
  readonly discount: number;
  readonly tax: number;
  readonly restockingFee: number;
  readonly diminishedValue: number;
  readonly amount: number;
};
