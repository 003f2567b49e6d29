import { after, type Instant } from '../../duration.ts';
import type { LiquidationEvent } from '../events.ts';
import type { Opened } from '../state.ts';
import { awaitsPayment, mayLeave } from './sale.ts';

/** What entered or left the people's queue. */
export function attended(
  state: Opened,
  event: Extract<LiquidationEvent, { type: 'attention_raised' | 'attention_resolved' }>,
  at: Instant,
): Opened {
  if (event.type === 'attention_raised') {
    const { attention, reason, subject } = event;
    return {
      ...state,
      attentionRaised: state.attentionRaised + 1,
      attention: { ...state.attention, [attention]: { attention, reason, subject, raisedAt: at } },
    };
  }
  const { [event.attention]: resolved, ...attention } = state.attention;
  const left = { ...state, attention };
  return event.note !== null && event.resolution === 'acknowledge' ? awaitedAnew(left, resolved?.reason, at) : left;
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
