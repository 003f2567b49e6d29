import type { Instant } from '../time/duration.ts';

/** A line of a credit or return document that names no purchase. Amounts are minor units of one currency. */
export type ReturnedLine = {
  readonly sku: string;
  readonly quantity: number;
  /** What was credited a unit; null where the document doesn't say. */
  readonly unitPrice: number | null;
  /** The document names a buyer or an order, so that purchases could be looked up. */
  readonly isIdentified: boolean;
  readonly at: Instant;
  /** The code stands for a fee, a discount or postage: nothing physical comes back. */
  readonly isGoods: boolean;
};

/** An order line with that SKU: of the buyer, or of the order where the document names one. */
export type Purchase = {
  readonly order: string;
  readonly orderLine: string;
  readonly placedAt: Instant;
  /** Units sold, and what was paid for all of them. */
  readonly quantity: number;
  readonly paid: number;
  /** Units that no return holds or has consumed. */
  readonly returnable: number;
};

/** Why a line could not be matched; each is a queue of people. */
export type MatchReason =
  | 'not_goods'
  | 'no_customer'
  /** The buyer never bought this SKU. */
  | 'no_match'
  /** Bought only after it came back. */
  | 'bought_later'
  /** Bought, but never at this price. */
  | 'price'
  /** More than any one order has left; `detail` says whether several together would do. */
  | 'quantity'
  /** Several orders or prices would do, or the only order may be what another undecided line means. */
  | 'ambiguous_match';

/** How a match was found, so that a person can check it. */
export type MatchRule = 'only_line' | 'interchangeable_lines';

export type Taken = { readonly orderLine: string; readonly quantity: number };

export type Match =
  | { readonly type: 'matched'; readonly order: string; readonly lines: readonly Taken[]; readonly rule: MatchRule }
  | {
      readonly type: 'unmatched';
      readonly reason: MatchReason;
      readonly detail: MatchDetail | null;
      /** The orders that it may be about, oldest first. */
      readonly candidates: readonly string[];
    };

export type MatchDetail = 'spans_orders' | 'exceeds_returnable' | 'several_orders' | 'several_prices' | 'contested';

/**
 * Finds the purchase that a returned line is about: same buyer, same SKU, bought before, at the price that was credited,
 * with enough units left. It never guesses:
 *
 * - One order fits: its line is taken. Where that order holds the SKU on several lines at that price, any of them gives
 *   the same money back to the same payment, so they are interchangeable and taken in their order.
 * - Several orders fit: which payment gets the money would be a guess, so a person decides. Not even the latest one, or
 *   the one whose quantity happens to be equal, is picked.
 * - Lines that wait for a person count against every order that they may be about (`claimed`): where the one order that
 *   fits could not satisfy them too, it is undecided as well.
 *
 * @param purchases every order line that could be meant, in any order
 * @param claimed units of this SKU and price that undecided lines may take, by order
 */
export function matchPurchase(
  line: ReturnedLine,
  purchases: readonly Purchase[],
  claimed: Readonly<Record<string, number>> = {},
): Match {
  if (!line.isGoods) return unmatched('not_goods');
  if (!line.isIdentified) return unmatched('no_customer');
  if (purchases.length === 0) return unmatched('no_match');
  const before = purchases.filter(({ placedAt }) => placedAt <= line.at);
  if (before.length === 0) return unmatched('bought_later', purchases);
  const { unitPrice } = line;
  const samePrice = unitPrice === null ? before : before.filter((purchase) => pricePaid(purchase) === unitPrice);
  if (samePrice.length === 0) return unmatched('price', before);

  const orders = Map.groupBy(samePrice, ({ order }) => order);
  const fitting = [...orders].filter(([, lines]) => unitsLeft(lines) >= line.quantity);
  const [only] = fitting;
  if (only === undefined) {
    const detail = unitsLeft(samePrice) >= line.quantity ? 'spans_orders' : 'exceeds_returnable';
    return unmatched('quantity', samePrice, detail);
  }
  const candidates = fitting.flatMap(([, lines]) => lines);
  if (fitting.length > 1) return unmatched('ambiguous_match', candidates, 'several_orders');
  const [order, lines] = only;
  if (new Set(lines.map(pricePaid)).size > 1) return unmatched('ambiguous_match', candidates, 'several_prices');
  if (unitsLeft(lines) - (claimed[order] ?? 0) < line.quantity) {
    return unmatched('ambiguous_match', candidates, 'contested');
  }
  const taken = takeFrom(lines, line.quantity);
  return { type: 'matched', order, lines: taken, rule: lines.length > 1 ? 'interchangeable_lines' : 'only_line' };
}

/** What was paid a unit, after the line's total was split and rounded. */
const pricePaid = ({ paid, quantity }: Purchase): number => Math.round(paid / quantity);

const unitsLeft = (lines: readonly Purchase[]): number => lines.reduce((sum, { returnable }) => sum + returnable, 0);

/** One line that has enough alone is preferred: a return then has as few lines as there can be. */
function takeFrom(lines: readonly Purchase[], quantity: number): Taken[] {
  const enough = lines.find(({ returnable }) => returnable >= quantity);
  if (enough !== undefined) return [{ orderLine: enough.orderLine, quantity }];
  let left = quantity;
  return lines.flatMap(({ orderLine, returnable }) => {
    const units = Math.min(left, returnable);
    left -= units;
    return units === 0 ? [] : [{ orderLine, quantity: units }];
  });
}

function unmatched(reason: MatchReason, purchases: readonly Purchase[] = [], detail: MatchDetail | null = null): Match {
  const byTime = purchases.toSorted((a, b) => (a.placedAt < b.placedAt ? -1 : a.placedAt > b.placedAt ? 1 : 0));
  return { type: 'unmatched', reason, detail, candidates: [...new Set(byTime.map(({ order }) => order))] };
}
