import { going, type ItemAmount, itemKey } from '../execution/item.ts';
import type { MoneyAccount, MoneyPosting } from '../ledger.ts';
import type { Postings } from '../process.ts';
import type { Recorded, VendorReturnEvent } from './events.ts';
import { evolve } from './evolve.ts';
import type { Opened, VendorReturnState } from './state.ts';

type Row = Omit<MoneyPosting, 'entry'>;

/**
 * What a vendor return writes into the money ledger: the vendor owes us for what was shipped, pays by its credit memos,
 * and what it doesn't pay is written off. The goods leave the stock of their own returns.
 */
export function postings(before: VendorReturnState, recorded: readonly Recorded[], prefix: string): Postings {
  let state = before;
  const money = recorded.flatMap((each, index) => {
    state = evolve(state, each);
    const rows = state.status === 'initial' ? [] : moneyOf(state, each.event);
    return rows.map((row, n) => ({ ...row, entry: `${prefix}/${index}/${n}` }));
  });
  return { stock: [], money };
}

function moneyOf(state: Opened, event: VendorReturnEvent): Row[] {
  const rows = (debit: MoneyAccount, credit: MoneyAccount, amounts: readonly ItemAmount[]): Row[] =>
    amounts
      .filter(({ amount }) => amount > 0)
      .map((each) => ({ debit, credit, amount: each.amount, currency: state.currency, subject: itemKey(each) }));
  switch (event.type) {
    case 'shipped':
      return rows(
        'vendor_receivable',
        'recovery',
        going(state.items).map(({ rma, item, expected }) => ({ rma, item, amount: expected })),
      );
    case 'credit_recorded':
      return rows('vendor_credit', 'vendor_receivable', event.items);
    case 'written_off':
      return rows('write_off', 'vendor_receivable', event.items);
    default:
      return [];
  }
}
