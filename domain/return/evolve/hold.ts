import type { Instant } from '../../time/duration.ts';
import { unreachable } from '../../unreachable.ts';
import type { HoldEvent } from '../events/hold.ts';
import type { HoldState } from '../hold.ts';
import type { Opened } from '../state.ts';
import { payClawback } from './claw-back.ts';

/** What is held on the buyer's card. */
export function evolveHold(state: Opened, event: HoldEvent, at: Instant): Opened {
  switch (event.type) {
    case 'hold_wanted': {
      const { hold, payment, providerPaymentId, amount } = event;
      const wanted = { state: 'wanted', taken: 0, providerId: null, since: at } as const;
      return { ...state, hold: { hold, payment, providerPaymentId, amount: amount.amount, ...wanted } };
    }
    case 'hold_placed':
      return change(state, { state: 'held', providerId: event.providerId, since: at });
    case 'hold_refused':
      return change(state, { state: 'refused' });
    case 'hold_capture_due':
      return change(state, { state: 'capturing', taken: event.amount });
    case 'hold_captured':
      return event.of.reduce(
        (next, { clawback, amount }) => payClawback(next, clawback, amount),
        change(state, { state: 'captured' }),
      );
    case 'hold_lapsed':
      return change(state, { state: 'lapsed', taken: 0 });
    case 'hold_release_due':
      return change(state, { state: 'releasing' });
    case 'hold_released':
      return change(state, { state: 'released' });
    default:
      return unreachable(event);
  }
}

const change = (state: Opened, to: Partial<HoldState>): Opened =>
  state.hold === undefined ? state : { ...state, hold: { ...state.hold, ...to } };
