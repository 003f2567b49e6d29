import { roundHalfUp } from '../money/shares.ts';
import type { Promotion } from './promotion.ts';
import { worthOf } from './promotion.ts';

/** What of an order line was settled, in units and minor units, by whichever return. */
export type SettledPart = { readonly quantity: number; readonly price: number; readonly discount: number };

/** An order line with what was settled of it by other returns; `promoted` is what of its discount the promotions gave. */
export type BasketLine = {
  readonly orderLine: string;
  readonly sku: string;
  readonly category: string;
  readonly quantity: number;
  readonly price: number;
  readonly discount: number;
  readonly promoted: number;
  readonly settled: SettledPart;
};

/**
 * All that was sold with a return's goods, for pricing anew what the buyer keeps. `others` is the number of settlements of
 * the order's other returns that are counted in it.
 */
export type Basket = {
  readonly promotions: readonly Promotion[];
  readonly lines: readonly BasketLine[];
  readonly others: number;
};

/** What a promotion took off before some goods came back, and what it takes off what is kept. */
export type PromotionChange = { readonly promotion: string; readonly before: number; readonly after: number };

/** Units of an order line that come back, at their shares of its price and discount. */
export type Part = { readonly orderLine: string } & SettledPart;

/**
 * The discounts of parts that come back together, in their order, where what is kept is priced again by its promotions:
 * what all discounts of the order were, less what the kept goods still have, less what went with goods before.
 *
 * Each is from 0 to its part's price. What is more than the prices waits for the goods that come next; so parts of an order
 * add up to its discounts whatever came when, and no refund was ever more than its goods cost. Beyond their own shares,
 * parts bear by what they cost net what the others lose, and get by their discounts what was borne for them.
 */
export function discountsAgain(
  basket: Basket,
  parts: readonly Part[],
): { readonly discounts: readonly number[]; readonly changes: readonly PromotionChange[] } {
  const after = withParts(basket, parts);
  const price = parts.reduce((sum, part) => sum + part.price, 0);
  const due = Math.min(price, Math.max(0, discountDue(after) + discountOf(parts)));
  return { discounts: spread(due, parts), changes: changesOf(basket, after) };
}

/** Discounts that goods which came back have still to bear; waits where they were more than what the goods cost. */
export const discountDue = (basket: Basket): number =>
  discountOf(basket.lines) - discountOfKept(basket) - discountOf(basket.lines.map(({ settled }) => settled));

const discountOf = (parts: readonly { readonly discount: number }[]): number =>
  parts.reduce((sum, { discount }) => sum + discount, 0);

/** The basket once parts of it were settled. */
export function withParts(basket: Basket, parts: readonly Part[]): Basket {
  const lines = basket.lines.map((line) => {
    const own = parts.filter(({ orderLine }) => orderLine === line.orderLine);
    return own.length === 0 ? line : { ...line, settled: own.reduce(add, line.settled) };
  });
  return { ...basket, lines };
}

const add = (one: SettledPart, other: SettledPart): SettledPart => ({
  quantity: one.quantity + other.quantity,
  price: one.price + other.price,
  discount: one.discount + other.discount,
});

/** What is off the goods that are kept: by promotions as for a basket of them alone, by anything else by its shares. */
function discountOfKept({ lines, promotions }: Basket): number {
  const price = lines.reduce((sum, line) => sum + line.price - line.settled.price, 0);
  const otherwise = lines.reduce(
    (sum, line) => sum + roundHalfUp(line.discount - line.promoted, keptOf(line), line.quantity),
    0,
  );
  const goods = goodsOf(lines);
  return Math.min(
    price,
    promotions.reduce((sum, each) => sum + worthOf(each, goods), otherwise),
  );
}

function changesOf(before: Basket, after: Basket): PromotionChange[] {
  const [had, has] = [goodsOf(before.lines), goodsOf(after.lines)];
  return before.promotions
    .map((each) => ({ promotion: each.promotion, before: worthOf(each, had), after: worthOf(each, has) }))
    .filter((change) => change.before !== change.after);
}

const goodsOf = (lines: readonly BasketLine[]) => lines.map((line) => ({ ...line, kept: keptOf(line) }));

const keptOf = ({ quantity, settled }: BasketLine): number => Math.max(0, quantity - settled.quantity);

/** An amount of at most the parts' prices over them: their own discounts, and the rest by their net prices, or by those. */
function spread(amount: number, parts: readonly Part[]): number[] {
  const own = discountOf(parts);
  const [fixed, weight] =
    amount < own
      ? [() => 0, ({ discount }: Part) => discount]
      : [({ discount }: Part) => discount, ({ price, discount }: Part) => price - discount];
  const rest = parts.reduce((left, part) => left - fixed(part), amount);
  const whole = parts.reduce((sum, part) => sum + weight(part), 0);
  let upTo = 0;
  const due = (position: number) => (whole === 0 ? 0 : roundHalfUp(rest, position, whole));
  return parts.map((part) => {
    const from = upTo;
    upTo += weight(part);
    return fixed(part) + due(upTo) - due(from);
  });
}
