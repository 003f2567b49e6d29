import type { MoneyAccount } from '../money/ledger.ts';
import { type MoneyRow, posted } from '../money/money-row.ts';
import { posting } from '../money/postings.ts';
import type { LiquidationEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { balance } from './figures.ts';
import { type Opened, opened } from './state.ts';

/**
 * What a liquidation writes into the money ledger: the liquidator owes us the price, pays it, gets something off, and what
 * it doesn't pay is written off; what we owe back stands in an account of its own. The goods leave the stock of their own
 * returns.
 */
export const postings = posting({ opened, evolve, moneyOf });

function moneyOf(before: Opened, after: Opened, event: LiquidationEvent): MoneyRow[] {
  const row = (debit: MoneyAccount, credit: MoneyAccount, amount: number, subject: string): MoneyRow[] =>
    posted(debit, credit, amount, after.currency, subject);
  /** What is open between us has changed, against one account: split into what they owe us and what we owe them. */
  const against = (account: MoneyAccount, subject: string): MoneyRow[] => [
    ...row('liquidator_receivable', account, owed(after) - owed(before), subject),
    ...row(account, 'liquidator_payable', owedBack(after) - owedBack(before), subject),
  ];
  switch (event.type) {
    case 'sold':
      return against('liquidation_sales', event.invoice);
    case 'sale_undone':
      return [
        ...against('liquidation_sales', after.number),
        ...row('liquidation_sales', 'write_off', before.sale?.writtenOff ?? 0, after.number),
      ];
    case 'payment_recorded':
      return against('cash_clearing', event.reference);
    case 'paid_back':
      return against('cash_clearing', event.reference ?? after.number);
    case 'complaint_settled':
      return against('liquidation_sales', event.complaint);
    case 'written_off':
    case 'write_off_reversed':
      return against('write_off', after.number);
    case 'fee_recorded':
      return row('liquidation_costs', 'cash_clearing', event.amount, event.reference);
    default:
      return [];
  }
}

const owed = (state: Opened): number => Math.max(0, balance(state));
const owedBack = (state: Opened): number => Math.max(0, -balance(state));
