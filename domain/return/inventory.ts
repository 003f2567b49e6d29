import type { StockAccount } from '../money/ledger.ts';
import { type MoneyRow, posted } from '../money/money-row.ts';
import { costOf } from './cost.ts';
import type { ReturnEvent } from './events.ts';
import { ownerOf } from './repair.ts';
import type { ItemState, Opened } from './state.ts';

/** Goods that arrived, or become ours later, come into inventory at cost; our own equipment never left our books. */
export function entersInventory(state: Opened, id: string): MoneyRow[] {
  const item = state.items[id];
  if (item === undefined || isAsset(state, item) || ownerOf(state, item) === 'customer') return [];
  return posted('inventory_at_cost', 'cost_of_returns', costOf(state, item), state.currency, id);
}

/** What is carried at the credit for its grade comes into inventory with its grade, and changes with it. */
export function revalued(before: Opened, after: Opened, whole: string, part: string): MoneyRow[] {
  const [was, is] = [before.items[whole], after.items[part]];
  if (was === undefined || is === undefined || ownerOf(after, is) === 'customer') return [];
  const rise = costOf(after, is) - costOf(before, { ...was, quantity: is.quantity });
  return posted('inventory_at_cost', 'cost_of_returns', rise, after.currency, part);
}

/**
 * Restocked goods stay in inventory; what goes back to its owner reverses its receipt; the rest is written off at cost, but
 * for what the parts of goods that were taken apart are carried at. Our own equipment leaves the books with its end, at book
 * value against what it brought. What work had added to goods goes with them, as an expense where they go back. Goods of
 * their owner were never in our books.
 */
export function leavesInventory(
  state: Opened,
  item: ItemState,
  {
    proceeds = 0,
    salvaged = 0,
  }: Pick<Extract<ReturnEvent, { type: 'disposition_confirmed' }>, 'proceeds' | 'salvaged'>,
  to: StockAccount,
): MoneyRow[] {
  if (to === 'sellable' || to === 'refurbished' || ownerOf(state, item) === 'customer') return [];
  const { currency } = state;
  const { item: id } = item;
  const cost = costOf(state, item);
  const added = item.work?.added ?? 0;
  if (isAsset(state, item)) {
    if (to === 'customer') return [];
    return [
      ...posted('asset_disposals', 'fixed_assets', cost, currency, id),
      ...posted('cash_clearing', 'asset_disposals', proceeds, currency, id),
      ...posted('parts_inventory', 'asset_disposals', salvaged, currency, id),
    ];
  }
  if (to === 'customer') {
    return [
      ...posted('cost_of_returns', 'inventory_at_cost', cost, currency, id),
      ...posted('repair_costs', 'inventory_at_cost', added, currency, id),
    ];
  }
  return [
    ...posted('parts_inventory', 'inventory_at_cost', salvaged, currency, id),
    ...posted('write_off', 'inventory_at_cost', cost + added - salvaged, currency, id),
  ];
}

const isAsset = (state: Opened, { line }: ItemState): boolean =>
  line !== null && state.lines[line]?.sold.bookValue !== undefined;
