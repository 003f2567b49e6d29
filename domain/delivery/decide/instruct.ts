import { raise } from '../../process/attention.ts';
import { after, type Instant } from '../../time/duration.ts';
import type { DeliveryCommand } from '../commands.ts';
import type { DeliveryEvent, Instruction } from '../events.ts';
import { type Refused, refuse } from '../refusals.ts';
import type { Opened } from '../state.ts';
import { contact } from './contact.ts';

/** Tells the carrier what to do. It is told by who hears of the event, or by a person. */
export function instruct(state: Opened, what: Omit<Instruction, 'instruction'>): DeliveryEvent[] {
  const instruction = `I${state.instructions + 1}`;
  return [{ type: 'instructed', instruction, ...what }, ...raise(state, 'carrier_instruction', instruction, what.what)];
}

/** Whoever told the carrier says what it answered. Said again it changes nothing. */
export function instructed(
  state: Opened,
  { instruction, outcome, until }: Extract<DeliveryCommand, { type: 'instruct' }>,
  at: Instant,
): readonly DeliveryEvent[] | Refused {
  if (
    state.instruction === null ||
    Number(instruction.slice(1)) > state.instructions ||
    !/^I[1-9]\d*$/.test(instruction)
  ) {
    return refuse('unknown_instruction', 'instruction');
  }
  if (until !== null && until <= at) return refuse('time_in_the_past', 'until');
  const open = Object.values(state.attention).find(
    ({ reason, subject }) => reason === 'carrier_instruction' && subject === instruction,
  );
  if (open === undefined || state.instruction.instruction !== instruction) return [];
  return [
    { type: 'attention_resolved', attention: open.attention, resolution: outcome, note: null },
    ...(outcome === 'done' ? carriedOut(state, until, at) : notCarriedOut(state, at)),
  ];
}

/** The carrier does what it was told. */
export function carriedOut(state: Opened, until: Instant | null, at: Instant): DeliveryEvent[] {
  if (state.status !== 'instructing' || state.instruction === null) return [];
  switch (state.instruction.what) {
    case 'correct_address':
    case 'redeliver':
      return [{ type: 'attempt_due', attempt: state.attempts + 1 }];
    case 'collect':
      return [{ type: 'held', until: until ?? after(at, state.terms.holdFor) }];
    case 'send_back':
      return [];
  }
}

/** The carrier doesn't: the buyer is asked for something else. That goods are coming back stays as it is. */
export function notCarriedOut(state: Opened, at: Instant): DeliveryEvent[] {
  if (state.instruction === null) return [];
  const refused: DeliveryEvent = { type: 'instruction_refused', instruction: state.instruction.instruction };
  return state.status === 'instructing' ? [refused, contact(state, state.reason ?? 'other', at)] : [refused];
}
