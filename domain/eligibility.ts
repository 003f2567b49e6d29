import type { Instant } from './duration.ts';
import { leavesWholeKits } from './kit.ts';
import { type FloorCode, isException } from './law.ts';
import type { OrderFacts, OrderKind, OrderLineFacts } from './order.ts';
import { givesGoods, type Program } from './policy.ts';
import { faultOf, type ReasonCode, undeliveredReasons } from './reasons.ts';
import type { RequestedLine, ReturnRequest } from './return/commands.ts';
import type { LineVerdict } from './return/events/lines.ts';
import { type LineRules, type RuledField, rulesFor, type SaleFloor, type SalePolicy } from './rules-for.ts';
import { quoteReturn } from './settlement.ts';
import { countUnits } from './units.ts';
import { defectReasons, warrantyEnd } from './warranty.ts';
import { windowOf } from './window.ts';

/** Why a line may or may not come back; each rule has one code. */
export type DecisionCode =
  | 'within_window'
  /** Too late or a final sale, but not the buyer's fault. */
  | 'exempt_by_fault'
  /** Too late or a final sale by the policy, but within the buyer's legal right to withdraw. */
  | 'exempt_by_law'
  /** Under the warranty, and for what it stands for. */
  | 'within_warranty'
  | 'outside_warranty'
  /** The buyer's own wish, or another's fault, is nothing that a warranty stands for. */
  | 'not_a_defect'
  /** It does what was said to be defective. */
  | 'no_fault_found'
  | 'not_delivered'
  | 'outside_window'
  | 'final_sale'
  | 'exceeds_returnable'
  /** A part of a kit that comes back whole or not at all. */
  | 'kit_incomplete'
  | 'opened_hygiene'
  | 'hazardous'
  | 'serial_not_on_order'
  | 'not_on_order'
  | 'buyer_blocked'
  | 'buyer_too_frequent'
  | 'value_above_review'
  | 'under_recall'
  /** Nobody can say of which order the goods are. */
  | 'no_proof_of_purchase'
  /** Somebody has to look at who was given these, and by whom. */
  | 'gift_to_check'
  | 'method_not_offered'
  | 'instrument_not_offered'
  /** Goods of an agreement come back as `unsold`, those of an offer as `trade_in`, assets as `asset_recovery`, and those of a sale under the others. */
  | 'program_not_offered'
  | 'outside_agreement'
  | 'outside_offer'
  /** Only what was never delivered comes back for such a reason. */
  | 'reason_not_offered';

/** What the decision on one line looks at. */
export type EligibilityContext = {
  readonly requested: RequestedLine;
  /** The order line; null where the order has none with that id. */
  readonly sold: OrderLineFacts | null;
  readonly order: OrderFacts;
  readonly request: ReturnRequest;
  /** As it applies to the sale (`policyForSale`, `withFloor`). */
  readonly policy: SalePolicy;
  /** When it was asked. */
  readonly at: Instant;
  /** What the whole return is worth (`valueOfReturn`), computed once for all its lines. */
  readonly value: number;
};

/** What most rules look at: a line that is on the order, whatever the others are worth. */
type Claim = Omit<EligibilityContext, 'value'> & {
  readonly sold: OrderLineFacts;
  readonly rules: LineRules;
  readonly law: SaleFloor | undefined;
};
/** Goods that come back for a reason, in a state: claimed or found. `at` is when it was asked. */
type Wanted = {
  readonly sold: OrderLineFacts;
  readonly rules: LineRules;
  readonly law: SaleFloor | undefined;
  readonly at: Instant;
  readonly reason: ReasonCode;
  readonly opened: boolean;
  /** Those that are claimed or came; empty where nobody said. */
  readonly serials: readonly string[];
  /** Somebody has seen that it does what it is for. */
  readonly works: boolean;
};
type Rule<Context = Claim> = (context: Context) => boolean;
type Rules<Context> = readonly (readonly [DecisionCode, Rule<Context>])[];

/** The rule of the policy that made each code: its name, or `base`. Codes that no policy has a say in are not there. */
export type RulesByCode = Readonly<Partial<Record<DecisionCode, string>>>;

export type LineDecision = {
  readonly verdict: LineVerdict;
  readonly codes: readonly DecisionCode[];
  readonly rules: RulesByCode;
  /** The law that lets the buyer withdraw from the sale of these goods, whatever the reason; null where none does. */
  readonly floor: FloorCode | null;
};

/**
 * Decides one line before any goods move. `ineligible` lists every code that bars it, `needs_review` every code that a
 * person must look at, `eligible` the one that explains why.
 */
export function decideLine(context: EligibilityContext): LineDecision {
  const { sold, policy } = context;
  if (sold === null) return { verdict: 'ineligible', codes: ['not_on_order'], rules: {}, floor: null };
  const claim = { ...context, sold, rules: rulesFor(policy, sold.category), law: policy.law };
  const floor = floorOver(claimed(claim));
  const decided = (verdict: LineVerdict, codes: DecisionCode[]): LineDecision => ({
    verdict,
    codes,
    rules: Object.fromEntries(codes.flatMap((code) => ruleBehind(code, claim))),
    floor,
  });
  const barred = barredCodes(claim);
  if (barred.length > 0) return decided('ineligible', barred);
  const review = codesOf(reviewing, claim);
  if (review.length > 0) return decided('needs_review', review);
  if (claim.rules.warranty !== undefined) return decided('eligible', ['within_warranty']);
  if (!isTooLate(claim) && !isFinalSale(claim)) return decided('eligible', ['within_window']);
  return decided('eligible', [isOwnWish(claimed(claim)) ? 'exempt_by_law' : 'exempt_by_fault']);
}

/** What a line claims of its goods. */
function claimed(claim: Claim): Wanted {
  const { reason, opened = false, serials = [] } = claim.requested;
  return { ...claim, reason, opened, serials, works: false };
}

const fieldBehind: Readonly<Partial<Record<DecisionCode, RuledField>>> = {
  final_sale: 'finalSale',
  opened_hygiene: 'hygiene',
  buyer_too_frequent: 'review.frequentReturns',
  value_above_review: 'review.aboveAmount',
  method_not_offered: 'methods',
  instrument_not_offered: 'refund.instruments',
};

/** What the sale itself says of its goods is no rule of a policy. */
function ruleBehind(code: DecisionCode, { sold, rules }: Claim): [DecisionCode, string][] {
  const { madeBy } = rules;
  if (code === 'within_window' || code === 'outside_window') {
    const extended = sold.deliveredAt !== null && windowOf(sold.deliveredAt, rules.window).isExtended;
    return [[code, madeBy[extended ? 'window.extensions' : 'window.days']]];
  }
  const bySale = (code === 'final_sale' && sold.finalSale) || (code === 'opened_hygiene' && sold.hygiene);
  const field = bySale ? undefined : fieldBehind[code];
  return field === undefined ? [] : [[code, madeBy[field]]];
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
    if (sold === undefined) return [];
    const claim = { ...context, requested, sold, rules: rulesFor(policy, sold.category), law: policy.law };
    if (barredCodes(claim).length > 0) return [];
    const floor = floorOver(claimed(claim));
    return [{ line: requested.line, sold, units: sold.held, reason: requested.reason, floor }];
  });
  return quoteReturn(lines, policy, order.currency, request.method, order).total.amount;
}

/** What bars goods for why and how they come back: as claimed before they move, as found once they were inspected. */
export function barredCodesFor({
  policy,
  ...wanted
}: Omit<Wanted, 'rules' | 'law'> & { readonly policy: SalePolicy }): DecisionCode[] {
  return barredByWish({ ...wanted, rules: rulesFor(policy, wanted.sold.category), law: policy.law });
}

function barredCodes(claim: Claim): DecisionCode[] {
  const codes = barredByItself(claim);
  return codes.length === 0 && leavesKitIncomplete(claim) ? ['kit_incomplete'] : codes;
}

/** What bars a line whatever comes with it. */
const barredByItself = (claim: Claim): DecisionCode[] => [...barredByWish(claimed(claim)), ...codesOf(barring, claim)];

/** Of a kit that comes back whole or not at all only a part would come: what bars one of its components so bars all. */
function leavesKitIncomplete(claim: Claim): boolean {
  const { order, request, policy, sold } = claim;
  const { kit } = sold;
  if (kit === undefined || policy.kits !== 'whole_only' || !isOwnWish(claimed(claim))) return false;
  const coming = request.lines.flatMap((requested): [string, number][] => {
    const other = order.lines.find(({ orderLine }) => orderLine === requested.orderLine);
    if (other?.kit?.kit !== kit.kit) return [];
    const rules = rulesFor(policy, other.category);
    const barred = barredByItself({ ...claim, requested, sold: other, rules }).length > 0;
    return barred ? [] : [[other.orderLine, requested.quantity]];
  });
  return !leavesWholeKits(kit, new Map(coming));
}

/** Within a legal right to withdraw neither the policy's time nor its terms of sale take anything away. */
function barredByWish(wanted: Wanted): DecisionCode[] {
  if (wanted.rules.warranty !== undefined) return codesOf(barringWarranty, wanted);
  if (!isOwnWish(wanted)) return [];
  const codes = codesOf(barringOwnWish, wanted);
  return floorOver(wanted) === null ? codes : codes.filter((code) => code === 'opened_hygiene');
}

/** The law that covers goods in this state when they were asked for; null where it leaves them out or its time is over. */
function floorOver({ sold, rules, law, at, opened }: Omit<Wanted, 'reason'>): FloorCode | null {
  if (law === undefined || (law.before !== null && Date.parse(at) >= law.before)) return null;
  const ground = rules.exception ?? (sold.hygiene ? 'sealed_hygiene' : null);
  return isException(law, ground, opened) ? null : law.floor;
}

/**
 * Nothing but the buyer's own wish is lost with time, with the sale's terms or by opening the goods; goods that never
 * reached the buyer weren't sent back by one. Rights of conformity
 * (Directive (EU) 2019/771, Art. 13) outlast the window, and a defect is found by opening: Art. 16(e) of Directive
 * 2011/83/EU takes only the withdrawal away. What is opened never becomes stock again all the same (see disposition.ts).
 */
export const isOwnWish = ({ reason, sold }: Pick<Wanted, 'reason' | 'sold'>): boolean =>
  faultOf(reason) === 'buyer' && !undeliveredReasons.includes(reason) && !sold.recalled;

const isNotDelivered: Rule = ({ sold, order, request }) =>
  kindOf(order) === 'sale' &&
  ((sold.deliveredAt === null && request.program !== 'undeliverable') || sold.fulfilled === 0);

/** The terms of a sale aren't escaped by saying that goods which the buyer has were never delivered. */
const isForUndelivered: Rule = ({ requested, request }) =>
  request.program !== 'undeliverable' && undeliveredReasons.includes(requested.reason);

/** What an agreement or an offer names may come back, whenever and by whomever it was bought. */
const kindOf = ({ kind = 'sale' }: OrderFacts): OrderKind => kind;

/** What goods of a program come back against. */
export const kindOfProgram: Readonly<Record<Program, OrderKind>> = {
  customer: 'sale',
  business: 'sale',
  undeliverable: 'sale',
  warranty: 'sale',
  unsold: 'agreement',
  trade_in: 'offer',
  end_of_life: 'take_back',
  asset_recovery: 'assets',
};

/** Goods without a receipt are taken for a shopper's. */
const isOtherProgram: Rule = ({ request, order }) => {
  if (request.gift === true && !programsOfGifts.includes(request.program)) return true;
  return kindOf(order) === 'without_receipt'
    ? request.program !== 'customer'
    : kindOfProgram[request.program] !== kindOf(order);
};

/** Who was given goods brings them back like a shopper, or claims under their warranty. */
const programsOfGifts: readonly Program[] = ['customer', 'warranty'];

const isOutsideAgreement: Rule = ({ order, at }) => {
  const { validFrom = null, validUntil = null } = order;
  return (
    kindOf(order) === 'agreement' && (validFrom === null || validUntil === null || at < validFrom || at >= validUntil)
  );
};

/** An offer stands from the moment that it is known. */
const isOutsideOffer: Rule = ({ order, at }) => {
  const { validUntil = null } = order;
  return kindOf(order) === 'offer' && (validUntil === null || at >= validUntil);
};

const isTooLate: Rule<Pick<Wanted, 'sold' | 'rules' | 'at'>> = ({ sold, rules, at }) =>
  sold.deliveredAt !== null && Date.parse(at) >= windowOf(sold.deliveredAt, rules.window).end;

/** All that are named have to be covered. What is recalled may come back whenever that is found. */
function isOutsideWarranty({ sold, rules, serials, at }: Wanted): boolean {
  const ends = (serials.length === 0 ? [null] : serials).map((serial) => warrantyEnd(sold, rules, serial));
  return !sold.recalled && ends.some((end) => end !== null && Date.parse(at) >= end);
}

const isFinalSale: Rule<Pick<Wanted, 'sold' | 'rules' | 'at'>> = ({ sold, rules }) => sold.finalSale || rules.finalSale;

const isOpenedHygiene: Rule<Wanted> = ({ opened, sold, rules }) => opened && (sold.hygiene || rules.hygiene);

const exceedsReturnable: Rule = ({ requested, sold }) => countUnits(sold.held) < requested.quantity;

/** Where the sale recorded no serials there is nothing to compare with. */
const hasForeignSerial: Rule = ({ requested, sold }) =>
  sold.serials.length > 0 && (requested.serials ?? []).some((serial) => !sold.serials.includes(serial));

const isTooFrequent: Rule = ({ order, rules, request }) =>
  request.gift !== true && order.recentReturns + 1 > rules.review.frequentReturns.count;

const isAboveReview: Rule<Claim & { readonly value: number }> = ({ order, rules, value }) => {
  const threshold = rules.review.aboveAmount[order.currency];
  return threshold !== undefined && value > threshold;
};

/** Who withdraws by law gets the money back the way it came (Directive 2011/83/EU, Art. 13(1)). */
const isNotOffered: Rule = (claim) => {
  const { request, rules, sold } = claim;
  // What was paid for them, and how, nobody knows.
  if (sold.withoutReceipt === true && request.instrument !== 'store_credit') return true;
  // What the giver paid goes to nobody else, and back to the giver only where the giver asks.
  if (request.gift === true && (request.instrument === 'original' || request.instrument === 'credit_memo')) return true;
  const byLaw = request.instrument === 'original' && floorOver(claimed(claim)) !== null;
  // To be mended, or the same again, is for goods that aren't as they should be (Directive (EU) 2019/771, Art. 13(2)).
  const isMadeGood = request.instrument === 'replacement' || request.instrument === 'repair';
  if (isMadeGood && isOwnWish(claimed(claim))) return true;
  // What couldn't be delivered may be sent again without being exchanged for itself.
  if (givesGoods(request.instrument) && request.program === 'undeliverable') return true;
  return !byLaw && !rules.refund.instruments.includes(request.instrument);
};

const barringOwnWish: Rules<Wanted> = [
  ['outside_window', isTooLate],
  ['final_sale', isFinalSale],
  ['opened_hygiene', isOpenedHygiene],
];

/** A warranty stands for the goods themselves, whatever the terms of return of their sale say. */
const barringWarranty: Rules<Wanted> = [
  ['not_a_defect', ({ reason, sold }) => !sold.recalled && !defectReasons.includes(reason)],
  ['no_fault_found', ({ reason, sold, works }) => !sold.recalled && works && reason === 'defective'],
  ['outside_warranty', isOutsideWarranty],
];

const barring: Rules<Claim> = [
  ['program_not_offered', isOtherProgram],
  ['reason_not_offered', isForUndelivered],
  ['outside_agreement', isOutsideAgreement],
  ['outside_offer', isOutsideOffer],
  ['not_delivered', isNotDelivered],
  ['exceeds_returnable', exceedsReturnable],
  ['serial_not_on_order', hasForeignSerial],
  [
    'method_not_offered',
    ({ request: { method, along }, rules }) =>
      method === 'along' ? along === undefined : !rules.methods.includes(method),
  ],
  ['instrument_not_offered', isNotOffered],
];

const reviewing: Rules<Claim & { readonly value: number }> = [
  ['hazardous', ({ sold }) => sold.hazardous],
  ['no_proof_of_purchase', ({ sold }) => sold.withoutReceipt === true],
  ['buyer_blocked', ({ order, request }) => order.buyerBlocked && request.gift !== true],
  ['gift_to_check', ({ order, request }) => order.buyerBlocked && request.gift === true],
  ['buyer_too_frequent', isTooFrequent],
  ['value_above_review', isAboveReview],
  // A recall that only the buyer knows of is looked at too: the reason opens the window, so it isn't taken on trust.
  ['under_recall', ({ requested, sold }) => sold.recalled || requested.reason === 'recalled'],
];

function codesOf<Context>(rules: Rules<Context>, context: Context): DecisionCode[] {
  return rules.filter(([, applies]) => applies(context)).map(([code]) => code);
}
