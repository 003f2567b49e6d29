import { countUnits } from '../goods/units.ts';
import { givesGoods, type Program } from '../policy/policy.ts';
import { type LineRules, rulesFor, type SaleFloor, type SalePolicy } from '../policy/rules-for.ts';
import { undeliveredReasons } from '../reasons.ts';
import type { RequestedLine, ReturnRequest } from '../return/request.ts';
import { leavesWholeKits } from '../sale/kit.ts';
import type { OrderFacts, OrderKind, OrderLineFacts } from '../sale/order.ts';
import type { Instant } from '../time/duration.ts';
import type { DecisionCode } from './codes.ts';
import { barredByWish, floorOver, isOwnWish, type Wanted } from './grounds.ts';
import { codesOf, type Rule as RuleOf, type Rules } from './rules.ts';

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
export type Claim = Omit<EligibilityContext, 'value'> & {
  readonly sold: OrderLineFacts;
  readonly rules: LineRules;
  readonly law: SaleFloor | undefined;
};
type Rule = RuleOf<Claim>;

/** What a line claims of its goods. */
export function claimed(claim: Claim): Wanted {
  const { reason, opened = false, serials = [] } = claim.requested;
  return { ...claim, reason, opened, serials, works: false, repair: claim.request.instrument === 'repair' };
}

/** Every code that bars a line. */
export function barredCodes(claim: Claim): DecisionCode[] {
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
  recall: 'recall',
  rental: 'loan',
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

const exceedsReturnable: Rule = ({ requested, sold }) => countUnits(sold.held) < requested.quantity;

/** Where the sale recorded no serials there is nothing to compare with. */
const hasForeignSerial: Rule = ({ requested, sold }) =>
  sold.serials.length > 0 && (requested.serials ?? []).some((serial) => !sold.serials.includes(serial));

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
