import { type Instant, milliseconds } from './duration.ts';
import type { OrderFacts, OrderLineFacts } from './order.ts';
import type { Policy } from './policy.ts';
import { faultOf, type ReasonCode } from './reasons.ts';
import type { RequestedLine, ReturnRequest } from './return/commands.ts';
import type { LineVerdict } from './return/events.ts';
import { quoteReturn } from './settlement.ts';
import { countUnits } from './units.ts';

/** Why a line may or may not come back; each rule has one code. */
export type DecisionCode =
  | 'within_window'
  /** Too late or a final sale, but not the buyer's fault. */
  | 'exempt_by_fault'
  | 'not_delivered'
  | 'outside_window'
  | 'final_sale'
  | 'exceeds_returnable'
  | 'opened_hygiene'
  | 'hazardous'
  | 'serial_not_on_order'
  | 'not_on_order'
  | 'buyer_blocked'
  | 'buyer_too_frequent'
  | 'value_above_review'
  | 'under_recall'
  | 'method_not_offered'
  | 'instrument_not_offered';

/** What the decision on one line looks at. */
export type EligibilityContext = {
  readonly requested: RequestedLine;
  /** The order line; null where the order has none with that id. */
  readonly sold: OrderLineFacts | null;
  readonly order: OrderFacts;
  readonly request: ReturnRequest;
  readonly policy: Policy;
  /** When it was asked. */
  readonly at: Instant;
  /** What the whole return is worth (`valueOfReturn`), computed once for all its lines. */
  readonly value: number;
};

/** What most rules look at: a line that is on the order, whatever the others are worth. */
type Claim = Omit<EligibilityContext, 'value'> & { readonly sold: OrderLineFacts };
/** Goods that come back for a reason, in a state: claimed or found. `at` is when it was asked. */
type Wanted = {
  readonly sold: OrderLineFacts;
  readonly policy: Policy;
  readonly at: Instant;
  readonly reason: ReasonCode;
  readonly opened: boolean;
};
type Rule<Context = Claim> = (context: Context) => boolean;
type Rules<Context> = readonly (readonly [DecisionCode, Rule<Context>])[];

/**
 * Decides one line before any goods move. `ineligible` lists every code that bars it, `needs_review` every code that a
 * person must look at, `eligible` the one that explains why.
 */
export function decideLine(context: EligibilityContext): { verdict: LineVerdict; codes: DecisionCode[] } {
  const { sold } = context;
  if (sold === null) return { verdict: 'ineligible', codes: ['not_on_order'] };
  const claim = { ...context, sold };
  const barred = barredCodes(claim);
  if (barred.length > 0) return { verdict: 'ineligible', codes: barred };
  const review = codesOf(reviewing, claim);
  if (review.length > 0) return { verdict: 'needs_review', codes: review };
  return {
    verdict: 'eligible',
    codes: [isTooLate(claim) || isFinalSale(claim) ? 'exempt_by_fault' : 'within_window'],
  };
}

/**
 * What the whole return would be settled with, in minor units of the order's currency. Lines that are barred don't count:
 * they neither come back nor send the others to a person.
 */
export function valueOfReturn(context: Omit<EligibilityContext, 'requested' | 'sold' | 'value'>): number {
  const { order, request, policy } = context;
  const soldLines = new Map(order.lines.map((sold) => [sold.orderLine, sold]));
  const lines = request.lines.flatMap((requested) => {
    const sold = soldLines.get(requested.orderLine);
    if (sold === undefined || barredCodes({ ...context, requested, sold }).length > 0) return [];
    return [{ line: requested.line, sold, units: sold.held, reason: requested.reason }];
  });
  return quoteReturn(lines, policy, order.currency).total.amount;
}

/** What bars goods for why and how they come back: as claimed before they move, as found once they were inspected. */
export function barredCodesFor(wanted: Wanted): DecisionCode[] {
  return isOwnWish(wanted) ? codesOf(barringOwnWish, wanted) : [];
}

function barredCodes(claim: Claim): DecisionCode[] {
  const { reason, opened = false } = claim.requested;
  return [...barredCodesFor({ ...claim, reason, opened }), ...codesOf(barring, claim)];
}

/**
 * Nothing but the buyer's own wish is lost with time, with the sale's terms or by opening the goods. Rights of conformity
 * (Directive (EU) 2019/771, Art. 13) outlast the window, and a defect is found by opening: Art. 16(e) of Directive
 * 2011/83/EU takes only the withdrawal away. What is opened never becomes stock again all the same (see disposition.ts).
 */
const isOwnWish: Rule<Wanted> = ({ reason, sold }) => faultOf(reason) === 'buyer' && !sold.recalled;

const isNotDelivered: Rule = ({ sold }) => sold.deliveredAt === null || sold.fulfilled === 0;

const isTooLate: Rule<Omit<Wanted, 'reason' | 'opened'>> = ({ sold, policy, at }) =>
  sold.deliveredAt !== null && Date.parse(at) >= windowEnd(sold.deliveredAt, sold.category, policy.window);

const isFinalSale: Rule<Omit<Wanted, 'reason' | 'opened'>> = ({ sold, policy }) =>
  sold.finalSale || policy.finalSaleCategories.includes(sold.category);

const isOpenedHygiene: Rule<Wanted> = ({ opened, sold, policy }) =>
  opened && (sold.hygiene || policy.hygieneCategories.includes(sold.category));

const exceedsReturnable: Rule = ({ requested, sold }) => countUnits(sold.held) < requested.quantity;

/** Where the sale recorded no serials there is nothing to compare with. */
const hasForeignSerial: Rule = ({ requested, sold }) =>
  sold.serials.length > 0 && (requested.serials ?? []).some((serial) => !sold.serials.includes(serial));

const isTooFrequent: Rule = ({ order, policy }) => order.recentReturns + 1 > policy.review.frequentReturns.count;

const isAboveReview: Rule<Claim & { readonly value: number }> = ({ order, policy, value }) => {
  const threshold = policy.review.aboveAmount[order.currency];
  return threshold !== undefined && value > threshold;
};

const barringOwnWish: Rules<Wanted> = [
  ['outside_window', isTooLate],
  ['final_sale', isFinalSale],
  ['opened_hygiene', isOpenedHygiene],
];

const barring: Rules<Claim> = [
  ['not_delivered', isNotDelivered],
  ['exceeds_returnable', exceedsReturnable],
  ['serial_not_on_order', hasForeignSerial],
  ['method_not_offered', ({ request, policy }) => !policy.methods.includes(request.method)],
  ['instrument_not_offered', ({ request, policy }) => !policy.refund.instruments.includes(request.instrument)],
];

const reviewing: Rules<Claim & { readonly value: number }> = [
  ['hazardous', ({ sold }) => sold.hazardous],
  ['buyer_blocked', ({ order }) => order.buyerBlocked],
  ['buyer_too_frequent', isTooFrequent],
  ['value_above_review', isAboveReview],
  // A recall that only the buyer knows of is looked at too: the reason opens the window, so it isn't taken on trust.
  ['under_recall', ({ requested, sold }) => sold.recalled || requested.reason === 'recalled'],
];

function codesOf<Context>(rules: Rules<Context>, context: Context): DecisionCode[] {
  return rules.filter(([, applies]) => applies(context)).map(([code]) => code);
}

/**
 * The first moment after the window, in milliseconds of the epoch. The day of delivery doesn't count and the last day
 * counts to its end (Regulation (EEC, Euratom) No 1182/71, Art. 3). Days are those of UTC, as no zone is known here.
 */
function windowEnd(deliveredAt: Instant, category: string, window: Policy['window']): number {
  const delivered = Date.parse(deliveredAt);
  const days = (Object.hasOwn(window.byCategory, category) ? window.byCategory[category] : undefined) ?? window.days;
  const day = milliseconds('P1D');
  const regular = (Math.floor(delivered / day) + days + 1) * day;
  const extended = window.extensions
    .filter(({ from, to }) => Date.parse(from) <= delivered && delivered < Date.parse(to))
    .map(({ until }) => Date.parse(until));
  return Math.max(regular, ...extended);
}
