import type { Instant } from '../../duration.ts';
import { raise } from '../../execution/attention.ts';
import { itemKey } from '../../execution/item.ts';
import { type Refused, refuse } from '../../execution/refusals.ts';
import { type Told, toldOf } from '../../execution/telling.ts';
import { unreachable } from '../../unreachable.ts';
import { type LiquidationResolution, liquidationAttention } from '../attention.ts';
import type { LiquidationCommand } from '../commands.ts';
import { bidDeadline, deadlines } from '../due.ts';
import type { LiquidationEvent } from '../events.ts';
import { balance } from '../figures.ts';
import type { Opened } from '../state.ts';
import { mostAllowance, settleComplaint } from './deliver.ts';
import { cancel } from './end.ts';
import { sellAgain, writeOff } from './pay.ts';

type Answer = readonly LiquidationEvent[] | Refused;
type Open = Opened['attention'][string];

/** A person settles what the liquidation could not go on with. What can't be done now is refused, and stays open. */
export function attend(state: Opened, command: Extract<LiquidationCommand, { type: 'resolve' }>): Answer {
  const { resolution, note } = command;
  const open = Object.hasOwn(state.attention, command.attention) ? state.attention[command.attention] : undefined;
  if (open === undefined) return refuse('unknown_attention', 'attention');
  const { attention, reason } = open;
  const allowed: readonly LiquidationResolution[] = liquidationAttention[reason];
  if (!allowed.includes(resolution)) {
    return refuse('resolution_not_allowed', 'resolution', { reason, resolution, allowed: allowed.join(', ') });
  }
  const follows = consequences(state, open, resolution, note);
  return 'refusal' in follows ? follows : [{ type: 'attention_resolved', attention, resolution, note }, ...follows];
}

function consequences(state: Opened, open: Open, resolution: LiquidationResolution, note: string): Answer {
  const { reason, subject } = open;
  switch (resolution) {
    case 'acknowledge':
      return [];
    case 'give_up':
      return cancel(state, note, null);
    case 'donate':
    case 'recycle':
      return cancel(state, note, resolution);
    case 'sell_again':
      return sellAgain(state, note);
    case 'write_off':
      return writeOff(state, note);
    case 'pay_back':
      return [{ type: 'paid_back', reference: null, amount: -balance(state) }];
    case 'allow': {
      const allowance = Math.min(state.complaints[subject]?.asked ?? 0, mostAllowance(state));
      return settleComplaint(state, { type: 'settle_complaint', complaint: subject, allowance, note });
    }
    case 'refuse':
      return settleComplaint(state, { type: 'settle_complaint', complaint: subject, allowance: 0, note });
    case 'retry': {
      if (reason === 'reconciliation') return [{ type: 'reconciliation_retried' }];
      const item = Object.values(state.items).find((each) => itemKey(each) === subject);
      return item === undefined ? [] : [{ type: 'item_retried', rma: item.rma, item: item.item }];
    }
    default:
      return unreachable(resolution);
  }
}

const late = {
  bids: 'liquidation_unsold',
  payment: 'liquidator_payment_late',
  shipment: 'liquidation_shipment_late',
} as const;

/** A timer fired. It counts only if the state still has that deadline and its time has come. */
export function deadlinePassed(state: Opened, deadline: string, due: Instant, at: Instant): Answer {
  const still = deadlines(state).some((each) => each.deadline === deadline && each.at === due && due <= at);
  if (!still) return [];
  if (deadline === 'complaints') return [{ type: 'complaints_over' }];
  if (deadline === 'bids' || deadline === 'payment' || deadline === 'shipment') {
    return [{ type: 'overdue', what: deadline }, ...raise(state, late[deadline], state.number)];
  }
  const bid = Object.keys(state.bids).find((each) => bidDeadline(each) === deadline);
  return bid === undefined ? [] : [{ type: 'bid_lapsed', bid }];
}

/** A return has answered; where it refused what it had let us do, a person looks. */
export function told(state: Opened, effect: string, outcome: Told): Answer {
  return toldOf(state.items, effect, outcome).flatMap((event): LiquidationEvent[] =>
    event.type === 'item_stranded' ? [event, ...raise(state, 'item_stranded', itemKey(event), event.code)] : [event],
  );
}

/**
 * The database's own books disagree with the process: it stays open until a person has looked. One who was about to
 * close it is asked anew: else the same answer would try to close it for ever.
 */
export function ledgerDisagrees(state: Opened, detail: string): Answer {
  if (state.status === 'closed') return [];
  const asked = Object.values(state.attention).filter(({ reason }) => reason === 'reconciliation');
  return [
    ...asked.map(
      ({ attention }) => ({ type: 'attention_resolved', attention, resolution: 'retry', note: null }) as const,
    ),
    { type: 'reconciliation_required', disagreements: [detail] },
    ...raise({ ...state, attention: {} }, 'reconciliation', state.number, detail),
  ];
}

/** Takes out of the people's queue what has settled itself: somebody bought after all, the rest was paid. */
export function resolveMoot(state: Opened): readonly LiquidationEvent[] {
  return Object.values(state.attention).flatMap((open): LiquidationEvent[] =>
    isMoot(state, open)
      ? [{ type: 'attention_resolved', attention: open.attention, resolution: 'acknowledge', note: null }]
      : [],
  );
}

function isMoot(state: Opened, { reason, subject }: Open): boolean {
  const { status } = state;
  switch (reason) {
    case 'liquidation_unsold':
      return status !== 'open' || state.bidsDueAt !== null;
    case 'liquidator_payment_late':
      return (status !== 'sold' && status !== 'shipped') || balance(state) <= 0 || state.paymentDueAt !== null;
    case 'liquidator_short_paid':
      return balance(state) <= 0;
    case 'liquidator_overpaid':
      return balance(state) >= 0;
    case 'liquidation_shipment_late':
      return status !== 'sold' || state.shipmentDueAt !== null;
    case 'manifest_complaint':
      return state.complaints[subject]?.allowance !== null;
    case 'item_stranded':
    case 'reconciliation':
      return false;
    default:
      return unreachable(reason);
  }
}
