import type { Instant } from '../time/duration.ts';
import { monthsAfter } from '../time/months.ts';

/** How long a policy lets store credit be spent; absent in one that says nothing: for ever. */
export type StoreCreditTerms = { readonly expiresAfterMonths: number };

/** For how long credit has to be good at least, by the law of the sale's country. */
type CreditFloor = {
  readonly countries: readonly string[];
  /** Where to read it. */
  readonly source: string;
  readonly months: number;
  /** Counted from the end of the year in which it was issued. */
  readonly fromYearEnd: boolean;
};

/** Data, as the laws of law.ts; none of it was checked by a lawyer. A country that isn't named has no floor that we know of. */
const creditFloors: readonly CreditFloor[] = [
  {
    countries: ['US'],
    source: '15 U.S.C. 1693l-1(c)(2)(B), 12 CFR 1005.20(e): five years; states may bar expiry altogether',
    months: 60,
    fromYearEnd: false,
  },
  {
    countries: ['IE'],
    source: 'Consumer Protection (Gift Vouchers) Act 2019: five years',
    months: 60,
    fromYearEnd: false,
  },
  { countries: ['DE'], source: 'BGB 195, 199(1): three years from the end of the year', months: 36, fromYearEnd: true },
];

/** The first moment at which credit that is issued now can't be spent any more; null where there is none. */
export function creditExpiry(terms: StoreCreditTerms | undefined, country: string | null, at: Instant): Instant | null {
  if (terms === undefined) return null;
  const floors = creditFloors.filter(({ countries }) => country !== null && countries.includes(country));
  const least = floors.map(({ months, fromYearEnd }) => monthsAfter(fromYearEnd ? yearEnd(at) : at, months));
  return new Date(Math.max(monthsAfter(at, terms.expiresAfterMonths), ...least)).toISOString();
}

const yearEnd = (at: Instant): Instant => `${at.slice(0, 4)}-12-31T00:00:00.000Z`;
