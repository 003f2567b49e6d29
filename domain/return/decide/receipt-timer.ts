import type { Instant } from '../../time/duration.ts';
import type { ReturnCommand } from '../commands.ts';
import { outstanding } from '../parcel.ts';
import { type Answer, refuse } from '../refuse.ts';
import type { Opened } from '../state.ts';

/** Gives the buyer more time: a new schedule in place of the old one. */
export function extend(state: Opened, command: Extract<ReturnCommand, { type: 'extend' }>, at: Instant): Answer {
  if (state.phase === 'closed') return refuse('return_closed');
  if (state.phase !== 'open') return refuse('not_authorized');
  if (outstanding(state) === 0) return refuse('nothing_outstanding');
  if (command.schedule.expiry <= at) return refuse('schedule_in_the_past', 'schedule.expiry');
  return [{ type: 'receipt_extended', schedule: command.schedule, note: command.note }];
}
