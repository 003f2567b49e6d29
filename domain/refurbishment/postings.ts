import { itemKey } from '../execution/item.ts';
import type { MoneyAccount } from '../money/ledger.ts';
import { type MoneyRow, posted } from '../money/money-row.ts';
import { posting, type StockRow } from '../money/postings.ts';
import type { RefurbishmentEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { type Opened, opened, spentOn } from './state.ts';

/**
 * What a refurbishment writes into both ledgers. What is built in and done is work in progress until the work ends; then
 * goods that were mended are carried higher for it, by no more than it was worth, and the rest is an expense: abnormal waste
 * and conversion beyond what goods bring don't belong to the cost of inventories (IAS 2, 9 to 16). The goods themselves
 * move in the books of their returns.
 */
export const postings = posting({
  opened,
  evolve,
  stockOf: (before, _, event) => stockOf(before, event),
  moneyOf: (before, _, event) => moneyOf(before, event),
});

function stockOf(state: Opened, event: RefurbishmentEvent): StockRow[] {
  const row = (from: StockRow['from'], to: StockRow['to'], sku: string, quantity: number, item: string): StockRow => ({
    ...{ from, to, facility: state.facility, sku, lot: null, grade: null, owner: 'ours', quantity, item },
  });
  switch (event.type) {
    case 'part_used':
      return [row('parts', 'installed', event.sku, event.quantity, state.number)];
    case 'taken_apart':
      return event.parts.map(({ sku, quantity }) => row('dismantled', 'parts', sku, quantity, itemKey(event)));
    case 'cancelled':
      return event.partsBack
        ? state.parts.map(({ sku, quantity }) => row('installed', 'parts', sku, quantity, state.number))
        : [];
    default:
      return [];
  }
}

function moneyOf(state: Opened, event: RefurbishmentEvent): MoneyRow[] {
  const row = (debit: MoneyAccount, credit: MoneyAccount, amount: number): MoneyRow[] =>
    posted(debit, credit, amount, state.currency, state.number);
  switch (event.type) {
    case 'part_used':
      return row('work_in_progress', 'parts_inventory', event.cost);
    case 'labour_booked':
      return row('work_in_progress', 'labour_applied', event.cost);
    case 'charge_booked':
      return row('work_in_progress', 'refurbisher_payable', event.amount);
    case 'work_ended':
      return [
        ...row('inventory_at_cost', 'work_in_progress', event.capitalised),
        ...row('repair_costs', 'work_in_progress', event.expensed),
      ];
    case 'item_let_go': {
      // Its return never carried it higher for the work: that is an expense as well.
      const { results = [] } = state.items[itemKey(event)] ?? {};
      const added = results.reduce((sum, result) => sum + result.added, 0);
      return row('repair_costs', 'inventory_at_cost', added);
    }
    case 'cancelled': {
      const back = event.partsBack ? state.parts.reduce((sum, { cost }) => sum + cost, 0) : 0;
      return [
        ...row('parts_inventory', 'work_in_progress', back),
        ...row('repair_costs', 'work_in_progress', spentOn(state) - back),
      ];
    }
    default:
      return [];
  }
}
