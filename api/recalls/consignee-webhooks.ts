import { z } from 'zod';
import { leadsInside } from '../../activities/webhooks/reach.ts';
import { endpoint } from '../endpoint.ts';
import { Problem } from '../problem.ts';
import { newWebhookSecret, WebhookUrl } from '../webhook-endpoints/endpoints.ts';
import { ConsigneeId } from './responses/bodies.ts';

const onWebhook = {
  path: '/v1/consignees/{consignee}/webhook',
  tag: 'Recalls',
  permission: 'recalls:run',
  params: z.object({ consignee: ConsigneeId }),
  problems: [404],
} as const;

/** Consignees whose machines are told of recalls, instead of by mail. */
export const consigneeWebhooks = [
  endpoint({
    ...onWebhook,
    method: 'post',
    id: 'setConsigneeWebhook',
    summary: 'Have a consignee’s machines told of recalls',
    description:
      'Instead of by mail: each notice is posted as `recall.notice`, signed as Standard Webhooks says, with all that a letter says in ' +
      'fields and the link to respond by. One a consignee; another takes its place. The secret is in this answer only. Who set it is kept.',
    body: z.strictObject({ url: WebhookUrl }).meta({ id: 'NewConsigneeWebhook' }),
    responses: {
      201: {
        description: 'Notices go there from now on.',
        schema: z.object({ consignee: z.string(), url: z.string(), secret: z.string().optional() }),
      },
    },
    problems: [404, 422],
    handle: async ({ params: { consignee }, body: { url }, caller }, { db, reach }) => {
      if ((await db.consignee.findUnique({ where: { id: consignee }, select: { id: true } })) === null) {
        throw new Problem(404, 'consignee_not_found', `there is no consignee ${consignee}`);
      }
      if (reach === 'outside' && (await leadsInside(new URL(url)))) {
        throw new Problem(422, 'webhook_inside', 'leads to this machine, or into a network that is not public', {
          field: 'url',
        });
      }
      const secret = newWebhookSecret();
      const data = { consignee, url, secret };
      await db.$transaction([
        db.consigneeWebhook.upsert({ where: { consignee }, create: data, update: data }),
        db.consigneeWebhookChange.create({ data: { consignee, url, by: caller.id } }),
      ]);
      return { status: 201, body: { consignee, url }, once: { secret }, headers: { 'cache-control': 'no-store' } };
    },
  }),
  endpoint({
    ...onWebhook,
    method: 'delete',
    id: 'removeConsigneeWebhook',
    summary: 'Write to a consignee by mail again',
    responses: { 204: { description: 'Notices go by mail from now on.' } },
    handle: async ({ params: { consignee }, caller }, { db }) => {
      const count = await db.$transaction(async (tx) => {
        const { count } = await tx.consigneeWebhook.deleteMany({ where: { consignee } });
        if (count > 0) await tx.consigneeWebhookChange.create({ data: { consignee, url: null, by: caller.id } });
        return count;
      });
      if (count === 0) throw new Problem(404, 'webhook_not_found', `consignee ${consignee} has no webhook`);
      return { status: 204 };
    },
  }),
];
