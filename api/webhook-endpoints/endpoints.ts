import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { WebhookEndpoint } from '../../prisma/generated/client.ts';
import { endpoint } from '../endpoint.ts';
import { Problem } from '../problem.ts';

/** Each costs every event a request. */
const MOST = 10;

/** An address that events may be posted to: not readable on the way, except on this machine. */
export const WebhookUrl = z
  .url()
  .max(2000)
  .refine(isReachedSafely, 'use https, without a user or password; http only for this machine')
  .meta({ description: 'Where events are posted to.', example: 'https://example.com/homeward' });

/** What signs what an endpoint is told (Standard Webhooks). */
export const newWebhookSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

const EventTypes = z
  .array(z.string().regex(/^[a-z_]+\.[a-z_]+$/, 'is no event type, as in return.closed'))
  .max(200)
  .default([])
  .meta({ description: 'Which events it hears of; empty: all.' });

const EndpointBody = z
  .object({
    id: z.string(),
    url: z.string(),
    eventTypes: z.array(z.string()),
    createdAt: z.iso.datetime(),
    disabledAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'WebhookEndpoint' });

/** Who is told of what happens. */
export const webhookEndpoints = [
  endpoint({
    method: 'get',
    path: '/v1/webhook-endpoints',
    id: 'listWebhookEndpoints',
    tag: 'Webhook endpoints',
    summary: 'List the endpoints that events are posted to',
    permission: 'webhooks:manage',
    responses: {
      200: { description: 'All of them, newest first.', schema: z.object({ data: z.array(EndpointBody) }) },
    },
    handle: async (_call, { db }) => {
      const rows = await db.webhookEndpoint.findMany({ orderBy: [{ createdAt: 'desc' }, { id: 'asc' }] });
      return { status: 200, body: { data: rows.map(endpointOut) } };
    },
  }),
  endpoint({
    method: 'post',
    path: '/v1/webhook-endpoints',
    id: 'createWebhookEndpoint',
    tag: 'Webhook endpoints',
    summary: 'Have events posted to an endpoint of yours',
    description:
      'Signed as Standard Webhooks says, in order for each return, again until you answer 2xx. The secret is in this answer only. It hears of what happens from now on.',
    permission: 'webhooks:manage',
    body: z.strictObject({ url: WebhookUrl, eventTypes: EventTypes }).meta({ id: 'NewWebhookEndpoint' }),
    responses: {
      201: {
        description: 'The endpoint with its secret.',
        schema: EndpointBody.extend({ secret: z.string().optional() }),
      },
    },
    problems: [409],
    handle: async ({ body: { url, eventTypes } }, { db }) => {
      if ((await db.webhookEndpoint.count({ where: { disabledAt: null } })) >= MOST) {
        throw new Problem(409, 'too_many_endpoints', `there are ${MOST} endpoints already; remove one first`);
      }
      const secret = newWebhookSecret();
      const row = await db.webhookEndpoint.create({ data: { id: `we_${randomUUID()}`, url, secret, eventTypes } });
      const body = endpointOut(row);
      return { status: 201, body, once: { secret }, headers: { 'cache-control': 'no-store' } };
    },
  }),
  endpoint({
    method: 'delete',
    path: '/v1/webhook-endpoints/{id}',
    id: 'removeWebhookEndpoint',
    tag: 'Webhook endpoints',
    summary: 'Post no more events to an endpoint',
    permission: 'webhooks:manage',
    params: z.object({ id: z.string().max(80) }),
    responses: { 204: { description: 'It hears of nothing any more.' } },
    problems: [404],
    handle: async ({ params: { id } }, { db }) => {
      const row = await db.webhookEndpoint.findUnique({ where: { id }, select: { id: true } });
      if (row === null) throw new Problem(404, 'endpoint_not_found', `there is no endpoint ${id}`);
      await db.webhookEndpoint.updateMany({ where: { id, disabledAt: null }, data: { disabledAt: new Date() } });
      return { status: 204 };
    },
  }),
];

const endpointOut = ({
  id,
  url,
  eventTypes,
  createdAt,
  disabledAt,
}: WebhookEndpoint): z.infer<typeof EndpointBody> => ({
  ...{ id, url, eventTypes },
  createdAt: createdAt.toISOString(),
  disabledAt: disabledAt?.toISOString() ?? null,
});

const thisMachine = new Set(['localhost', '127.0.0.1', '[::1]']);

function isReachedSafely(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && thisMachine.has(url.hostname));
}
