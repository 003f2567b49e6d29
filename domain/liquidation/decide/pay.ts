import { type Refused, refuse } from '../../execution/refusals.ts';
import { raise } from '../../process/attention.ts';
import type { LiquidationCommand } from '../commands.ts';
import type { LiquidationEvent } from '../events.ts';
import { balance, held } from '../figures.ts';
import type { Opened } from '../state.ts';
import { wrongAmount } from './amount.ts';

type Answer = readonly LiquidationEvent[] | Refused;
type Command<T extends LiquidationCommand['type']> = Extract<LiquidationCommand, { type: T }>;

/**
 * The liquidator has paid something. Less than it owes waits for the rest; more makes good what we had written off, and is
 * to be paid back beyond that.
 */
export function recordPayment(state: Opened, { reference, amount }: Command<'record_payment'>): Answer {
  const wrong = notSold(state) ?? usedReference(state, reference) ?? wrongAmount(amount, 'amount');
  if (wrong !== null) return wrong;
  const left = balance(state) - amount;
  const madeGood = Math.min(Math.max(0, -left), state.sale?.writtenOff ?? 0);
  return [
    ...(madeGood > 0 ? [{ type: 'write_off_reversed', amount: madeGood } as const] : []),
    { type: 'payment_recorded', reference, amount },
    ...(left > 0 ? raise(state, 'liquidator_short_paid', state.number, String(left)) : []),
  ];
}

/**
 * We have paid the liquidator: what it paid too much, or got off afterwards. While the goods are here, anything that it
 * paid may go back, so that they can be sold again.
 */
export function recordPayout(state: Opened, { reference, amount }: Command<'record_payout'>): Answer {
  const wrong = notSold(state) ?? usedReference(state, reference) ?? wrongAmount(amount, 'amount');
  if (wrong !== null) return wrong;
  const most = state.status === 'sold' ? held(state) : Math.max(0, -balance(state));
  if (amount > most)
    return refuse('payout_exceeds_paid', 'amount', { asked: amount, available: most, currency: state.currency });
  return [{ type: 'paid_back', reference, amount }];
}

/** What selling cost us; it makes less of what the returns hear. */
export function recordFee(state: Opened, { kind, reference, amount }: Command<'record_fee'>): Answer {
  if (isOver(state)) return refuse('execution_closed');
  return (
    usedReference(state, reference) ??
    wrongAmount(amount, 'amount') ?? [{ type: 'fee_recorded', kind, reference, amount }]
  );
}

/**
 * What the liquidator hasn't paid is our loss. Goods that are still here and of which nothing was paid are rather sold
 * again.
 */
export function writeOff(state: Opened, note: string | null): Answer {
  const wrong = notSold(state);
  if (wrong !== null) return wrong;
  if (state.status === 'sold' && held(state) === 0) return refuse('not_shipped_yet');
  const amount = balance(state);
  return amount > 0 ? [{ type: 'written_off', amount, note }] : refuse('nothing_owed');
}

/** The sale came to nothing: the goods are here, nothing of the liquidator's is, and bids are taken anew. */
export function sellAgain(state: Opened, note: string | null): Answer {
  const wrong = notSold(state);
  if (wrong !== null) return wrong;
  if (state.status === 'shipped') return refuse('already_shipped');
  return held(state) === 0
    ? [{ type: 'sale_undone', note }]
    : refuse('payment_held', undefined, { held: held(state), currency: state.currency });
}

const isOver = ({ status }: Opened): boolean => status === 'ending' || status === 'closed';

export function notSold(state: Opened): Refused | null {
  if (isOver(state)) return refuse('execution_closed');
  return state.status === 'open' ? refuse('not_sold_yet') : null;
}

const usedReference = ({ references }: Opened, reference: string): Refused | null =>
  references.includes(reference) ? refuse('reference_already_recorded', 'reference') : null;
