import { roundHalfUp } from '../money/shares.ts';

/** Which goods of a sale a promotion is about: those of any of the SKUs or categories; all where neither is there. */
export type PromotedGoods = { readonly skus?: readonly string[]; readonly categories?: readonly string[] };

/**
 * The terms of a promotion as they were at the sale. Amounts are minor units of the order's currency, prices are those
 * before any discount.
 *
 * - `threshold`: goods worth at least `from` together are cheaper by an amount, or by a part of their price;
 * - `multi_buy`: of every `buy` units, the dearest first, only `pay` are paid, the dearest of them;
 * - `gift`: with every `for` units of the goods a unit of the SKU is free.
 */
export type PromotionTerms =
  | ({ readonly kind: 'threshold'; readonly from: number } & (
      | { readonly amount: number }
      | { readonly basisPoints: number }
    ) &
      PromotedGoods)
  | ({ readonly kind: 'multi_buy'; readonly buy: number; readonly pay: number } & PromotedGoods)
  | ({ readonly kind: 'gift'; readonly gift: string; readonly for: number } & PromotedGoods);

/** A promotion of a sale: `saved` is what it took off all of it, in minor units. */
export type Promotion = { readonly promotion: string; readonly terms: PromotionTerms; readonly saved: number };

/** A line of a basket at its price before discounts: `kept` of `quantity` units are in it. */
export type BasketGoods = {
  readonly sku: string;
  readonly category: string;
  readonly quantity: number;
  readonly price: number;
  readonly kept: number;
};

/**
 * What a promotion takes off a basket, in minor units: of all that was sold what it took off then, of a part never more.
 * Another unit in the basket never makes it less, which is why no unit comes back for more than its price.
 */
export function worthOf({ terms, saved }: Promotion, basket: readonly BasketGoods[]): number {
  if (basket.every(({ kept, quantity }) => kept === quantity)) return saved;
  return Math.min(saved, byTerms(terms, basket));
}

function byTerms(terms: PromotionTerms, basket: readonly BasketGoods[]): number {
  const goods = basket.filter((each) => each.kept > 0 && isAbout(terms, each));
  switch (terms.kind) {
    case 'threshold': {
      const price = goods.reduce((sum, each) => sum + priceOf(each), 0);
      if (price < terms.from) return 0;
      return 'amount' in terms ? terms.amount : roundHalfUp(price, terms.basisPoints, 10_000);
    }
    case 'multi_buy':
      return freeOfMany(terms, goods);
    case 'gift': {
      const free = Math.floor(unitsOf(goods) / terms.for);
      const gifts = basket.filter(({ sku }) => sku === terms.gift);
      return freeUnits(gifts, (units) => Math.min(units, free));
    }
  }
}

/** In the order of their prices, so that a cheap unit more never makes another one less free. */
function freeOfMany(
  { buy, pay }: { readonly buy: number; readonly pay: number },
  goods: readonly BasketGoods[],
): number {
  const units = unitsOf(goods);
  const inGroups = units - (units % buy);
  return freeUnits(goods, (first) => {
    const counted = Math.min(first, inGroups);
    return Math.floor(counted / buy) * (buy - pay) + Math.max(0, (counted % buy) - pay);
  });
}

const unitsOf = (goods: readonly BasketGoods[]): number => goods.reduce((sum, { kept }) => sum + kept, 0);

/** The prices of the free units, with how many of the first units are free where they are counted from the dearest. */
function freeUnits(goods: readonly BasketGoods[], freeOf: (first: number) => number): number {
  const dearestFirst = goods
    .map(({ price, quantity, kept }) => ({ unit: Math.floor(price / quantity), kept }))
    .sort((one, other) => other.unit - one.unit);
  let position = 0;
  let free = 0;
  for (const { unit, kept } of dearestFirst) {
    free += unit * (freeOf(position + kept) - freeOf(position));
    position += kept;
  }
  return free;
}

const priceOf = ({ price, kept, quantity }: BasketGoods): number => roundHalfUp(price, kept, quantity);

const isAbout = ({ skus, categories }: PromotedGoods, { sku, category }: BasketGoods): boolean =>
  (skus === undefined && categories === undefined) ||
  skus?.includes(sku) === true ||
  categories?.includes(category) === true;
