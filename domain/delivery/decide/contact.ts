import { after, type Instant } from '../../time/duration.ts';
import type { DeliveryEvent, DeliveryReason } from '../events.ts';
import { attemptsLeft, type Opened } from '../state.ts';

/** The buyer is asked what is to become of the parcel. */
export function contact(state: Opened, reason: DeliveryReason, at: Instant): DeliveryEvent {
  const answerBy = after(at, state.terms.answerWithin);
  return { type: 'contact_due', reason, answerBy, attemptsLeft: attemptsLeft(state) };
}
