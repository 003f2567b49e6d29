import { evolveCommon } from '../../execution/evolve.ts';
import { after, type Instant } from '../../time/duration.ts';
import type { LiquidationEvent } from '../events.ts';
import type { Opened } from '../state.ts';
import { awaitsPayment, mayLeave } from './sale.ts';

/** A person has settled something, or it has settled itself. */
export function settled(
  state: Opened,
  event: Extract<LiquidationEvent, { type: 'attention_resolved' }>,
  at: Instant,
): Opened {
  const reason = state.attention[event.attention]?.reason;
  const left = evolveCommon(state, event, at);
  return event.note !== null && event.resolution === 'acknowledge' ? awaitedAnew(left, reason, at) : left;
}

/** Who has heard that something takes too long hears of it again after as long. */
function awaitedAnew(state: Opened, reason: string | undefined, at: Instant): Opened {
  const { terms } = state;
  if (reason === 'liquidation_unsold' && state.status === 'open' && state.bidsDueAt === null) {
    return { ...state, bidsDueAt: after(at, terms.bidsWithin) };
  }
  if (reason === 'liquidator_payment_late' && awaitsPayment(state) && state.paymentDueAt === null) {
    return { ...state, paymentDueAt: after(at, terms.paymentWithin) };
  }
  if (reason === 'liquidation_shipment_late' && mayLeave(state) && state.shipmentDueAt === null) {
    return { ...state, shipmentDueAt: after(at, terms.shipmentWithin) };
  }
  return state;
}
