import { z } from 'zod';
import { Prisma, type PrismaClient } from '../../prisma/generated/client.ts';
import { endpoint } from '../endpoint.ts';
import { deskOf } from '../executions/desks.ts';
import { networkDeskOf } from '../network/desks.ts';
import { Problem } from '../problem.ts';
import { entryResolutions, type Queue, resolutionsOf, rowOf } from './without-return.ts';

const Resolution = z
  .strictObject({
    id: z.string().min(1).max(300).meta({ description: 'The id of the entry, as the queue names it.' }),
    resolution: z.enum(entryResolutions).meta({
      description: 'retry brings a webhook that was given up back into its queue; acknowledge only ends the entry.',
    }),
  })
  .meta({ id: 'QueueResolution' });

/** Entries of a return are resolved in its process, as they change it; these belong to none. */
export const resolveQueueEntry = endpoint({
  method: 'post',
  path: '/v1/attention/resolutions',
  id: 'resolveQueueEntry',
  tag: 'Attention',
  summary: 'Resolve what belongs to no return',
  description: 'A return’s own entries are resolved at the return, where each reason has its choices.',
  permission: 'attention:resolve',
  body: Resolution,
  responses: { 204: { description: 'The entry has left the queue.' } },
  problems: [404, 409, 422],
  handle: async ({ body: { id, resolution }, caller }, { db }) => {
    const entry = await db.attention.findUnique({ where: { id } });
    if (entry === null) throw new Problem(404, 'attention_not_found', `there is no entry ${id}`, { field: 'id' });
    if (entry.rma !== null) {
      const where = `POST /v1/returns/${entry.rma}/attention/${entry.attention}/resolutions`;
      throw new Problem(422, 'attention_of_a_return', `this belongs to a return; resolve it there: ${where}`, {
        field: 'id',
      });
    }
    if (entry.execution !== null) {
      const execution = await db.execution.findUnique({ where: { number: entry.execution }, select: { kind: true } });
      const { noun, path } = deskOf(execution?.kind ?? '') ?? { noun: 'execution', path: '…' };
      const where = `POST ${path}/${entry.execution}/attention/${entry.attention}/resolutions`;
      throw new Problem(422, 'attention_of_an_execution', `this belongs to a ${noun}; resolve it there: ${where}`, {
        field: 'id',
      });
    }
    if (entry.delivery !== null) {
      const where = `POST /v1/deliveries/${entry.delivery}/attention/${entry.attention}/resolutions`;
      throw new Problem(422, 'attention_of_a_delivery', `this belongs to a delivery; resolve it there: ${where}`, {
        field: 'id',
      });
    }
    if (entry.recall !== null) {
      const where = `POST /v1/recalls/${entry.recall}/attention/${entry.attention}/resolutions`;
      throw new Problem(422, 'attention_of_a_recall', `this belongs to a recall; resolve it there: ${where}`, {
        field: 'id',
      });
    }
    if (entry.network !== null) {
      const row = await db.networkProcess.findUnique({ where: { number: entry.network }, select: { kind: true } });
      const { noun, path } = networkDeskOf(row?.kind ?? '') ?? { noun: 'process of the network', path: '…' };
      const where = `POST ${path}/${entry.network}/attention/${entry.attention}/resolutions`;
      throw new Problem(422, 'attention_of_the_network', `this belongs to a ${noun}; resolve it there: ${where}`, {
        field: 'id',
      });
    }
    if (resolutionsOf(id).length === 0) {
      throw new Problem(422, ...settledElsewhere(entry.reason, entry.subject), { field: 'id' });
    }
    const row = rowOf(id);
    if (resolution === 'retry' && row === null) {
      throw new Problem(422, 'nothing_to_retry', 'there is nothing to try again here; send acknowledge', {
        field: 'resolution',
      });
    }
    await db.$transaction(async (tx) => {
      const { count } = await tx.attention.updateMany({
        where: { id, resolvedAt: null },
        data: { resolvedAt: new Date(), resolution, resolvedBy: caller.id },
      });
      if (count === 0) throw new Problem(409, 'attention_resolved', `${id} was resolved already`, { field: 'id' });
      if (resolution === 'retry' && row !== null) await revive(tx, row.queue, row.key);
    });
    return { status: 204 };
  },
});

/** All attempts anew, from now on. */
async function revive(tx: Pick<PrismaClient, '$executeRaw'>, queue: Queue, key: string): Promise<void> {
  const named =
    queue === 'inbox'
      ? Prisma.sql`inbox SET dead_at = NULL, attempts = 0, next_attempt_at = now() WHERE id::text = ${key}`
      : Prisma.sql`outbox SET dead_at = NULL, attempts = 0, next_attempt_at = now()
          WHERE process || ':' || version || ':' || seq = ${key}`;
  await tx.$executeRaw`UPDATE ${named} AND dead_at IS NOT NULL`;
}

/** What a nod can't settle, with where it is: a code and a sentence. */
function settledElsewhere(reason: string, subject: string): [code: string, detail: string] {
  switch (reason) {
    case 'credit_due':
      return [
        'attention_of_a_bulk_return',
        `issue the credit memo there: POST /v1/bulk-returns/${subject}/credit-memos`,
      ];
    case 'memo_disputed':
      return [
        'attention_of_a_credit_memo',
        `the dispute is answered at credit memo ${subject}: POST …/disputes/{dispute}/answers`,
      ];
    case 'check_failed':
      return ['attention_of_a_check', `say there what came of another attempt: POST /v1/recalls/${subject}/outcomes`];
    case 'count_differs':
      return ['attention_of_a_count', `settle it at the facility: POST /v1/recalls/${subject}/differences`];
    default:
      return [
        'attention_of_a_receipt',
        `these goods lie in quarantine; settle them there: POST /v1/receipts/${subject}/match, or …/disposals`,
      ];
  }
}
