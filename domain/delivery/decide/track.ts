import { after, type Instant } from '../../time/duration.ts';
import type { DeliveryCommand } from '../commands.ts';
import type { DeliveryEvent, DeliveryReason } from '../events.ts';
import { attemptsLeft, type Opened } from '../state.ts';
import { contact } from './contact.ts';
import { goBack } from './go-back.ts';

/**
 * News of the carrier. It comes late, twice and out of order: only what is newer than what is known changes anything.
 * Once the goods come back, their return has its own news.
 */
export function track(
  state: Opened,
  { status, reason, at: told }: Extract<DeliveryCommand, { type: 'track' }>,
  at: Instant,
): readonly DeliveryEvent[] {
  const { tracked } = state;
  const isStale = tracked !== null && (told < tracked.at || (told === tracked.at && status === tracked.status));
  if (state.status === 'closed' || isStale) return [];
  const news: DeliveryEvent = { type: 'tracked', status, at: told, reason };
  if (state.status === 'returning') return [news];
  return [news, ...consequences(state, status, reason, at)];
}

function consequences(
  state: Opened,
  status: Extract<DeliveryCommand, { type: 'track' }>['status'],
  reason: DeliveryReason | null,
  at: Instant,
): DeliveryEvent[] {
  switch (status) {
    case 'delivered':
      return [{ type: 'closed', outcome: 'delivered' }];
    case 'return_to_sender':
      return goBack(state, { why: 'carrier', reason: reason ?? state.reason ?? 'other' }, at);
    case 'available_for_pickup':
      return state.status === 'held' ? [] : [{ type: 'held', until: after(at, state.terms.holdFor) }];
    case 'failure':
    case 'cancelled':
      return isGone(reason) ? goBack(state, { why: 'carrier', reason }, at) : exception(state, reason ?? 'other', at);
    case 'out_for_delivery':
      return isToTryAgain(state) ? [{ type: 'attempt_due', attempt: state.attempts + 1 }] : [];
    case 'pre_transit':
    case 'in_transit':
    case 'unknown':
      return reason === null ? [] : exception(state, reason, at);
  }
}

/** There is nothing left to deliver: the carrier answers for it. */
const isGone = (reason: DeliveryReason | null): reason is 'damaged' | 'lost' =>
  reason === 'damaged' || reason === 'lost';

/** The carrier does what it was to be told, before anybody has said so. */
const isToTryAgain = ({ status, instruction }: Opened): boolean =>
  status === 'instructing' && (instruction?.what === 'redeliver' || instruction?.what === 'correct_address');

/** Something went wrong on the way: the buyer is asked, unless that is under way or was in vain. */
function exception(state: Opened, reason: DeliveryReason, at: Instant): DeliveryEvent[] {
  switch (state.status) {
    case 'opened':
      return [contact(state, reason, at)];
    case 'attempting':
      return attemptsLeft(state) > 0 ? [contact(state, reason, at)] : goBack(state, { why: 'attempts', reason }, at);
    case 'contacting':
    case 'instructing':
    case 'held':
    case 'returning':
    case 'closed':
      return [];
  }
}
