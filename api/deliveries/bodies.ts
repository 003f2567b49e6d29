import { z } from 'zod';
import type { Delivery } from '../../prisma/generated/client.ts';
import { acceptedBody, outcomeBody } from '../carry-out.ts';
import { AttentionBody } from '../returns/bodies.ts';

const Time = z.iso.datetime();

export const DeliverySummaryBody = z
  .object({
    tracking: z.string(),
    order: z.string(),
    carrier: z.string(),
    status: z.string(),
    reason: z.string().nullable().meta({ description: 'Why it is not with its buyer.' }),
    carrierStatus: z.string().nullable().meta({ description: 'What the carrier said last.' }),
    attempts: z.int().meta({ description: 'How often the carrier was asked to try again.' }),
    instruction: z.string().nullable().meta({ description: 'What the carrier is told, or was told last.' }),
    holdUntil: Time.nullable().meta({ description: 'Until when the carrier keeps it at a location.' }),
    remedy: z.string().nullable().meta({ description: 'What the buyer gets for goods that come back.' }),
    rma: z.string().nullable().meta({ description: 'The return as which they come back.' }),
    outcome: z.string().nullable(),
    openedAt: Time,
    closedAt: Time.nullable(),
    nextDeadline: Time.nullable(),
    version: z.int(),
    needsPerson: z.array(z.string()).meta({ description: 'Why it needs a person; empty where it does not.' }),
  })
  .meta({ id: 'DeliverySummary' });

export const DeliveryBody = DeliverySummaryBody.extend({
  attention: z.array(AttentionBody),
  timeline: z.array(z.object({ version: z.int(), at: Time, by: z.string(), type: z.string(), sentence: z.string() })),
  links: z.object({ self: z.string(), temporal: z.string() }),
}).meta({ id: 'Delivery' });

const named = { tracking: z.string() };
export const DeliveryOutcomeBody = outcomeBody(named, 'Delivery');
export const DeliveryAcceptedBody = acceptedBody(named, 'Delivery');

/** A row of the read model as it leaves. */
export const deliverySummary = ({
  orderId,
  holdUntil,
  openedAt,
  closedAt,
  nextDeadline,
  attention,
  ...row
}: Delivery & { readonly attention: readonly { readonly reason: string }[] }): z.infer<typeof DeliverySummaryBody> => ({
  ...row,
  order: orderId,
  holdUntil: holdUntil?.toISOString() ?? null,
  openedAt: openedAt.toISOString(),
  closedAt: closedAt?.toISOString() ?? null,
  nextDeadline: nextDeadline?.toISOString() ?? null,
  needsPerson: [...new Set(attention.map(({ reason }) => reason))],
});
