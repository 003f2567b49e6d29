import type { RefusalOf } from '../process/refusal.ts';
import { after, type Instant, milliseconds } from '../time/duration.ts';
import type { Goods } from './response.ts';
import type { RecallStatus } from './state.ts';
import type { ConfirmWithin, HazardClass } from './terms.ts';

/**
 * What a facility of ours owes of the goods that a recall has stopped there: that somebody has found them and set them aside.
 * `asked`: it has time; `late`: its time is over and a person knows; `confirmed`: it has counted all of them; `ended`: the recall
 * was over before it had.
 */
export const confirmationStates = ['asked', 'late', 'confirmed', 'ended'] as const;
export type ConfirmationState = (typeof confirmationStates)[number];

/** What is written to a facility: that it is asked, and that it hasn't confirmed yet. */
export const confirmationLetters = ['ask', 'reminder'] as const;
export type ConfirmationLetter = (typeof confirmationLetters)[number];

/** When a facility that doesn't confirm is reminded, half-way, and when a person hears of it. */
export function confirmationTimes(
  within: ConfirmWithin,
  hazardClass: HazardClass | null,
  askedAt: Instant,
): { readonly remindAt: Instant; readonly dueAt: Instant } {
  const time = within[hazardClass ?? 'unclassified'];
  const half = new Date(Date.parse(askedAt) + milliseconds(time) / 2);
  return { remindAt: half.toISOString(), dueAt: after(askedAt, time) };
}

/** What a facility has found of some goods, in units, and the location that they were put at; null where none were found. */
export type Count = Goods & { readonly found: number; readonly location: string | null };

/** What is known of goods at a facility when it confirms. */
export type CountedFacts = Goods & {
  /** Units that the books have there for certain, and those that may be of the scope, as nobody knows their lot. */
  readonly onBooks: number;
  readonly possible: number;
  /** What the newest count that holds has found; null while there is none. */
  readonly found: number | null;
  readonly location: string | null;
  /** Whether a person has said that the count is right. */
  readonly accepted: boolean;
};

/** What a confirmation is decided on. */
export type CountStanding = {
  readonly status: RecallStatus;
  /** Whether all that is stopped has its place in the books of the recall; it hasn't for a moment after the stop sale. */
  readonly isTraced: boolean;
  readonly positions: readonly CountedFacts[];
  /** What is stopped, wherever it is; without a lot: all of the SKU. */
  readonly stopped: readonly Goods[];
};

/** Why a confirmation, or what a person says of one, is refused. */
export const confirmationRefusals = [
  'recall_not_launched',
  'recall_closed',
  'recall_completed',
  'being_traced',
  'position_twice',
  'not_stopped',
  'location_missing',
  'no_difference',
  'counted_since',
] as const;
export type ConfirmationRefusalCode = (typeof confirmationRefusals)[number];

/** With where it is in the request: `counts[0].lot`. */
export type ConfirmationRefusal = RefusalOf<ConfirmationRefusalCode> & { readonly field: string };

/** What happened at a facility in a recall; its journal's content. */
export type ConfirmationEvent =
  | {
      readonly type: 'counted';
      readonly recall: string;
      readonly facility: string;
      /** Of this facility, from 1. */
      readonly number: number;
      readonly counts: readonly Count[];
    }
  | ({
      /** A person says that the count is right and the books are not, or has it counted again; why, as a note's id. */
      readonly type: 'difference_accepted' | 'count_again';
      readonly recall: string;
      readonly facility: string;
      readonly found: number;
      readonly note: string;
    } & Goods);

export const differenceResolutions = ['accept', 'count_again'] as const;
export type DifferenceResolution = (typeof differenceResolutions)[number];

export type ConfirmationDecision =
  | { readonly type: 'accepted'; readonly counts: readonly Count[] }
  /** It says nothing that wasn't said before. */
  | { readonly type: 'unchanged' }
  | { readonly type: 'refused'; readonly refusals: readonly ConfirmationRefusal[] };

/**
 * Whether what a facility found can be taken down. A count replaces the one before it of the goods that it names, and leaves the others.
 * More than the books have is taken like anything else: what lies there is there. That nothing was found where the books have nothing
 * is no news.
 */
export function decideConfirmation(standing: CountStanding, said: readonly Count[]): ConfirmationDecision {
  const { status, isTraced, positions } = standing;
  if (status === 'drafted') return refused([{ code: 'recall_not_launched', field: 'recall' }]);
  const counts = said.filter((count) => count.found > 0 || factsOf(positions, count) !== null);
  const isSame = (count: Count) => {
    const facts = factsOf(positions, count);
    return facts?.found === count.found && facts.location === count.location;
  };
  // What was taken is answered the same for ever.
  if (counts.every(isSame)) return { type: 'unchanged' };
  if (status === 'closed') return refused([{ code: 'recall_closed', field: 'recall' }]);
  if (!isTraced) return refused([{ code: 'being_traced', field: 'recall' }]);
  const refusals = said.flatMap((count, index): readonly ConfirmationRefusal[] => {
    const field = `counts[${index}]`;
    if (said.findIndex((other) => areSame(other, count)) < index) return [{ code: 'position_twice', field }];
    if (!isStopped(standing, count))
      return [{ code: 'not_stopped', field: `${field}.${count.lot === null ? 'sku' : 'lot'}` }];
    return count.found > 0 && count.location === null ? [{ code: 'location_missing', field: `${field}.location` }] : [];
  });
  return refusals.length === 0 ? { type: 'accepted', counts } : refused(refusals);
}

/** Whether a person may settle that a count differs from the books: with the figure that was meant, as another may have come since. */
export function decideDifference(
  { status, positions }: CountStanding,
  { resolution, found, ...goods }: Goods & { readonly resolution: DifferenceResolution; readonly found: number },
): ConfirmationRefusal | null {
  if (status === 'closed') return { code: 'recall_closed', field: 'recall' };
  if (status === 'completed' && resolution === 'count_again') return { code: 'recall_completed', field: 'recall' };
  const facts = factsOf(positions, goods);
  if (facts === null || facts.found === null) return { code: 'no_difference', field: 'sku' };
  if (facts.found !== found) return { code: 'counted_since', field: 'found', params: { found: facts.found } };
  return differs(facts) ? null : { code: 'no_difference', field: 'sku' };
}

/** Whether a count says otherwise than the books, and no person has said which is right. Of goods without a lot only they can tell. */
const differs = ({ onBooks, possible, found, accepted }: Omit<CountedFacts, keyof Goods | 'location'>): boolean =>
  found !== null && !accepted && (found < onBooks || found > onBooks + possible);

const refused = (refusals: readonly ConfirmationRefusal[]): ConfirmationDecision => ({ type: 'refused', refusals });

const areSame = (one: Goods, other: Goods): boolean => one.sku === other.sku && one.lot === other.lot;

const factsOf = (positions: readonly CountedFacts[], goods: Goods): CountedFacts | null =>
  positions.find((position) => areSame(position, goods)) ?? null;

/** Goods that the books have there, or that are stopped anywhere. Of goods without a lot, the SKU says whether they may be. */
const isStopped = ({ positions, stopped }: CountStanding, goods: Goods): boolean =>
  factsOf(positions, goods) !== null ||
  stopped.some(({ sku, lot }) => sku === goods.sku && (lot === null || goods.lot === null || lot === goods.lot));
