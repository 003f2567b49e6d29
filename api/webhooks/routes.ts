import express, { type Request, type RequestHandler, Router } from 'express';
import { carrierEventFromWebhook } from '../../activities/carriers/webhook.ts';
import { processEvent, storeEvent, type WebhookEvent } from '../../activities/journal/inbox.ts';
import { paymentFromWebhook } from '../../activities/payments/webhook.ts';
import type { Api } from '../api.ts';
import { deliveryTarget } from '../deliveries/carry-out.ts';
import { takeBounce } from '../recalls/bounces.ts';
import { requestIdOf } from '../requests.ts';
import { signal } from '../send.ts';
import { signalProcess } from '../telling.ts';
import { genuine } from './genuine.ts';

const BODY_LIMIT = '1mb';

/** Where providers tell us what happened. They have no key of ours: each event is signed with a shared secret. */
export function webhookRoutes(api: Api): Router {
  const router = Router();
  const raw = express.raw({ limit: BODY_LIMIT, type: () => true });
  const { easypost, stripe } = api.secrets;
  router.post(
    '/v1/webhooks/easypost',
    raw,
    take(api, (body, request) => {
      const event = carrierEventFromWebhook(body, request.headers, easypost);
      return event === null ? null : { provider: 'easypost', ...event };
    }),
  );
  router.post(
    '/v1/webhooks/stripe',
    raw,
    take(api, (body, request) => {
      const event = paymentFromWebhook(body, request.get('stripe-signature'), stripe);
      return event === null ? null : { provider: 'stripe', ...event };
    }),
  );
  router.post('/v1/webhooks/notices', raw, takeBounce(api));
  return router;
}

type Read = (body: Buffer, request: Request) => WebhookEvent | null;

/**
 * Verifies, stores, answers, and only then brings the event to its return: a provider must not wait for us, and what is
 * stored is never lost, as the worker's sweeper brings what this process could not. An event that came before is
 * answered alike and does nothing.
 */
function take(api: Api, read: Read): RequestHandler {
  return async (request, response) => {
    const event = genuine(() => read(Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0), request));
    const row = event === null ? null : await storeEvent(api.pool, event);
    response.json({ received: true });
    if (row === null) return;
    try {
      await processEvent(api.pool, row, {
        toReturn: async ({ rma, message }) => await signal(api.processes, rma, message),
        toDelivery: async ({ delivery, message }) =>
          await signalProcess(api.processes, deliveryTarget(delivery), message),
      });
    } catch (error) {
      api.log.warn({ requestId: requestIdOf(request), err: error }, 'a webhook event waits in the inbox');
    }
  };
}
