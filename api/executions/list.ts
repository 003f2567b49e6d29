import { z } from 'zod';
import type { Prisma } from '../../prisma/generated/client.ts';
import { endpoint } from '../endpoint.ts';
import { OutsideCode, Rma } from '../fields.ts';
import { cursorParameter, cursorText, cursorTime, limitParameter, listBody, pageOf } from '../page.ts';
import { ExecutionSummaryBody, executionSummary } from './bodies.ts';
import type { Desk } from './desk.ts';

/** The route that lists the executions of a kind. */
export const listExecutions = (desk: Desk) =>
  endpoint({
    method: 'get',
    path: desk.path,
    id: `list${desk.ids}`,
    tag: desk.tag,
    summary: `List ${desk.noun}s`,
    description: 'Newest first.',
    permission: 'executions:read',
    query: z.strictObject({
      ...query,
      status: z.enum(desk.statuses).optional(),
    }),
    responses: { 200: { description: `A page of ${desk.noun}s.`, schema: listBody(ExecutionSummaryBody) } },
    handle: async ({ query }, { db }) => {
      const rows = await db.execution.findMany({
        where: { kind: desk.kind, ...conditions(query) },
        include: { attention: { where: { resolvedAt: null }, select: { reason: true } } },
        orderBy: [{ requestedAt: 'desc' }, { number: 'desc' }],
        take: query.limit + 1,
      });
      const page = pageOf(rows, query.limit, (row) => [row.requestedAt.toISOString(), row.number]);
      return { status: 200, body: { data: page.rows.map(executionSummary), nextCursor: page.nextCursor } };
    },
  });

const query = {
  party: OutsideCode.optional().meta({ description: 'Who gets the goods.' }),
  facility: OutsideCode.optional(),
  rma: Rma.optional(),
  reference: OutsideCode.optional().meta({ description: 'Their own number for it.' }),
  needsPerson: z.enum(['true', 'false']).optional(),
  limit: limitParameter,
  cursor: cursorParameter(z.tuple([cursorTime, cursorText])),
};

type Query = z.infer<z.ZodObject<typeof query>> & { readonly status?: string | undefined };

function conditions({
  status,
  party,
  facility,
  rma,
  reference,
  needsPerson,
  cursor,
}: Query): Prisma.ExecutionWhereInput {
  const open = { resolvedAt: null };
  return {
    ...(status === undefined ? {} : { status }),
    ...(party === undefined ? {} : { party }),
    ...(facility === undefined ? {} : { facility }),
    ...(reference === undefined ? {} : { reference }),
    ...(rma === undefined ? {} : { items: { some: { rma } } }),
    ...(needsPerson === undefined ? {} : { attention: needsPerson === 'true' ? { some: open } : { none: open } }),
    ...(cursor === undefined
      ? {}
      : { OR: [{ requestedAt: { lt: cursor[0] } }, { requestedAt: cursor[0], number: { lt: cursor[1] } }] }),
  };
}
