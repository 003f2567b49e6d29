import { z } from 'zod';
import { processOf } from '../../activities/journal/process.ts';
import { receiptSchedule } from '../../activities/journal/schedule.ts';
import { readTail } from '../../activities/journal/tail.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { ReceiptSchedule } from '../../domain/return/commands.ts';
import type { ReturnEvent } from '../../domain/return/events.ts';
import { withClient } from '../../prisma/client.ts';
import { endpoint } from '../endpoint.ts';
import { NoteText, Rma } from '../fields.ts';
import { Problem } from '../problem.ts';
import { carryOut, commandResponses, returnNotFound } from './carry-out.ts';
import { noteId } from './notes.ts';

const Extension = z
  .strictObject({
    days: z
      .int()
      .min(1)
      .max(365)
      .optional()
      .meta({ description: 'Days after the present expiry, in the policy’s zone.' }),
    until: z.iso.datetime({ offset: true }).optional().meta({ description: 'Or the new expiry itself.' }),
    note: NoteText,
  })
  .refine(({ days, until }) => (days === undefined) !== (until === undefined), {
    error: 'name either days or until',
    path: ['days'],
  })
  .meta({ id: 'Extension' });

export const extendReturn = endpoint({
  method: 'post',
  path: '/v1/returns/{rma}/extensions',
  id: 'extendReturn',
  tag: 'Returns',
  summary: 'Give the buyer more time to send the goods',
  description: 'Reminders and escalation move with the expiry.',
  permission: 'returns:decide',
  params: z.object({ rma: Rma }),
  body: Extension,
  responses: commandResponses,
  problems: [404],
  handle: async (call, api) => {
    const { rma } = call.params;
    const { days, until } = call.body;
    const { rows } = await withClient(api.pool, (client) => readTail(client, processOf(rma), 0));
    const known = scheduleOf(rows.flatMap(({ events }) => events));
    if (known === null) throw returnNotFound(rma);
    const now = new Date();
    const expiry = until === undefined ? daysLater(known.policy, known.schedule.expiry, days ?? 0) : new Date(until);
    if (expiry.getTime() <= now.getTime()) {
      const field = until === undefined ? 'days' : 'until';
      throw new Problem(422, 'schedule_in_the_past', `${field}: the new expiry lies in the past; choose a later time`, {
        field,
      });
    }
    const note = { id: noteId(call.commandId), text: call.body.note };
    const schedule = moved(known.schedule, expiry, now);
    return await carryOut(api, call, rma, { type: 'extend', schedule, note: note.id }, [note]);
  },
});

function scheduleOf(events: readonly ReturnEvent[]): { policy: Policy; schedule: ReceiptSchedule } | null {
  const requested = events.find((event) => event.type === 'requested');
  if (requested === undefined) return null;
  const last = events.findLast((event) => event.type === 'authorized' || event.type === 'receipt_extended');
  return { policy: requested.facts.policy, schedule: last?.schedule ?? requested.facts.schedule };
}

/** The end of the day that lies so many calendar days after the one that an expiry ends. */
function daysLater(policy: Policy, expiry: string, days: number): Date {
  const within = new Date(Date.parse(expiry) - 1).toISOString();
  const receipt = { ...policy.receipt, expiry: `P${days}D` };
  return new Date(receiptSchedule({ ...policy, receipt }, within).expiry);
}

/** Everything at its old distance from the expiry; what would lie in the past by that is left out or comes half-way. */
function moved(schedule: ReceiptSchedule, expiry: Date, now: Date): ReceiptSchedule {
  const shift = expiry.getTime() - Date.parse(schedule.expiry);
  const shifted = (instant: string) => Date.parse(instant) + shift;
  const halfway = now.getTime() + (expiry.getTime() - now.getTime()) / 2;
  const escalation = shifted(schedule.escalation);
  return {
    reminders: schedule.reminders
      .map(shifted)
      .filter((at) => at > now.getTime())
      .map(toInstant),
    escalation: toInstant(escalation > now.getTime() ? escalation : halfway),
    expiry: expiry.toISOString(),
  };
}

const toInstant = (milliseconds: number) => new Date(milliseconds).toISOString();
