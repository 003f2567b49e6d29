import { z } from 'zod';
import { consigneeStates } from '../../domain/recall/notices.ts';
import { parseRecallNumber } from '../../domain/recall/number.ts';
import { recallStatuses } from '../../domain/recall/state.ts';
import { depths, effectivenessLevels, hazardClasses, recallKinds } from '../../domain/recall/terms.ts';
import type { Recall } from '../../prisma/generated/client.ts';
import { acceptedBody, outcomeBody } from '../carry-out.ts';
import { AttentionBody } from '../returns/bodies.ts';
import { ConfirmationsBody } from './facilities/bodies.ts';

const Time = z.iso.datetime();

/** The number of a recall, in its one form. */
export const RecallNumber = z
  .string()
  .max(40)
  .transform((text, context) => {
    const number = parseRecallNumber(text);
    if (number !== null) return number;
    context.addIssue({
      code: 'custom',
      message: 'is not a recall’s number, or was misread; it looks like RC-7K3M-Q9TX-0',
      params: { code: 'number_malformed' },
    });
    return z.NEVER;
  })
  .meta({ description: 'The number of the recall.', example: 'RC-7K3M-Q9TX-0', override: { type: 'string' } });

export const RecallSummaryBody = z
  .object({
    number: z.string(),
    kind: z.enum(recallKinds),
    hazardClass: z.enum(hazardClasses).nullable().meta({ description: 'Null for as long as none was assigned.' }),
    depth: z.enum(depths),
    mandated: z.boolean().meta({ description: 'An authority ordered it.' }),
    mock: z.boolean().meta({ description: 'A drill: nothing is sent and no goods are held.' }),
    effectiveness: z.enum(effectivenessLevels),
    checkShare: z
      .int()
      .nullable()
      .meta({ description: 'Of level B: how many consignees are checked, in basis points.' }),
    status: z.enum(recallStatuses),
    paused: z.boolean(),
    perMinute: z.int(),
    scopeVersion: z.int(),
    consignees: z.int().meta({ description: 'Who is written to; known once waves are planned.' }),
    lots: z.int(),
    facilities: z.int(),
    shippedUnits: z.int().meta({ description: 'Affected units that consignees have, by the newest trace.' }),
    heldUnits: z.int().meta({ description: 'Affected units in facilities, by the newest trace.' }),
    waves: z.int(),
    wavesStarted: z.int(),
    wavesEnded: z.int(),
    traceMilliseconds: z.int().nullable().meta({ description: 'How long the newest trace took.' }),
    estimatedOn: z.iso.date().nullable().meta({ description: 'When it is expected to be completed.' }),
    outcome: z.string().nullable(),
    draftedAt: Time,
    launchedAt: Time.nullable(),
    stoppedAt: Time.nullable().meta({ description: 'When the first stop sale was in place.' }),
    notifiedAt: Time.nullable().meta({ description: 'When every consignee was sent a first notice, or could not be.' }),
    completedAt: Time.nullable(),
    closedAt: Time.nullable(),
    version: z.int(),
    needsPerson: z.array(z.string()).meta({ description: 'Why it needs a person; empty where it does not.' }),
  })
  .meta({ id: 'RecallSummary' });

export const RecallBody = RecallSummaryBody.extend({
  openQuestions: z.int().meta({ description: 'Questions of its record that its launch waits for.' }),
  confirmations: ConfirmationsBody,
  attention: z.array(AttentionBody),
  timeline: z.array(z.object({ version: z.int(), at: Time, by: z.string(), type: z.string(), sentence: z.string() })),
  links: z.object({ self: z.string(), temporal: z.string() }),
}).meta({ id: 'Recall' });

const named = { number: z.string() };
export const RecallOutcomeBody = outcomeBody(named, 'Recall');
export const RecallAcceptedBody = acceptedBody(named, 'Recall');

export const RecallConsigneeBody = z
  .object({
    consignee: z.string(),
    kind: z.string(),
    wave: z.int(),
    state: z.enum(consigneeStates),
    lastSentAt: Time.nullable(),
    nextDue: Time.nullable().meta({ description: 'When it hears from us next; null where it does not.' }),
    nextNotice: z.string().nullable(),
    notices: z.array(
      z.object({
        kind: z.string(),
        number: z.int(),
        scopeVersion: z.int(),
        round: z.int().meta({ description: 'How often it was written to anew about the same scope, from 1.' }),
        channel: z.string(),
        state: z.string(),
        code: z.string().nullable(),
        attempts: z.int(),
        sentAt: Time.nullable(),
      }),
    ),
  })
  .meta({ id: 'RecallConsignee' });

const timeOut = (at: Date | null) => at?.toISOString() ?? null;

/** A row of the read model as it leaves. */
export function recallSummary({
  schedules: _,
  confirmWithin: _____,
  waveSize: __,
  plannedVersion: ___,
  attention,
  ...row
}: Recall & { readonly attention: readonly { readonly reason: string }[] }): z.infer<typeof RecallSummaryBody> {
  return RecallSummaryBody.parse({
    ...row,
    estimatedOn: row.estimatedOn?.toISOString().slice(0, 10) ?? null,
    shippedUnits: Number(row.shippedUnits),
    heldUnits: Number(row.heldUnits),
    draftedAt: row.draftedAt.toISOString(),
    launchedAt: timeOut(row.launchedAt),
    stoppedAt: timeOut(row.stoppedAt),
    notifiedAt: timeOut(row.notifiedAt),
    completedAt: timeOut(row.completedAt),
    closedAt: timeOut(row.closedAt),
    needsPerson: [...new Set(attention.map(({ reason }) => reason))],
  });
}
