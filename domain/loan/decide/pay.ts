import type { LoanCommand } from '../commands.ts';
import type { LoanEvent } from '../events.ts';
import { type Refused, refuse } from '../refusals.ts';
import type { Opened } from '../state.ts';

type Answer = readonly LoanEvent[] | Refused;

/** The borrower has paid something of what it owes, under a reference that counts once. */
export function recordPayment(
  state: Opened,
  { reference, amount }: Extract<LoanCommand, { type: 'record_payment' }>,
): Answer {
  if (state.payments.includes(reference)) return refuse('reference_already_recorded', 'reference');
  return wrong(state, amount) ?? [{ type: 'payment_recorded', reference, amount }];
}

/** Something of what the borrower owes is let go. */
export function waive(state: Opened, { amount, note }: Extract<LoanCommand, { type: 'waive' }>): Answer {
  return wrong(state, amount) ?? [{ type: 'waived', amount, note }];
}

function wrong({ owed }: Opened, amount: number): Refused | null {
  if (!Number.isSafeInteger(amount) || amount < 1) return refuse('amount_not_valid', 'amount');
  return amount > owed ? refuse('more_than_owed', 'amount', { asked: amount, available: Math.max(0, owed) }) : null;
}
