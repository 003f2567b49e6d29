import { type Deadline, earliestFirst } from '../process/kind.ts';
import { after } from '../time/duration.ts';
import { type DeliveryReason, reasonsOfReturn } from './events.ts';
import { type DeliveryState, isRaised, type Opened } from './state.ts';
import type { Remedy } from './terms.ts';

/** What a delivery asks for: the return of its goods, and that the return knows what its buyer gets. */
export type DeliveryEffect = { readonly id: string; readonly key: string } & (
  | { readonly kind: 'start_return'; readonly reason: (typeof reasonsOfReturn)[DeliveryReason] }
  | { readonly kind: 'choose_remedy'; readonly rma: string; readonly remedy: Remedy }
);

/** What is due now: first the return, then what its buyer gets. */
export function effects(state: DeliveryState): readonly DeliveryEffect[] {
  if (state.status !== 'returning') return [];
  const { rma, remedy, tries, isRemedyTold } = state;
  const named = (kind: DeliveryEffect['kind']) => ({ key: kind, id: `${kind}#${tries}` });
  if (rma === null) {
    if (isRaised(state, 'return_refused')) return [];
    return [{ ...named('start_return'), kind: 'start_return', reason: reasonsOfReturn[state.reason ?? 'other'] }];
  }
  return remedy === null || isRemedyTold ? [] : [{ ...named('choose_remedy'), kind: 'choose_remedy', rma, remedy }];
}

/** All that it waits for by the clock, the earliest first. */
export function deadlines(state: DeliveryState): readonly Deadline[] {
  if (state.status === 'initial') return [];
  return waits(state).sort(earliestFirst);
}

function waits(state: Opened): Deadline[] {
  const { status, terms, since, answerBy, holdUntil, chooseBy, remedy } = state;
  switch (status) {
    case 'contacting':
      return answerBy === null ? [] : [...reminder(state, answerBy), { deadline: 'answer', at: answerBy }];
    case 'attempting':
      return state.isSilent ? [] : [{ deadline: 'attempt', at: after(since, terms.attemptWithin) }];
    case 'held':
      return holdUntil === null ? [] : [...reminder(state, holdUntil), { deadline: 'hold', at: holdUntil }];
    case 'returning':
      return remedy === null && chooseBy !== null ? [{ deadline: 'choice', at: chooseBy }] : [];
    case 'opened':
    case 'instructing':
    case 'closed':
      return [];
  }
}

/** The buyer is reminded of the answer, or of the parcel at its location, as long as that makes sense. */
function reminder({ terms, since, reminders }: Opened, before: string): Deadline[] {
  const next = terms.reminders[reminders];
  const at = next === undefined ? null : after(since, next);
  return at === null || at >= before ? [] : [{ deadline: 'reminder', at }];
}
