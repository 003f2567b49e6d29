import { type Request, Router } from 'express';
import { type Answer, operation, type Sandbox } from '../operation.ts';
import type { Document, Store } from '../store.ts';
import { answer, form, idempotent, missing, refusal, stripe } from './dialect.ts';

/** What is held, by whose card it is; captured once, all or a part of it, or let go. */
export function holds(sandbox: Sandbox): Router {
  const { store } = sandbox;
  const router = Router();

  router.get(
    '/payment_intents',
    operation(sandbox, stripe, 'payment_intent.list', ({ query }) => {
      const limit = Math.min(Math.max(Number(query['limit'] ?? 10), 1), 100);
      const all = store
        .all('payment_intent')
        .map(({ body }) => body)
        .filter(({ customer }) => query['customer'] === undefined || customer === query['customer'])
        .filter(({ created }) => created >= Number(query['created[gte]'] ?? 0))
        .reverse();
      const start = all.findIndex(({ id }) => id === query['starting_after']) + 1;
      const data = all.slice(start, start + limit);
      const more = all.length > start + limit;
      return answer({ object: 'list', url: '/v1/payment_intents', has_more: more, data });
    }),
  );
  const ofOne = (work: (held: Document<'payment_intent'>, request: Request) => Answer) => (request: Request) => {
    const id = String(request.params['id']);
    const held = store.byId('payment_intent', id);
    return held === undefined ? missing('payment_intent', id, 'intent') : work(held, request);
  };
  router.post(
    '/payment_intents/:id/capture',
    operation(
      sandbox,
      stripe,
      'payment_intent.capture',
      idempotent(
        store,
        ofOne((held, request) => capture(store, held, request)),
      ),
    ),
  );
  router.post(
    '/payment_intents/:id/cancel',
    operation(
      sandbox,
      stripe,
      'payment_intent.cancel',
      idempotent(
        store,
        ofOne((held) => {
          if (held.body.status === 'succeeded' || held.body.status === 'canceled') return unexpected(held, 'cancel');
          held.body.status = 'canceled';
          held.body.amount_capturable = 0;
          store.update(held);
          return answer(held.body);
        }),
      ),
    ),
  );
  return router;
}

function capture(store: Store, held: Document<'payment_intent'>, request: Request): Answer {
  const { body } = held;
  if (body.status !== 'requires_capture') return unexpected(held, 'capture');
  const asked = form(request).get('amount_to_capture');
  const amount = asked === null ? body.amount_capturable : Number(asked);
  if (!Number.isSafeInteger(amount) || amount < 1 || amount > body.amount_capturable) {
    return refusal(400, { code: 'amount_too_large', param: 'amount_to_capture', message: 'More than is held.' });
  }
  body.status = 'succeeded';
  body.amount_received = amount;
  body.amount_capturable = 0;
  store.update(held);
  const charge = store.byId('charge', body.latest_charge ?? '');
  if (charge !== undefined) {
    charge.body.amount_captured = amount;
    charge.body.captured = true;
    store.update(charge);
  }
  return answer(body);
}

const unexpected = ({ body }: Document<'payment_intent'>, what: string): Answer =>
  refusal(400, {
    code: 'payment_intent_unexpected_state',
    message: `This PaymentIntent's status is ${body.status}, so it cannot ${what}.`,
  });
