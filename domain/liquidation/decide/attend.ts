import { attending } from '../../execution/attend.ts';
import type { OwnReason, OwnResolution } from '../../execution/attention.ts';
import { type Refused, refuse } from '../../execution/refusals.ts';
import { raise } from '../../process/attention.ts';
import type { Deadline } from '../../process/kind.ts';
import { unreachable } from '../../unreachable.ts';
import { type LiquidationReason, type LiquidationResolution, liquidationAttention } from '../attention.ts';
import { bidDeadline, deadlines } from '../due.ts';
import type { LiquidationEvent } from '../events.ts';
import { balance } from '../figures.ts';
import type { Opened } from '../state.ts';
import { mostAllowance, settleComplaint } from './deliver.ts';
import { cancel } from './end.ts';
import { sellAgain, writeOff } from './pay.ts';

/** What people settle, and what times and the returns' answers lead to. */
export const { decideCommon, resolveMoot } = attending({
  attention: liquidationAttention,
  deadlines,
  consequences,
  overdue,
  hasLeft: ({ status }) => status !== 'open' && status !== 'sold',
  barsTakingOut: ({ status }) => (status === 'sold' ? refuse('already_sold') : null),
  isMoot,
});

type Settled = {
  readonly subject: string;
  readonly resolution: OwnResolution<LiquidationResolution>;
  readonly note: string;
};

function consequences(state: Opened, { subject, resolution, note }: Settled): readonly LiquidationEvent[] | Refused {
  switch (resolution) {
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
    default:
      return unreachable(resolution);
  }
}

const late = {
  bids: 'liquidation_unsold',
  payment: 'liquidator_payment_late',
  shipment: 'liquidation_shipment_late',
} as const;

function overdue(state: Opened, { deadline }: Deadline): readonly LiquidationEvent[] {
  if (deadline === 'complaints') return [{ type: 'complaints_over' }];
  if (deadline === 'bids' || deadline === 'payment' || deadline === 'shipment') {
    return [{ type: 'overdue', what: deadline }, ...raise(state, late[deadline], state.number)];
  }
  const bid = Object.keys(state.bids).find((each) => bidDeadline(each) === deadline);
  return bid === undefined ? [] : [{ type: 'bid_lapsed', bid }];
}

type Asked = { readonly reason: OwnReason<LiquidationReason>; readonly subject: string };

/** Somebody bought after all, the rest was paid. */
function isMoot(state: Opened, { reason, subject }: Asked): boolean {
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
    default:
      return unreachable(reason);
  }
}
