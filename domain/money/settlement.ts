import type { Grade } from '../goods/grading.ts';
import { countUnits, type Units } from '../goods/units.ts';
import type { FloorCode } from '../policy/law.ts';
import { type CollectionMethod, hasLabels, type Policy } from '../policy/policy.ts';
import { type LineRules, rulesFor } from '../policy/rules-for.ts';
import { faultOf, type ReasonCode } from '../reasons.ts';
import { type Basket, discountsAgain, type Part, type PromotionChange } from '../sale/basket.ts';
import type { OrderFacts, OrderLineFacts, PaymentFacts } from '../sale/order.ts';
import { roomOf } from './dispute.ts';
import { type Currency, type Money, money } from './money.ts';
import { roundHalfUp, shareOf, sumOverUnits } from './shares.ts';

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

/** What is settled: units of a sold line, why they came back (as found, else as claimed) and in what state. */
export type LineToSettle = {
  readonly line: string;
  readonly sold: OrderLineFacts;
  readonly units: Units;
  readonly reason: ReasonCode;
  /** Unknown before an inspection: nothing is taken off for the state of the goods. */
  readonly grade?: Grade | null;
  /** The law that lets the buyer withdraw from their sale: no restocking fee then (Directive 2011/83/EU, Art. 14). */
  readonly floor?: FloorCode | null | undefined;
  /** What is off these units, where what is kept is priced again; absent where they get their share of the line's discount. */
  readonly discountAgain?: number;
  /** The part of it that is paid, in basis points, as its buyer was offered; absent: all. */
  readonly share?: number | undefined;
};

/**
 * The shares of some units in their line's price, discount and tax, less fees. Each figure is a difference of what is due
 * up to a position of the line, so parts add up to the whole line in any order, fees included.
 *
 * The discount is spread over the price's minor units rather than over the units: its share is then never more than the
 * price's, where two roundings side by side could make a net price of -1.
 *
 * Goods of an offer get what it says for their grade, and for the best one while that isn't known.
 */
export function settleLine({
  line,
  sold,
  units,
  reason,
  grade = null,
  floor = null,
  discountAgain,
  share,
  policy,
}: LineToSettle & { policy: Policy }): SettledLine {
  // What was offered is exact: no rule of the policy takes anything off, and no tax was paid on it to us.
  if (sold.creditByGrade !== undefined)
    return settleOffered(line, sold.creditByGrade[grade ?? 'A'] * countUnits(units), units);
  const fault = faultOf(reason);
  const { fees, diminishedValueBasisPoints } = rulesFor(policy, sold.category);
  const restockingRate = floor !== null || isWaived(fees, reason) ? 0 : fees.restockingBasisPoints;
  const diminishedRate = fault === 'buyer' && grade !== null ? diminishedValueBasisPoints[grade] : 0;

  const priceUpTo = (position: number) => roundHalfUp(sold.price, position, sold.quantity);
  const discountUpTo = (position: number) =>
    sold.price === 0 ? 0 : roundHalfUp(Math.min(sold.discount, sold.price), priceUpTo(position), sold.price);
  const netUpTo = (position: number) => priceUpTo(position) - discountUpTo(position);

  const price = shareOf(sold.price, sold.quantity, units);
  const discount = discountAgain ?? sumOverUnits(units, discountUpTo);
  const tax = shareOf(sold.tax, sold.quantity, units);
  const net = price - discount;
  const ofNet = (rate: number) =>
    discountAgain === undefined
      ? sumOverUnits(units, (position) => roundHalfUp(netUpTo(position), rate, 10_000))
      : roundHalfUp(net, rate, 10_000);
  const restockingFee = ofNet(restockingRate);
  const diminishedValue = Math.min(ofNet(diminishedRate), net - restockingFee);
  const amount = net + tax - restockingFee - diminishedValue;
  const whole = { line, quantity: countUnits(units), price, discount, tax, restockingFee, diminishedValue, amount };
  return share === undefined ? whole : reducedTo(share, whole);
}

/** A settlement whose buyer takes a part of it, in basis points: the rest is value that was lost. */
function reducedTo(share: number, whole: SettledLine): SettledLine {
  const net = whole.amount - whole.tax;
  const paid = roundHalfUp(net, share, 10_000);
  const tax = roundHalfUp(whole.tax, share, 10_000);
  return { ...whole, tax, diminishedValue: whole.diminishedValue + net - paid, amount: paid + tax };
}

const settleOffered = (line: string, credit: number, units: Units): SettledLine => ({
  ...{ line, quantity: countUnits(units), price: credit, amount: credit },
  ...{ discount: 0, tax: 0, restockingFee: 0, diminishedValue: 0 },
});

/** Whether a reason, or whose fault it is, waives the fees. */
const isWaived = (fees: LineRules['fees'], reason: ReasonCode): boolean =>
  fees.waivedFor.includes(faultOf(reason)) || fees.waivedForReasons?.includes(reason) === true;

/** What one settlement of the same units says more than another; of no units, as they are settled already. */
export const difference = (more: SettledLine, less: SettledLine): SettledLine => ({
  line: more.line,
  quantity: 0,
  price: more.price - less.price,
  discount: more.discount - less.discount,
  tax: more.tax - less.tax,
  restockingFee: more.restockingFee - less.restockingFee,
  diminishedValue: more.diminishedValue - less.diminishedValue,
  amount: more.amount - less.amount,
});

/**
 * Lines that are settled together. Where the policy has the basket that is kept priced again, their discounts are what that
 * leaves of the order's, and `promotions` says which changed; else each line gets its own shares.
 */
export function settleLines(
  lines: readonly LineToSettle[],
  policy: Policy,
  basket: Basket | undefined,
): { readonly lines: SettledLine[]; readonly promotions: readonly PromotionChange[] } {
  const byShares = lines.map((line) => settleLine({ ...line, policy }));
  if (basket === undefined || !isPricedAgain(policy)) return { lines: byShares, promotions: [] };
  const parts = byShares.map((settled, at) => partOf(settled, lines[at]?.sold.orderLine ?? ''));
  const { discounts, changes } = discountsAgain(basket, parts);
  const again = lines.map((line, at) => settleLine({ ...line, policy, discountAgain: discounts[at] ?? 0 }));
  return { lines: again, promotions: changes };
}

/** Whether what a buyer keeps is priced again by the promotions of its sale. */
export const isPricedAgain = ({ promotions }: Policy): boolean => promotions === 'recompute';

/** A settled line as a part of its order line. */
export const partOf = ({ quantity, price, discount }: SettledLine, orderLine: string): Part => ({
  orderLine,
  quantity,
  price,
  discount,
});

/**
 * What is taken once a return for bringing it back, in minor units: the least that any of its goods cost by the rules of
 * their category, as the parcel has to travel for those anyway. One waived reason so waives it for all: goods that aren't
 * as sold come back free of charge (Directive (EU) 2019/771, Art. 14).
 */
export function returnShippingFee(policy: Policy, currency: Currency, goods: readonly ComingBack[]): number {
  const fees = goods.map(({ category, reason }) => {
    const rules = rulesFor(policy, category);
    return isWaived(rules.fees, reason) ? 0 : (rules.fees.returnShipping[currency] ?? 0);
  });
  return fees.length === 0 ? 0 : Math.min(...fees);
}

/** Goods and why they come back: as found, else as claimed. */
export type ComingBack = { readonly category: string; readonly reason: ReasonCode };

/**
 * What a return will be settled with if the goods are as claimed. What travels on no label of ours costs no shipping
 * fee. It is never more than there is to take it
 * from: total = amounts of the lines - shippingFee + outboundShipping ≥ 0.
 */
export function quoteReturn(
  lines: readonly LineToSettle[],
  policy: Policy,
  currency: Currency,
  method: CollectionMethod,
  order: WayOut & { readonly basket?: Basket | undefined } = {},
): {
  lines: SettledLine[];
  shippingFee: number;
  outboundShipping: number;
  total: Money;
  promotions: readonly PromotionChange[];
} {
  const { lines: settled, promotions } = settleLines(lines, policy, order.basket);
  const amount = settled.reduce((sum, line) => sum + line.amount, 0);
  const goods = lines.map(({ sold, reason }) => ({ category: sold.category, reason }));
  const fee = !hasLabels(method) ? 0 : returnShippingFee(policy, currency, goods);
  const shippingFee = Math.min(fee, amount);
  const sent = lines.map(({ units, floor, reason }) => ({
    quantity: countUnits(units),
    floor,
    isOwed: owesWayOut(policy, reason),
  }));
  const outboundShipping = outboundShippingDue(order, sent);
  const total = money(amount - shippingFee + outboundShipping, currency);
  return { lines: settled, shippingFee, outboundShipping, total, promotions };
}

/** What is known of an order's way to the buyer; nothing of sales from before the law was looked at. */
export type WayOut = Pick<OrderFacts, 'shippingCharged' | 'unitsSent'>;

/** Whether goods that come back for a reason have the way out paid back by the policy, whatever the law says. */
export const owesWayOut = ({ refund }: Policy, reason: ReasonCode): boolean =>
  refund.outboundShippingFor?.includes(faultOf(reason)) === true;

/**
 * What the buyer gets back for the way out, in minor units: all of the standard charge once all that was sent has come
 * back, or was kept by agreement, under a law that lets buyers withdraw (Directive 2011/83/EU, Art. 13). Withdrawing
 * from a part of a sale gives none back.
 */
export function outboundShippingDue(
  { shippingCharged = 0, unitsSent = 0 }: WayOut,
  goods: readonly {
    readonly quantity: number;
    readonly floor?: FloorCode | null | undefined;
    /** The policy gives it back for why they came back. */
    readonly isOwed?: boolean;
  }[],
): number {
  const quantity = goods.reduce((sum, each) => sum + each.quantity, 0);
  const isWhole =
    unitsSent > 0 && quantity >= unitsSent && goods.every(({ floor, isOwed }) => floor != null || isOwed === true);
  return isWhole ? shippingCharged : 0;
}

/**
 * Spreads a refund over the payments of an order in their order, never more to one than was captured and neither refunded
 * nor charged back. A disputed payment keeps its share, which waits for the dispute's end: paid from elsewhere, it would be
 * paid again by the chargeback. `shortfall` is what no payment could take.
 */
export function allocate(
  total: number,
  payments: readonly PaymentFacts[],
): { legs: { payment: PaymentFacts; amount: number }[]; shortfall: number } {
  const legs: { payment: PaymentFacts; amount: number }[] = [];
  let left = Math.max(0, total);
  for (const payment of payments) {
    const amount = Math.min(left, roomOf(payment));
    if (amount <= 0) continue;
    legs.push({ payment, amount });
    left -= amount;
  }
  return { legs, shortfall: left };
}
