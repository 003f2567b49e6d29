import { after, type Instant } from '../../time/duration.ts';
import type { DeliveryEvent, DeliveryReason, WhyBack } from '../events.ts';
import type { Opened } from '../state.ts';
import { instruct } from './instruct.ts';

/**
 * The goods go back to us: a return of theirs is due. Unless the carrier has begun to bring them by itself, it is told to.
 * To refuse goods is to withdraw from the sale only where that is declared, or the policy takes it for that.
 */
export function goBack(
  state: Opened,
  {
    why,
    reason,
    withdrawal = false,
  }: { readonly why: WhyBack; readonly reason: DeliveryReason; readonly withdrawal?: boolean },
  at: Instant,
): DeliveryEvent[] {
  const { terms } = state;
  const isWithdrawal = withdrawal || state.withdrawal || (reason === 'refused' && terms.refusalIsWithdrawal);
  const due: DeliveryEvent = {
    type: 'return_due',
    reason,
    why,
    withdrawal: isWithdrawal,
    chooseBy: after(at, terms.chooseWithin),
  };
  return [due, ...(why === 'carrier' ? [] : instruct(state, { what: 'send_back', on: null, location: null }))];
}
