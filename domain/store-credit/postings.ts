import type { MoneyAccount, MoneyPosting } from '../money/ledger.ts';
import { type MoneyRow, posted } from '../money/money-row.ts';
import { unreachable } from '../unreachable.ts';
import { type CreditCause, foldCredit, type StoreCredit, type StoreCreditEvent } from './credit.ts';

/**
 * What the events of one command of a credit write into the money ledger; what we owe on all credits so is what their balances
 * add up to. `prefix` makes the entries' ids, so the same command never posts twice.
 */
export function creditPostings(
  before: StoreCredit | null,
  events: readonly StoreCreditEvent[],
  prefix: string,
): readonly MoneyPosting[] {
  let state = before;
  return events.flatMap((event, index) => {
    const next = foldCredit(state, [event]);
    state = next;
    if (next === null) return [];
    return rowsOf(next, event).map((row, n) => ({ ...row, entry: `${prefix}/${index}/${n}` }));
  });
}

/** Where the worth of a new credit comes from; a return has that in its own books. */
const givenFrom = {
  return: null,
  gift_card: 'cash_clearing',
  goodwill: 'goodwill',
  given_back: 'store_credit_clearing',
} as const satisfies Record<CreditCause, MoneyAccount | null>;

function rowsOf({ credit, currency }: StoreCredit, event: StoreCreditEvent): MoneyRow[] {
  const more = (from: MoneyAccount, amount: number) => posted(from, 'store_credit_liability', amount, currency, credit);
  const less = (to: MoneyAccount, amount: number) => posted('store_credit_liability', to, amount, currency, credit);
  switch (event.type) {
    case 'issued': {
      const from = givenFrom[event.cause];
      return from === null ? [] : more(from, event.amount);
    }
    case 'redeemed':
      return less('store_credit_clearing', event.amount);
    case 'taken_back': {
      const { amount, ofUnspent = 0 } = event;
      const unspent = posted('breakage', 'store_credit_clearing', ofUnspent, currency, credit);
      return [...less('store_credit_clearing', amount - ofUnspent), ...unspent];
    }
    case 'expired':
      return less('breakage', event.unspent);
    case 'redemption_reversed':
      return more('store_credit_clearing', event.amount);
    case 'given_back':
      return event.to === credit ? more('store_credit_clearing', event.amount) : [];
    case 'closed':
      return less('write_off', event.forfeited);
    default:
      return unreachable(event);
  }
}
