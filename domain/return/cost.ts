import type { ItemState, Opened } from './state.ts';

/** What an item's units cost us, in minor units; goods on no line have no known cost and are carried at none. */
export function costOf(state: Opened, item: Pick<ItemState, 'line' | 'quantity'>): number {
  const line = item.line === null ? undefined : state.lines[item.line];
  return line === undefined ? 0 : line.sold.unitCost * item.quantity;
}
