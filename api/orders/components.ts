import { z } from 'zod';
import { splitByWeights } from '../../domain/sale/kit.ts';
import { jsonCell, minorUnits } from './json-cell.ts';
import type { OrderRow, RowError } from './row.ts';

/** A component of a kit as the line that it becomes: `units` are in one kit, all else is of the whole line. */
export type Component = Pick<
  OrderRow,
  | 'sku'
  | 'title'
  | 'category'
  | 'quantity'
  | 'fulfilled'
  | 'price'
  | 'discount'
  | 'tax'
  | 'hygiene'
  | 'hazardous'
  | 'lotControlled'
  | 'dataBearing'
  | 'lots'
  | 'serials'
  | 'unitCost'
  | 'unitWeightGrams'
> & { readonly units: number };

const Code = z.string().min(1).max(120);
const Amount = z.union([z.string(), z.number()]).transform(String);
const flag = z.boolean().default(false);

const Components = z
  .array(
    z.strictObject({
      sku: Code,
      title: z.string().max(500).exactOptional(),
      category: Code.exactOptional(),
      quantity: z.int().min(1).max(10_000).default(1),
      share: z.number().min(0).max(1_000_000).multipleOf(0.0001).exactOptional(),
      listPrice: Amount.exactOptional(),
      unitCost: Amount.exactOptional(),
      unitWeightGrams: z.int().min(0).max(100_000_000).default(0),
      ...{ hygiene: flag, hazardous: flag, lotControlled: flag, dataBearing: flag },
      lots: z.array(Code).max(1000).default([]),
      serials: z.array(Code).max(1000).default([]),
    }),
  )
  .min(1)
  .max(50);

type Read = z.infer<typeof Components>;

/** What of the kit's own row its components share. */
type Sold = Pick<
  OrderRow,
  'quantity' | 'fulfilled' | 'price' | 'discount' | 'tax' | 'category' | 'hygiene' | 'hazardous'
> & { readonly currency: string };

const wrong = (detail: string): RowError => ({ column: 'components', code: 'components_invalid', detail });

/**
 * Reads the components of a kit, a text of JSON, and splits the price of all kits over them: by the shares that are stated, else by
 * the prices at which they are sold alone. The discount follows the price, the tax what is left of it.
 */
export function componentsOf(
  text: string | undefined,
  sold: Sold,
): { readonly components: readonly Component[] } | { readonly error: RowError } {
  if (text === undefined) return { components: [] };
  const cell = jsonCell(text, Components, wrong);
  if ('error' in cell) return cell;
  const data = cell.value;
  if (new Set(data.map(({ sku }) => sku)).size < data.length) {
    return { error: wrong('name each SKU once, with its quantity in one kit') };
  }
  if (data.some(({ quantity }) => quantity * sold.quantity > 1_000_000)) {
    return { error: wrong('a line has at most 1000000 units') };
  }
  const weights = weightsOf(data, sold.currency);
  if (typeof weights === 'string') return { error: wrong(weights) };
  const costs = data.map(({ unitCost = '0' }) => minorUnits(unitCost, sold.currency));
  if (costs.includes(null)) return { error: wrong(`a unitCost is not an amount in ${sold.currency}`) };
  const prices = splitByWeights(sold.price, weights);
  const discounts = splitByWeights(sold.discount, prices);
  const taxes = splitByWeights(
    sold.tax,
    prices.map((price, index) => price - (discounts[index] ?? 0)),
  );
  const components = data.map((each, index): Component => {
    const { share: _, listPrice: __, quantity: units, title = each.sku, category = sold.category, ...rest } = each;
    return {
      ...{ ...rest, title, category, units },
      ...{ quantity: units * sold.quantity, fulfilled: units * sold.fulfilled },
      ...{ price: prices[index] ?? 0, discount: discounts[index] ?? 0, tax: taxes[index] ?? 0 },
      ...{ hygiene: each.hygiene || sold.hygiene, hazardous: each.hazardous || sold.hazardous },
      unitCost: costs[index] ?? 0,
    };
  });
  return { components };
}

/** A sentence where they can't be told. */
function weightsOf(components: Read, currency: string): number[] | string {
  const shares = components.flatMap(({ share }) => share ?? []);
  const prices = components.flatMap(({ listPrice, quantity }) => {
    const price = listPrice === undefined ? null : minorUnits(listPrice, currency);
    return price === null ? [] : [price * quantity];
  });
  if (shares.length === components.length && components.every(({ listPrice }) => listPrice === undefined)) {
    return shares.map((share) => Math.round(share * 10_000));
  }
  if (prices.length === components.length && shares.length === 0) return prices;
  return `say of each component its share, or of each the listPrice of a unit in ${currency}`;
}
