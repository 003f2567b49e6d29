import { z } from 'zod';
import { deliveryProcess } from '../../activities/journal/process.ts';
import { readTail } from '../../activities/journal/tail.ts';
import { deliveryAttention } from '../../domain/delivery/attention.ts';
import type { DeliveryKind } from '../../domain/delivery/kind.ts';
import { deliveryStatuses } from '../../domain/delivery/state.ts';
import { withClient } from '../../prisma/client.ts';
import type { Api } from '../api.ts';
import { attentionOut } from '../attention/out.ts';
import { endpoint } from '../endpoint.ts';
import { OutsideCode, Tracking } from '../fields.ts';
import { cursorParameter, cursorText, cursorTime, limitParameter, listBody, pageOf } from '../page.ts';
import { DeliveryBody, DeliverySummaryBody, deliverySummary } from './bodies.ts';
import { deliveryNotFound } from './carry-out.ts';
import { deliverySentence, deliverySentences } from './sentences.ts';

const open = { resolvedAt: null };

export const listDeliveries = endpoint({
  method: 'get',
  path: '/v1/deliveries',
  id: 'listDeliveries',
  tag: 'Deliveries',
  summary: 'List deliveries that went wrong',
  description: 'Newest first.',
  permission: 'returns:read',
  query: z.strictObject({
    status: z.enum(deliveryStatuses).optional(),
    order: OutsideCode.optional(),
    needsPerson: z.enum(['true', 'false']).optional(),
    limit: limitParameter,
    cursor: cursorParameter(z.tuple([cursorTime, cursorText])),
  }),
  responses: { 200: { description: 'A page of deliveries.', schema: listBody(DeliverySummaryBody) } },
  handle: async ({ query: { status, order, needsPerson, limit, cursor } }, { db }) => {
    const rows = await db.delivery.findMany({
      where: {
        ...(status === undefined ? {} : { status }),
        ...(order === undefined ? {} : { orderId: order }),
        ...(needsPerson === undefined ? {} : { attention: needsPerson === 'true' ? { some: open } : { none: open } }),
        ...(cursor === undefined
          ? {}
          : { OR: [{ openedAt: { lt: cursor[0] } }, { openedAt: cursor[0], tracking: { lt: cursor[1] } }] }),
      },
      include: { attention: { where: open, select: { reason: true } } },
      orderBy: [{ openedAt: 'desc' }, { tracking: 'desc' }],
      take: limit + 1,
    });
    const page = pageOf(rows, limit, (row) => [row.openedAt.toISOString(), row.tracking]);
    return { status: 200, body: { data: page.rows.map(deliverySummary), nextCursor: page.nextCursor } };
  },
});

export const getDelivery = endpoint({
  method: 'get',
  path: '/v1/deliveries/{tracking}',
  id: 'getDelivery',
  tag: 'Deliveries',
  summary: 'One delivery that went wrong, with its timeline',
  permission: 'returns:read',
  params: z.object({ tracking: Tracking }),
  responses: {
    200: { description: 'The delivery.', schema: DeliveryBody },
    304: { description: 'Nothing has changed.' },
  },
  problems: [404],
  handle: async ({ params: { tracking } }, api) => {
    const row = await api.db.delivery.findUnique({
      where: { tracking },
      include: { attention: { where: open, orderBy: { raisedAt: 'asc' } } },
    });
    if (row === null) throw deliveryNotFound(tracking);
    const { rows } = await withClient(api.pool, (client) =>
      readTail<DeliveryKind>(client, deliveryProcess(tracking), 0),
    );
    const body: z.infer<typeof DeliveryBody> = {
      ...deliverySummary(row),
      attention: row.attention.map((one) => attentionOut(one, deliverySentences, deliveryAttention, null)),
      // The row and the journal are read one after the other: what came between is for the next request.
      timeline: rows
        .filter(({ version }) => version <= row.version)
        .flatMap(({ version, at, by, events }) =>
          events.map((event) => ({ version, at, by, type: event.type, sentence: deliverySentence(event) })),
        ),
      links: deliveryLinks(api, tracking),
    };
    return { status: 200, body, headers: { etag: `W/"${row.version}"` } };
  },
});

/** Where a delivery is read, by people and by engineers. */
export function deliveryLinks({ publicUrl, temporalUi }: Api, tracking: string) {
  const run = encodeURIComponent(deliveryProcess(tracking));
  return {
    self: `${publicUrl}/v1/deliveries/${tracking}`,
    temporal: `${temporalUi.url}/namespaces/${temporalUi.namespace}/workflows/${run}`,
  };
}
