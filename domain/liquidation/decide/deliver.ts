import { type Refused, refuse } from '../../execution/refusals.ts';
import { barredByRecall } from '../../execution/stop-sale.ts';
import { raise } from '../../process/attention.ts';
import type { Instant } from '../../time/duration.ts';
import type { LiquidationCommand } from '../commands.ts';
import type { LiquidationEvent } from '../events.ts';
import { mayLeave } from '../evolve/sale.ts';
import { agreed, itemsOf } from '../figures.ts';
import type { Opened } from '../state.ts';
import { wrongAmount } from './amount.ts';
import { notSold } from './pay.ts';

type Answer = readonly LiquidationEvent[] | Refused;
type Command<T extends LiquidationCommand['type']> = Extract<LiquidationCommand, { type: T }>;

/** More complaints than that about one manifest are a conversation, not complaints. */
const MOST_COMPLAINTS = 100;

/** The goods have left, by a carrier or with the liquidator; from now on it may complain about them. */
export function ship(state: Opened, { carrier, reference }: Command<'ship'>): Answer {
  const wrong = notSold(state);
  if (wrong !== null) return wrong;
  if (state.status === 'shipped') return refuse('already_shipped');
  if (!mayLeave(state)) return refuse('not_paid_yet');
  return barredByRecall(state) ?? [{ type: 'shipped', carrier, reference }];
}

/** The liquidator says that something of the manifest is missing, or of a lower grade. */
export function complain(state: Opened, command: Command<'record_complaint'>, at: Instant): Answer {
  const wrong = notSold(state);
  if (wrong !== null) return wrong;
  if (state.status !== 'shipped') return refuse('not_shipped_yet');
  const { type: _, ...said } = command;
  const complaints = Object.values(state.complaints);
  if (complaints.some(({ reference }) => reference === said.reference)) {
    return refuse('reference_already_recorded', 'reference');
  }
  if (state.complaintsUntil === null || state.complaintsUntil < at) return refuse('complaint_too_late');
  if (complaints.length >= MOST_COMPLAINTS) return refuse('too_many_complaints', undefined, { most: MOST_COMPLAINTS });
  const units = itemsOf(state, said).reduce((sum, { quantity }) => sum + quantity, 0);
  if (units === 0) return refuse('not_on_manifest', 'sku');
  if (!(said.quantity >= 1 && said.quantity <= units)) {
    return refuse('more_than_on_manifest', 'quantity', { asked: said.quantity, available: units });
  }
  const complaint = `C${complaints.length + 1}`;
  return (
    wrongAmount(said.asked, 'asked') ?? [
      { type: 'complaint_made', complaint, ...said },
      ...raise(state, 'manifest_complaint', complaint, String(said.asked)),
    ]
  );
}

/** What the liquidator gets off the price for it: nothing where we refuse, never more than it asks or is to pay. */
export function settleComplaint(
  state: Opened,
  { complaint: id, allowance, note }: Command<'settle_complaint'>,
): Answer {
  const wrong = notSold(state);
  if (wrong !== null) return wrong;
  const complaint = Object.hasOwn(state.complaints, id) ? state.complaints[id] : undefined;
  if (complaint === undefined) return refuse('unknown_complaint', 'complaint');
  if (complaint.allowance !== null) return refuse('complaint_settled_already', 'complaint');
  if (!Number.isSafeInteger(allowance) || allowance < 0) return refuse('amount_not_positive', 'allowance');
  const most = Math.min(complaint.asked, mostAllowance(state));
  if (allowance > most)
    return refuse('allowance_too_large', 'allowance', { asked: allowance, available: most, currency: state.currency });
  return [{ type: 'complaint_settled', complaint: id, allowance, note }];
}

/** What was written off can't be got off the price as well. */
export const mostAllowance = (state: Opened): number => agreed(state) - (state.sale?.writtenOff ?? 0);
