import { z } from 'zod';
import { vendorReturnStatuses } from '../../domain/vendor-return/state.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { endpoint } from '../endpoint.ts';
import { ExecutionSummaryBody, executionSummary } from '../executions/bodies.ts';
import { OutsideCode, Rma } from '../fields.ts';
import { cursorParameter, cursorText, cursorTime, limitParameter, listBody, pageOf } from '../page.ts';

const Query = z.strictObject({
  status: z.enum(vendorReturnStatuses).optional(),
  vendor: OutsideCode.optional(),
  facility: OutsideCode.optional(),
  rma: Rma.optional(),
  reference: OutsideCode.optional().meta({ description: 'The vendor’s own number.' }),
  needsPerson: z.enum(['true', 'false']).optional(),
  limit: limitParameter,
  cursor: cursorParameter(z.tuple([cursorTime, cursorText])),
});

export const listVendorReturns = endpoint({
  method: 'get',
  path: '/v1/vendor-returns',
  id: 'listVendorReturns',
  tag: 'Vendor returns',
  summary: 'List vendor returns',
  description: 'Newest first.',
  permission: 'executions:read',
  query: Query,
  responses: { 200: { description: 'A page of vendor returns.', schema: listBody(ExecutionSummaryBody) } },
  handle: async ({ query }, { db }) => {
    const rows = await db.execution.findMany({
      where: conditions(query),
      include: { attention: { where: { resolvedAt: null }, select: { reason: true } } },
      orderBy: [{ requestedAt: 'desc' }, { number: 'desc' }],
      take: query.limit + 1,
    });
    const page = pageOf(rows, query.limit, (row) => [row.requestedAt.toISOString(), row.number]);
    return { status: 200, body: { data: page.rows.map(executionSummary), nextCursor: page.nextCursor } };
  },
});

function conditions(query: z.infer<typeof Query>): Prisma.ExecutionWhereInput {
  const { status, vendor, facility, rma, reference, needsPerson, cursor } = query;
  const open = { resolvedAt: null };
  return {
    kind: 'vendor_return',
    ...(status === undefined ? {} : { status }),
    ...(vendor === undefined ? {} : { party: vendor }),
    ...(facility === undefined ? {} : { facility }),
    ...(reference === undefined ? {} : { reference }),
    ...(rma === undefined ? {} : { items: { some: { rma } } }),
    ...(needsPerson === undefined ? {} : { attention: needsPerson === 'true' ? { some: open } : { none: open } }),
    ...(cursor === undefined
      ? {}
      : { OR: [{ requestedAt: { lt: cursor[0] } }, { requestedAt: cursor[0], number: { lt: cursor[1] } }] }),
  };
}
