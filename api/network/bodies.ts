import { z } from 'zod';
import type { NetworkProcess } from '../../prisma/generated/client.ts';
import { acceptedBody, outcomeBody } from '../carry-out.ts';
import { AttentionBody } from '../returns/bodies.ts';

const Time = z.iso.datetime();

/** What all summaries of processes of the network have; each kind adds its own. */
export const networkSummaryShape = {
  number: z.string(),
  status: z.string(),
  openedAt: Time,
  closedAt: Time.nullable(),
  nextDeadline: Time.nullable(),
  outcome: z.string().nullable(),
  version: z.int(),
  needsPerson: z.array(z.string()).meta({ description: 'Why it needs a person; empty where it does not.' }),
};

/** What is told of one beside its summary and its own rows. */
export const networkWholeShape = {
  attention: z.array(AttentionBody),
  timeline: z.array(z.object({ version: z.int(), at: Time, by: z.string(), type: z.string(), sentence: z.string() })),
  links: z.object({ self: z.string(), temporal: z.string() }),
};

const named = { number: z.string() };
export const NetworkOutcomeBody = outcomeBody(named, 'NetworkProcess');
export const NetworkAcceptedBody = acceptedBody(named, 'NetworkProcess');

/** What of a row of the read model is alike for all, as it leaves. */
export const networkSummary = (
  row: NetworkProcess & { readonly attention: readonly { readonly reason: string }[] },
) => ({
  number: row.number,
  status: row.status,
  openedAt: row.openedAt.toISOString(),
  closedAt: row.closedAt?.toISOString() ?? null,
  nextDeadline: row.nextDeadline?.toISOString() ?? null,
  outcome: row.outcome,
  version: row.version,
  needsPerson: [...new Set(row.attention.map(({ reason }) => reason))],
});
