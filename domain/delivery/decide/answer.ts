import type { Instant } from '../../time/duration.ts';
import type { DeliveryCommand } from '../commands.ts';
import type { DeliveryEvent } from '../events.ts';
import { type Refused, refuse } from '../refusals.ts';
import { attemptsLeft, type Opened } from '../state.ts';
import { goBack } from './go-back.ts';
import { instruct } from './instruct.ts';

type Answer = readonly DeliveryEvent[] | Refused;

/** The buyer says what is to become of the parcel. */
export function answer(state: Opened, command: Extract<DeliveryCommand, { type: 'answer' }>, at: Instant): Answer {
  if (state.status === 'closed') return refuse('delivery_closed');
  if (state.status !== 'contacting' && state.status !== 'held') return refuse('not_awaiting_answer');
  const { choice, on, location, withdrawal, remedy } = command;
  const answered: DeliveryEvent = { type: 'answered', choice, withdrawal };
  if (choice === 'send_back') {
    const chosen: DeliveryEvent[] = remedy === null ? [] : [{ type: 'remedy_chosen', remedy, by: 'buyer' }];
    return [answered, ...goBack(state, { why: 'buyer', reason: 'refused', withdrawal }, at), ...chosen];
  }
  if (choice !== 'collect' && attemptsLeft(state) === 0) return refuse('no_attempt_left', 'choice');
  return [answered, ...instruct(state, { what: choice, on, location })];
}

/** The buyer, or a person for them, chooses between money and a new shipment. What was chosen stays. */
export function choose(state: Opened, { remedy }: Extract<DeliveryCommand, { type: 'choose' }>): Answer {
  if (state.status === 'closed') return refuse('delivery_closed');
  if (state.status !== 'returning') return refuse('not_coming_back');
  if (state.remedy !== null) return state.remedy === remedy ? [] : refuse('remedy_already_chosen', 'remedy');
  return [{ type: 'remedy_chosen', remedy, by: 'buyer' }];
}
