import { partOf, type SettledLine } from '../money/settlement.ts';
import { type Basket, withParts } from '../sale/basket.ts';
import type { Opened } from './state.ts';

/** The basket as all settlements until now left it, this return's with them; nothing where nothing is priced again. */
export function basketNow({ basket, settledParts = {} }: Opened): Basket | undefined {
  if (basket === undefined) return undefined;
  const parts = Object.entries(settledParts).map(([orderLine, part]) => ({ orderLine, ...part }));
  return withParts(basket, parts);
}

/** The state once lines of a settlement count as gone from the basket. */
export function goneFromBasket(state: Opened, lines: readonly SettledLine[]): Opened {
  if (state.settledParts === undefined) return state;
  const parts = { ...state.settledParts };
  for (const settled of lines) {
    const orderLine = state.lines[settled.line]?.sold.orderLine;
    if (orderLine === undefined) continue;
    const { quantity, price, discount } = partOf(settled, orderLine);
    const before = parts[orderLine] ?? { quantity: 0, price: 0, discount: 0 };
    parts[orderLine] = {
      quantity: before.quantity + quantity,
      price: before.price + price,
      discount: before.discount + discount,
    };
  }
  return { ...state, settledParts: parts };
}
