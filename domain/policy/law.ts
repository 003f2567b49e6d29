import type { Instant } from '../time/duration.ts';
import type { Program } from './policy.ts';

/**
 * What the law of the sale's country gives the buyer, whatever a policy says: a floor. The laws are data; what is read of
 * them here was not checked by a lawyer.
 */
export type LegalFloor = {
  readonly floor: FloorCode;
  /** Days in which the buyer may withdraw from the sale without a reason, from the day after the last delivery. */
  readonly withdrawalDays: number;
  /** A period that would end on a Saturday or Sunday goes on to the end of the next working day. */
  readonly endsOnWorkingDay: boolean;
  /** What the sale may be an exception for, by the kind of goods: at all, or once a seal is broken. */
  readonly exceptions: Readonly<Partial<Record<ExceptionGround, 'always' | 'once_opened'>>>;
};

export type FloorCode = 'eu-withdrawal';

/** Kinds of goods that a right to withdraw may leave out. A policy says which of its categories they are. */
export const exceptionGrounds = [
  'made_to_order',
  'perishable',
  'sealed_hygiene',
  'mixed_inseparably',
  'sealed_media',
  'press',
] as const;
export type ExceptionGround = (typeof exceptionGrounds)[number];

/** A floor with the sales that it is for. */
export type Law = LegalFloor & {
  /** Where to read it. */
  readonly source: string;
  readonly programs: readonly Program[];
  readonly countries: readonly string[];
  /** Channels where buyer and seller met. All others count as distance selling: a name that nobody knows costs no right. */
  readonly channelsInPerson: readonly string[];
  /** Sales placed from then on, and before then; null while it is in force. */
  readonly from: Instant;
  readonly until: Instant | null;
};

/** The member states of the European Union, and of the European Economic Area, into whose law the directive was taken. */
const europeanEconomicArea = [
  ...['AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU', 'IE', 'IT', 'LT', 'LU'],
  ...['LV', 'MT', 'NL', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK'],
  ...['IS', 'LI', 'NO'],
];

export const laws: readonly Law[] = [
  {
    floor: 'eu-withdrawal',
    source:
      'Directive 2011/83/EU, Art. 9 (14 days), 13 (same means of payment), 14 (diminished value alone), 16 (exceptions), 28 (from 13 June 2014); Regulation (EEC, Euratom) No 1182/71, Art. 3 (days)',
    withdrawalDays: 14,
    endsOnWorkingDay: true,
    exceptions: {
      made_to_order: 'always',
      perishable: 'always',
      sealed_hygiene: 'once_opened',
      mixed_inseparably: 'always',
      sealed_media: 'once_opened',
      press: 'always',
    },
    programs: ['customer'],
    countries: europeanEconomicArea,
    channelsInPerson: ['store', 'pos', 'counter'],
    from: '2014-06-13T00:00:00.000Z',
    until: null,
  },
];

/** What a floor is looked up by. */
export type Sold = {
  readonly program: Program;
  readonly channel: string;
  readonly country: string;
  readonly placedAt: Instant;
};

/** The floor under a sale; null where no law that we know of gives one. */
export function floorUnder({ program, channel, country, placedAt }: Sold): LegalFloor | null {
  const law = laws.find(
    ({ programs, countries, channelsInPerson, from, until }) =>
      programs.includes(program) &&
      countries.includes(country) &&
      !channelsInPerson.includes(channel) &&
      from <= placedAt &&
      (until === null || placedAt < until),
  );
  if (law === undefined) return null;
  const { floor, withdrawalDays, endsOnWorkingDay, exceptions } = law;
  return { floor, withdrawalDays, endsOnWorkingDay, exceptions };
}

const DAY = 86_400_000;
/** The day that the epoch began with, a Thursday, as Sunday counts 0. */
const THURSDAY = 4;

/**
 * The first moment, in milliseconds of the epoch, at which the buyer can no longer withdraw. The day of delivery doesn't
 * count and the last day counts to its end. Days are those of UTC; public holidays, which differ by country, aren't known.
 */
export function withdrawalEnd({ withdrawalDays, endsOnWorkingDay }: LegalFloor, deliveredAt: Instant): number {
  let last = Math.floor(Date.parse(deliveredAt) / DAY) + withdrawalDays;
  const weekday = () => (last + THURSDAY) % 7;
  while (endsOnWorkingDay && (weekday() === 6 || weekday() === 0)) last += 1;
  return (last + 1) * DAY;
}

/** Goods of a kind that the floor leaves out, in the state that they are in. */
export function isException(floor: LegalFloor, ground: ExceptionGround | null, opened: boolean): boolean {
  const exception = ground === null ? undefined : floor.exceptions[ground];
  return exception === 'always' || (exception === 'once_opened' && opened);
}
