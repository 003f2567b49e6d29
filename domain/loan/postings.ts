import type { MoneyAccount, StockAccount } from '../money/ledger.ts';
import { type MoneyRow, posted } from '../money/money-row.ts';
import { posting, type StockRow } from '../money/postings.ts';
import type { LoanEvent, UnitAmount } from './events.ts';
import { evolve } from './evolve.ts';
import { type Opened, opened } from './state.ts';

/**
 * What a loan writes into both ledgers. What is lent stays ours, and in the books at its value, until it is lost or bought; what comes
 * back leaves to outside here and is brought in from there by its return. The deposit is a liability until it stands against what is
 * owed.
 */
export const postings = posting({ opened, evolve, stockOf, moneyOf });

function stockOf({ facility }: Opened, { units: known }: Opened, event: LoanEvent): StockRow[] {
  const moved = (units: readonly { readonly unit: string }[], from: StockAccount, to: StockAccount): StockRow[] =>
    units.map(({ unit }) => {
      const { sku = '', handedOver = null } = known[unit] ?? {};
      const grade = handedOver?.grade ?? null;
      return { from, to, facility, sku, lot: null, grade, owner: 'ours', quantity: 1, item: unit };
    });
  switch (event.type) {
    case 'handed_over':
      return moved(event.units, 'sellable', 'on_loan');
    case 'return_heard':
      return moved(event.came, 'on_loan', 'customer');
    case 'units_lost':
      return moved(event.units, 'on_loan', 'disposed_of');
    case 'units_found':
      return moved(event.units, 'disposed_of', 'on_loan');
    case 'units_bought':
      return moved(event.units, 'on_loan', 'customer');
    default:
      return [];
  }
}

function moneyOf(before: Opened, after: Opened, event: LoanEvent): MoneyRow[] {
  const row = (debit: MoneyAccount, credit: MoneyAccount, amount: number, subject: string): MoneyRow[] =>
    posted(debit, credit, amount, before.currency, subject);
  const charged = (units: readonly UnitAmount[], credit: MoneyAccount): MoneyRow[] =>
    units.flatMap(({ unit, amount }) => row('receivable_from_borrower', credit, amount, unit));
  const { number } = before;
  switch (event.type) {
    case 'deposit_taken':
      return row('cash_clearing', 'loan_deposits', event.amount, number);
    case 'fees_accrued':
      return charged(event.units, 'loan_fees');
    case 'extension_agreed':
      return row('receivable_from_borrower', 'loan_fees', event.fee, event.extension);
    case 'return_heard': {
      const differences = event.inspected.map(({ unit }) => ({
        unit,
        amount: (after.units[unit]?.damage ?? 0) - (before.units[unit]?.damage ?? 0),
      }));
      return charged(differences, 'damage_charges');
    }
    case 'units_lost':
    case 'units_found':
    case 'units_bought': {
      // At book value against what they bring, as any end of equipment of ours; what is found comes in again.
      const ends = event.type === 'units_found' ? -1 : 1;
      const books = event.units.flatMap(({ unit }) =>
        row('asset_disposals', 'fixed_assets', ends * (before.units[unit]?.bookValue ?? 0), unit),
      );
      return [...charged(event.units, 'asset_disposals'), ...books];
    }
    case 'payment_recorded':
      return row('cash_clearing', 'receivable_from_borrower', event.amount, event.reference);
    case 'waived':
      return row('goodwill', 'receivable_from_borrower', event.amount, number);
    case 'deposit_set_off':
      return row('loan_deposits', 'receivable_from_borrower', event.amount, number);
    case 'repaid':
      return row('receivable_from_borrower', 'cash_clearing', event.amount, number);
    case 'written_off':
      return row(event.to, 'receivable_from_borrower', event.amount, number);
    case 'let_go_reversed':
      return row('receivable_from_borrower', event.to, event.amount, number);
    default:
      return [];
  }
}
