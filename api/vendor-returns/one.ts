import { z } from 'zod';
import { vendorReturnProcess } from '../../activities/journal/process.ts';
import { readTail } from '../../activities/journal/tail.ts';
import { vendorReturnAttention } from '../../domain/vendor-return/attention.ts';
import type { VendorReturnKind } from '../../domain/vendor-return/kind.ts';
import { withClient } from '../../prisma/client.ts';
import type { Api } from '../api.ts';
import { attentionOut } from '../attention/out.ts';
import { endpoint } from '../endpoint.ts';
import { ExecutionBody, executionItemOut, executionSummary } from '../executions/bodies.ts';
import { executionNumberField } from '../fields.ts';
import { isRunning, vendorReturnNotFound } from './carry-out.ts';
import { vendorReturnSentence, vendorReturnSentences } from './sentences.ts';

export const VendorReturnNumber = executionNumberField('vendor_return', 'VR-73MN-Q9TX-0');

export const getVendorReturn = endpoint({
  method: 'get',
  path: '/v1/vendor-returns/{number}',
  id: 'getVendorReturn',
  tag: 'Vendor returns',
  summary: 'One vendor return with its timeline',
  permission: 'executions:read',
  params: z.object({ number: VendorReturnNumber }),
  responses: {
    200: { description: 'The vendor return.', schema: ExecutionBody },
    202: {
      description: 'It was requested, and begins as soon as a worker is there.',
      schema: z.object({ number: z.string(), status: z.literal('starting') }),
    },
    304: { description: 'Nothing has changed.' },
  },
  problems: [404],
  handle: async ({ params: { number } }, api) => {
    const body = await findVendorReturn(api, number);
    if (body !== null) return { status: 200, body, headers: { etag: `W/"${body.version}"` } };
    if (!(await isRunning(api, number))) throw vendorReturnNotFound(number);
    return { status: 202, body: { number, status: 'starting' }, headers: { 'retry-after': '1' } };
  },
});

/** A vendor return as it leaves; null where the read model has none. */
export async function findVendorReturn(api: Api, number: string): Promise<z.infer<typeof ExecutionBody> | null> {
  const row = await api.db.execution.findUnique({
    where: { number },
    include: {
      items: { orderBy: [{ rma: 'asc' }, { item: 'asc' }] },
      attention: { where: { resolvedAt: null }, orderBy: { raisedAt: 'asc' } },
    },
  });
  if (row === null) return null;
  const id = vendorReturnProcess(number);
  const { rows } = await withClient(api.pool, (client) => readTail<VendorReturnKind>(client, id, 0));
  return {
    ...executionSummary(row),
    items: row.items.map((item) => executionItemOut(item, row.currency)),
    attention: row.attention.map((open) => attentionOut(open, vendorReturnSentences, vendorReturnAttention)),
    // The row and the journal are read one after the other: what came between is for the next request.
    timeline: rows
      .filter(({ version }) => version <= row.version)
      .flatMap(({ version, at, by, events }) =>
        events.map((event) => ({
          version,
          at,
          by,
          type: event.type,
          sentence: vendorReturnSentence(event, row.currency),
        })),
      ),
    links: vendorReturnLinks(api, number),
  };
}

/** Where a vendor return is read, by people and by engineers. */
export function vendorReturnLinks({ publicUrl, temporalUi }: Api, number: string) {
  const run = encodeURIComponent(vendorReturnProcess(number));
  return {
    self: `${publicUrl}/v1/vendor-returns/${number}`,
    temporal: `${temporalUi.url}/namespaces/${temporalUi.namespace}/workflows/${run}`,
  };
}
