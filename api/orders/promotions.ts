import { z } from 'zod';
import type { PromotionTerms } from '../../domain/sale/promotion.ts';
import { jsonCell, minorUnits } from './json-cell.ts';
import type { RowError } from './row.ts';

/** What a promotion took off a line, in minor units, with its terms as they were at the sale. */
export type LinePromotion = { readonly promotion: string; readonly off: number; readonly terms: PromotionTerms };

const Code = z.string().min(1).max(120);
const goods = {
  skus: z.array(Code).min(1).max(100).exactOptional(),
  categories: z.array(Code).min(1).max(100).exactOptional(),
};
const Amount = z.union([z.string(), z.number()]).transform(String);
const Count = z.int().min(1).max(1_000_000);

const Terms = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('threshold'),
    from: Amount,
    amount: Amount.exactOptional(),
    percent: z.number().min(0).max(100).multipleOf(0.01).exactOptional(),
    ...goods,
  }),
  z.strictObject({ kind: z.literal('multi_buy'), buy: Count, pay: z.int().min(0).max(1_000_000), ...goods }),
  z.strictObject({ kind: z.literal('gift'), gift: Code, for: Count, ...goods }),
]);

const Promotions = z.array(z.strictObject({ promotion: Code, off: Amount, terms: Terms })).max(20);

const wrong = (detail: string): RowError => ({ column: 'promotions', code: 'promotions_invalid', detail });

/** Reads the promotions of a row, a text of JSON. Together they take off no more than the line's discount. */
export function promotionsOf(
  text: string | undefined,
  currency: string,
  discount: number,
): { readonly promotions: readonly LinePromotion[] } | { readonly error: RowError } {
  if (text === undefined) return { promotions: [] };
  const cell = jsonCell(text, Promotions, wrong);
  if ('error' in cell) return cell;
  const promotions: LinePromotion[] = [];
  for (const { promotion, off, terms } of cell.value) {
    const read = minorUnits(off, currency);
    const known = termsOf(terms, currency);
    if (read === null || known === null) return { error: wrong(`the amounts of ${promotion} are not ${currency}`) };
    if (typeof known === 'string') return { error: wrong(`${promotion}: ${known}`) };
    if (promotions.some((each) => each.promotion === promotion)) return { error: wrong(`${promotion} is there twice`) };
    promotions.push({ promotion, off: read, terms: known });
  }
  return promotions.reduce((sum, { off }) => sum + off, 0) > discount
    ? { error: wrong('take off more than the discount of the line') }
    : { promotions };
}

/** Null where an amount can't be read; a sentence where the terms make no sense. */
function termsOf(terms: z.infer<typeof Terms>, currency: string): PromotionTerms | string | null {
  if (terms.kind === 'multi_buy') return terms.pay < terms.buy ? terms : 'pay must be less than buy';
  if (terms.kind === 'gift') return terms;
  const { amount, percent, from: least, ...rest } = terms;
  const from = minorUnits(least, currency);
  if (from === null) return null;
  if ((amount === undefined) === (percent === undefined)) return 'a threshold takes off an amount or a percent';
  if (percent !== undefined) return { ...rest, from, basisPoints: Math.round(percent * 100) };
  const off = minorUnits(amount ?? '', currency);
  return off === null ? null : { ...rest, from, amount: off };
}
