/** Where a parcel comes from or goes to. Read from the erasable table for one call; it enters no history. */
export type Address = {
  readonly name: string;
  readonly company?: string;
  readonly street1: string;
  readonly street2?: string;
  readonly city: string;
  readonly state?: string;
  readonly zip: string;
  /** ISO 3166, two letters. */
  readonly country: string;
  readonly phone?: string;
  readonly email?: string;
};

export interface Addresses {
  /** Where the goods of this return are; null when it was erased or never given. */
  ofReturn(rma: string): Promise<Address | null>;
  ofFacility(facility: string): Promise<Address | null>;
}
