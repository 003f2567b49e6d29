import { type RequestHandler, Router } from 'express';
import { z } from 'zod';
import type { Autopilot } from './autopilot.ts';
import { books } from './books.ts';
import { answerClaim } from './easypost/claims.ts';
import { attemptPickup } from './easypost/pickups.ts';
import { followParcel, type Move, moveParcel, moves } from './easypost/trackers.ts';
import { faultsSchema } from './faults.ts';
import type { Answer, Sandbox } from './operation.ts';
import type { Document } from './store.ts';
import { newId } from './stripe/objects.ts';
import { closeDispute, createPayment, decliningCard, openDispute } from './stripe/payments.ts';
import { turnRefund } from './stripe/refunds.ts';

const ok = (body: unknown): Answer => ({ status: 200, body });
const unknown: Answer = {
  status: 404,
  body: { error: 'nothing of that name here; GET /_sandbox/parcels and /_sandbox/books list what there is' },
};
const orUnknown = (body: unknown): Answer => (body === undefined ? unknown : ok(body));

const paymentsInput = z.strictObject({
  payments: z.array(
    z.strictObject({
      reference: z.string().min(1),
      amount: z.number().int().positive(),
      currency: z.string().regex(/^[A-Z]{3}$/),
      refunds: z.enum(['succeed', 'pending', 'fail_later', 'hold']).optional(),
      card: z.enum(['kept', 'declines', 'not_kept']).default('kept'),
    }),
  ),
});
const urlsInput = z.strictObject({ carrier: z.url().optional(), payment: z.url().optional() });

/** The hand that plays the outside world: moves parcels, turns refunds, opens disputes, sets faults, reads the books. */
export function control(sandbox: Sandbox, autopilot: Autopilot): Router {
  const { store, faults, webhooks, mail } = sandbox;
  const router = Router();
  type Work = (params: Record<string, string>, body: unknown, query: Record<string, unknown>) => Answer;
  const serve =
    (work: Work): RequestHandler =>
    ({ params, body, query }, response) => {
      try {
        const { status, body: result } = store.transaction(() => work(params as Record<string, string>, body, query));
        response.status(status).json(result);
      } catch (error) {
        if (!(error instanceof z.ZodError)) throw error;
        response.status(422).json({ error: z.prettifyError(error) });
      }
    };

  function parcelOf(key: string): Document<'tracker'> | undefined {
    const shipment = store.byId('shipment', key) ?? store.byReference('shipment', key);
    return store.byReference('tracker', key) ?? store.byParent('tracker', shipment?.id ?? '')[0];
  }

  router.get(
    '/books',
    serve((_params, _body, { prefix }) => ok(books(store, typeof prefix === 'string' ? prefix : ''))),
  );
  router.get(
    '/mail',
    serve((_params, _body, { to }) => {
      const address = typeof to === 'string' ? to : null;
      const received = mail.received().filter((letter) => address === null || letter.to === address);
      return ok({ received, ...(address === null ? {} : { letter: mail.letterTo(address) ?? null }) });
    }),
  );
  router.get(
    '/mail/count',
    serve(() => ok({ received: mail.received().length })),
  );
  router.get(
    '/parcels',
    serve((_params, _body, { reference }) => {
      const parcels = store.all('tracker').map(({ body, notes }) => ({
        tracking: body.tracking_code,
        reference: store.byId('shipment', body.shipment_id)?.reference ?? null,
        shipment: body.shipment_id,
        status: body.status,
        lost: notes.lost === true,
        pickup: store.byParent('pickup', body.shipment_id).at(-1)?.body.status ?? null,
      }));
      return ok(parcels.filter((parcel) => reference === undefined || parcel.reference === reference));
    }),
  );
  router.post(
    '/outbound',
    serve((_params, body) => {
      const code = z.string().min(1).max(80);
      const { tracking, carrier } = z.strictObject({ tracking: code, carrier: code }).parse(body);
      return ok({ tracking: followParcel(sandbox, carrier, tracking).tracking_code });
    }),
  );
  router.post(
    '/parcels/:key/:move',
    serve(({ key = '', move }) => {
      const parcel = parcelOf(key);
      const chosen = z.enum(Object.keys(moves) as [Move, ...Move[]]).parse(move);
      return parcel === undefined ? unknown : ok({ reported: moveParcel(sandbox, parcel.id, chosen) });
    }),
  );
  router.post(
    '/pickups/:key/attempt',
    serve(({ key = '' }, body) => {
      const { outcome } = z.strictObject({ outcome: z.enum(['succeeded', 'failed']) }).parse(body);
      const pickup =
        store.byId('pickup', key) ??
        store.byReference('pickup', key) ??
        store.all('pickup').find(({ body: { confirmation } }) => confirmation === key);
      return pickup === undefined ? unknown : ok({ reported: attemptPickup(sandbox, pickup.id, outcome) });
    }),
  );
  router.post(
    '/claims/:key/answer',
    serve(({ key = '' }, body) => {
      const amount = z.string().regex(/^\d+(\.\d+)?$/);
      const input = z
        .strictObject({ outcome: z.enum(['approved', 'rejected']), amount: amount.optional() })
        .parse(body);
      const claim = store.byId('claim', key) ?? store.byReference('claim', key);
      return orUnknown(claim === undefined ? undefined : answerClaim(sandbox, claim.id, input.outcome, input.amount));
    }),
  );
  router.post(
    '/payments',
    serve((_params, body) => {
      const seeded = paymentsInput.parse(body).payments.map(({ reference, amount, currency, refunds, card }) => {
        const intent =
          store.byReference('payment_intent', reference)?.body ??
          createPayment(store, {
            amount,
            currency: currency.toLowerCase(),
            metadata: { reference },
            paymentMethod: card === 'declines' ? decliningCard : 'pm_card_visa',
            customer: card === 'not_kept' ? undefined : newId('cus'),
            confirm: true,
            ...(refunds === undefined ? {} : { refunds }),
          });
        return { reference, paymentIntent: intent.id, charge: intent.latest_charge };
      });
      return ok(seeded);
    }),
  );
  router.post(
    '/payments/:key/dispute',
    serve(({ key = '' }, body) => {
      const input = z.strictObject({ reason: z.string().optional(), amount: z.number().int().optional() });
      const { reason = 'product_not_received', amount } = input.parse(body ?? {});
      const intent = store.byId('payment_intent', key) ?? store.byReference('payment_intent', key);
      return orUnknown(openDispute(sandbox, intent?.body.latest_charge ?? key, reason, amount));
    }),
  );
  router.post(
    '/disputes/:id/close',
    serve(({ id = '' }, body) => {
      const { outcome } = z.strictObject({ outcome: z.enum(['won', 'lost']) }).parse(body);
      return orUnknown(closeDispute(sandbox, id, outcome));
    }),
  );
  router.post(
    '/refunds/:key/turn',
    serve(({ key = '' }, body) => {
      const input = z.strictObject({ status: z.enum(['succeeded', 'failed']), reason: z.string().optional() });
      const { status, reason } = input.parse(body);
      const refund = store.byId('refund', key) ?? store.byReference('refund', key);
      return orUnknown(refund === undefined ? undefined : turnRefund(sandbox, refund.id, status, reason));
    }),
  );

  router.get(
    '/faults',
    serve(() => ok(faults.current())),
  );
  router.put(
    '/faults',
    serve((_params, body) => {
      faults.set(faultsSchema.parse(body));
      return ok(faults.current());
    }),
  );
  router.delete(
    '/faults',
    serve(() => {
      faults.set({});
      return ok({});
    }),
  );

  router.get(
    '/webhooks',
    serve(() => ok({ urls: webhooks.urls(), deliveries: webhooks.counts() })),
  );
  router.put(
    '/webhooks',
    serve((_params, body) => {
      webhooks.setUrls(urlsInput.parse(body));
      return ok(webhooks.urls());
    }),
  );
  router.post(
    '/webhooks/redeliver',
    serve(() => ok({ again: webhooks.redeliver() })),
  );
  router.post(
    '/idempotency/expire',
    serve(() => {
      store.db.exec('delete from idempotency');
      return ok({});
    }),
  );
  router.put(
    '/autopilot',
    serve((_params, body) => {
      const { ms } = z.strictObject({ ms: z.number().int().min(1).nullable() }).parse(body);
      autopilot.set(ms);
      return ok({ ms });
    }),
  );
  return router;
}
