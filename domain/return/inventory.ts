import type { StockAccount } from '../ledger.ts';
import { costOf } from './cost.ts';
import type { ReturnEvent } from './events.ts';
import { type MoneyRow, posted } from './money-row.ts';
import type { ItemState, Opened } from './state.ts';

/** Goods that arrived come into inventory at cost; our own equipment never left our books. */
export function entersInventory(state: Opened, id: string): MoneyRow[] {
  const item = state.items[id];
  if (item === undefined || isAsset(state, item)) return [];
  return posted('inventory_at_cost', 'cost_of_returns', costOf(state, item), state.currency, id);
}

/** What is carried at the credit for its grade comes into inventory with its grade, and changes with it. */
export function revalued(before: Opened, after: Opened, whole: string, part: string): MoneyRow[] {
  const [was, is] = [before.items[whole], after.items[part]];
  if (was === undefined || is === undefined) return [];
  const rise = costOf(after, is) - costOf(before, { ...was, quantity: is.quantity });
  return posted('inventory_at_cost', 'cost_of_returns', rise, after.currency, part);
}

/**
 * Restocked goods stay in inventory; what goes back to its owner reverses its receipt; the rest is written off at cost. Our
 * own equipment leaves the books with its end, at book value against what it brought.
 */
export function leavesInventory(
  state: Opened,
  { item: id, proceeds = 0 }: Extract<ReturnEvent, { type: 'disposition_confirmed' }>,
  to: StockAccount,
): MoneyRow[] {
  const item = state.items[id];
  if (item === undefined || to === 'sellable') return [];
  const { currency } = state;
  const cost = costOf(state, item);
  if (isAsset(state, item)) {
    if (to === 'customer') return [];
    return [
      ...posted('asset_disposals', 'fixed_assets', cost, currency, id),
      ...posted('cash_clearing', 'asset_disposals', proceeds, currency, id),
    ];
  }
  return posted(to === 'customer' ? 'cost_of_returns' : 'write_off', 'inventory_at_cost', cost, currency, id);
}

const isAsset = (state: Opened, { line }: ItemState): boolean =>
  line !== null && state.lines[line]?.sold.bookValue !== undefined;
