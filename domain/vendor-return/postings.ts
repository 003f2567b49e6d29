import { going, type ItemAmount, itemKey } from '../execution/item.ts';
import type { MoneyAccount } from '../money/ledger.ts';
import { type MoneyRow, posted } from '../money/money-row.ts';
import { posting } from '../money/postings.ts';
import type { VendorReturnEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { type Opened, opened } from './state.ts';

/**
 * What a vendor return writes into the money ledger: the vendor owes us for what was shipped, pays by its credit memos,
 * and what it doesn't pay is written off. What it sends back it doesn't owe. The goods leave the stock of their own returns.
 */
export const postings = posting({ opened, evolve, moneyOf: (_, after, event) => moneyOf(after, event) });

function moneyOf(state: Opened, event: VendorReturnEvent): MoneyRow[] {
  const rows = (debit: MoneyAccount, credit: MoneyAccount, amounts: readonly ItemAmount[]): MoneyRow[] =>
    amounts.flatMap((each) => posted(debit, credit, each.amount, state.currency, itemKey(each)));
  switch (event.type) {
    case 'shipped':
      return rows(
        'vendor_receivable',
        'recovery',
        going(state.items).map(({ rma, item, expected }) => ({ rma, item, amount: expected })),
      );
    case 'credit_recorded':
      return rows('vendor_credit', 'vendor_receivable', event.items);
    case 'sent_back':
      return [
        ...rows('recovery', 'vendor_receivable', event.items),
        ...posted('carrier_costs', 'carrier_payable', event.freight, state.currency, state.number),
      ];
    case 'written_off':
      return rows('write_off', 'vendor_receivable', event.items);
    default:
      return [];
  }
}
