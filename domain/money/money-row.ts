import type { MoneyAccount, MoneyPosting } from './ledger.ts';

/** A row of the money ledger that is without its id yet. */
export type MoneyRow = Omit<MoneyPosting, 'entry'>;

/** One row, the other way round where the amount is negative; none where it is 0. */
export function posted(
  debit: MoneyAccount,
  credit: MoneyAccount,
  amount: number,
  currency: string,
  subject: string,
): MoneyRow[] {
  if (amount === 0) return [];
  const to = { debit, credit, amount: Math.abs(amount), currency, subject };
  return [amount > 0 ? to : turned(to)];
}

export const turned = (row: MoneyRow): MoneyRow => ({ ...row, debit: row.credit, credit: row.debit });
