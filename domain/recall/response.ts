import type { RefusalOf } from '../process/refusal.ts';
import type { ConsigneeKind } from './lots.ts';
import type { RecallStatus } from './state.ts';
import { type Depth, reachedBy } from './terms.ts';

/** How a response reached us: by the link of a notice, over the API, or in a file of many. */
export const responseChannels = ['link', 'api', 'csv'] as const;
export type ResponseChannel = (typeof responseChannels)[number];

/** What can have become of goods, as their consignee says; in units. */
export const outcomes = ['held', 'returned', 'destroyed', 'corrected', 'consumed', 'soldOn'] as const;
export type Outcome = (typeof outcomes)[number];

/** Goods of one SKU and lot; null where the lot isn't known. */
export type Goods = { readonly sku: string; readonly lot: string | null };

/** What a consignee says of one position, all of it: units that no figure names are unaccounted for. */
export type Said = Goods &
  Readonly<Record<Outcome, number>> & {
    /** Of what was sold on: who has it now, by the ids of consignees. */
    readonly passedOn: readonly { readonly consignee: string; readonly quantity: number }[];
    /** The document that shows that goods were destroyed, by its number. */
    readonly proof: string | null;
  };

/** An answer as it is given: who isn't told whom goods were passed on to leaves that as it was. */
export type Answer = Omit<Said, 'passedOn'> & { readonly passedOn: Said['passedOn'] | null };

/** What is known of a position when its consignee answers. */
export type PositionFacts = Goods & {
  /** What the consignee can have had of it at most: affected for certain, possibly, and taken over from others. */
  readonly most: number;
  readonly cameBack: number;
  /** What the newest response that counts says of it; null where none does. */
  readonly said: Said | null;
  /** Consignees that the goods came from, through any number of hands. */
  readonly from: readonly string[];
  /** To whom it was passed on, and how many units of that each has answered for already. */
  readonly passedOn: readonly { readonly consignee: string; readonly quantity: number; readonly answered: number }[];
};

/** What a response is decided on. */
export type Standing = {
  readonly status: RecallStatus;
  readonly depth: Depth;
  readonly consignee: string;
  readonly positions: readonly PositionFacts[];
  /** The kinds of consignees that it names, as far as they are known. */
  readonly kinds: Readonly<Record<string, ConsigneeKind>>;
};

/** Why a response is refused; each says which figure contradicts what. */
export type ResponseRefusalCode =
  | 'recall_not_launched'
  | 'recall_closed'
  | 'nothing_said'
  | 'position_twice'
  | 'not_shipped'
  | 'quantity_negative'
  | 'more_than_shipped'
  | 'less_than_came_back'
  | 'more_passed_on_than_sold'
  | 'sub_consignee_itself'
  | 'sub_consignee_twice'
  | 'sub_consignee_unknown'
  | 'sub_consignee_too_deep'
  | 'sub_consignee_too_far'
  | 'sub_consignees_too_many'
  | 'goods_came_from_there'
  | 'answered_for_already';

/** With where it is in the response: `positions[0].held`. */
export type ResponseRefusal = RefusalOf<ResponseRefusalCode> & { readonly field: string };

/** What happened to a consignee in a recall; its journal's content. */
export type ResponseEvent = {
  readonly type: 'responded';
  readonly recall: string;
  readonly consignee: string;
  /** Of this consignee, from 1. */
  readonly number: number;
  readonly channel: ResponseChannel;
  readonly positions: readonly Said[];
};

export type ResponseDecision =
  | { readonly type: 'accepted' }
  /** It says nothing that wasn't said before. */
  | { readonly type: 'unchanged' }
  | { readonly type: 'refused'; readonly refusals: readonly ResponseRefusal[] };

/**
 * Whether what a consignee says of its goods can be so. A response replaces what was said before of the positions that it names, and
 * leaves the others. All that contradicts is named at once, as who fills in a form wants to hear it.
 */
export function decideResponse(standing: Standing, positions: readonly Said[]): ResponseDecision {
  const { status } = standing;
  if (status === 'drafted') return refused([{ code: 'recall_not_launched', field: 'recall' }]);
  if (positions.length === 0) return refused([{ code: 'nothing_said', field: 'positions' }]);
  // What was taken is answered the same for ever.
  if (positions.every((said) => isSame(factsOf(standing, said)?.said ?? null, said))) return { type: 'unchanged' };
  if (status === 'closed') return refused([{ code: 'recall_closed', field: 'recall' }]);
  const refusals = positions.flatMap((said, index) => {
    const field = `positions[${index}]`;
    const facts = factsOf(standing, said);
    if (positions.findIndex((other) => areSame(other, said)) < index)
      return [{ code: 'position_twice', field } as const];
    if (facts === null)
      return [{ code: 'not_shipped', field: `${field}.${said.lot === null ? 'sku' : 'lot'}` } as const];
    return [...wrongFigures(facts, said, field), ...wrongNames(standing, facts, said, field)];
  });
  return refusals.length === 0 ? { type: 'accepted' } : refused(refusals);
}

/** An answer with all that it stands for. */
export function saidBy(standing: Standing, answer: Answer): Said {
  const before = factsOf(standing, answer)?.passedOn ?? [];
  const passedOn = answer.passedOn ?? before.map(({ consignee, quantity }) => ({ consignee, quantity }));
  return { ...answer, passedOn };
}

const refused = (refusals: readonly ResponseRefusal[]): ResponseDecision => ({ type: 'refused', refusals });

const areSame = (one: Goods, other: Goods): boolean => one.sku === other.sku && one.lot === other.lot;

const factsOf = ({ positions }: Standing, goods: Goods): PositionFacts | null =>
  positions.find((position) => areSame(position, goods)) ?? null;

/** Units of which somebody says what became of them. */
const unitsOf = (said: Said): number => outcomes.reduce((sum, outcome) => sum + said[outcome], 0);

function wrongFigures({ most, cameBack }: PositionFacts, said: Said, field: string): readonly ResponseRefusal[] {
  const negative = outcomes.find((outcome) => !Number.isSafeInteger(said[outcome]) || said[outcome] < 0);
  if (negative !== undefined) return [{ code: 'quantity_negative', field: `${field}.${negative}` }];
  const units = unitsOf(said);
  if (units > most)
    return [{ code: 'more_than_shipped', field: largestOf(said, field), params: { said: units, most } }];
  const { returned } = said;
  if (returned < cameBack)
    return [{ code: 'less_than_came_back', field: `${field}.returned`, params: { returned, cameBack } }];
  return [];
}

/** The figure that is looked at first where all of them are too much together. */
const largestOf = (said: Said, field: string): string =>
  `${field}.${outcomes.reduce((largest, outcome) => (said[outcome] > said[largest] ? outcome : largest))}`;

function wrongNames(
  { consignee, depth, kinds }: Standing,
  { from, passedOn: before }: PositionFacts,
  { passedOn, soldOn }: Said,
  field: string,
): readonly ResponseRefusal[] {
  const named = passedOn.flatMap((sub, index): readonly ResponseRefusal[] => {
    const at = `${field}.passedOn[${index}]`;
    if (!Number.isSafeInteger(sub.quantity) || sub.quantity < 1)
      return [{ code: 'quantity_negative', field: `${at}.quantity` }];
    if (sub.consignee === consignee) return [{ code: 'sub_consignee_itself', field: `${at}.consignee` }];
    const isTwice = passedOn.findIndex((other) => other.consignee === sub.consignee) < index;
    if (isTwice) return [{ code: 'sub_consignee_twice', field: `${at}.consignee` }];
    const kind = Object.hasOwn(kinds, sub.consignee) ? kinds[sub.consignee] : undefined;
    if (kind === undefined) return [{ code: 'sub_consignee_unknown', field: `${at}.consignee` }];
    if (from.includes(sub.consignee)) return [{ code: 'goods_came_from_there', field: `${at}.consignee` }];
    if (!reachedBy[depth].includes(kind))
      return [{ code: 'sub_consignee_too_deep', field: `${at}.consignee`, params: { depth, kind } }];
    return [];
  });
  if (named.length > 0) return named;
  const sum = passedOn.reduce((units, { quantity }) => units + quantity, 0);
  if (sum > soldOn)
    return [{ code: 'more_passed_on_than_sold', field: `${field}.passedOn`, params: { passedOn: sum, soldOn } }];
  return before.flatMap(({ consignee: sub, answered }): readonly ResponseRefusal[] => {
    const now = passedOn.find((one) => one.consignee === sub)?.quantity ?? 0;
    return now >= answered
      ? []
      : [{ code: 'answered_for_already', field: `${field}.passedOn`, params: { consignee: sub, answered } }];
  });
}

/** Whether a response says again what counts already. */
function isSame(before: Said | null, said: Said): boolean {
  if (before === null) return false;
  const names = (one: Said) => one.passedOn.map(({ consignee, quantity }) => `${quantity} ${consignee}`).toSorted();
  return (
    outcomes.every((outcome) => before[outcome] === said[outcome]) &&
    before.proof === said.proof &&
    JSON.stringify(names(before)) === JSON.stringify(names(said))
  );
}
