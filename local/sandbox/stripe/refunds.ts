import { type Request, Router } from 'express';
import { type Answer, operation, type Sandbox } from '../operation.ts';
import type { Document, Store } from '../store.ts';
import { answer, form, idempotent, metadataOf, missing, refusal, stripe } from './dialect.ts';
import { publish } from './events.ts';
import { newId, now, type Refund } from './objects.ts';

const euros = (minor: number): string => (minor / 100).toFixed(2);

function chargeOf(store: Store, given: URLSearchParams): Document<'charge'> | Answer {
  const intentId = given.get('payment_intent');
  const chargeId = given.get('charge');
  if (intentId === null && chargeId === null)
    return refusal(400, {
      code: 'parameter_missing',
      message: 'One of the following params should be provided: payment_intent or charge.',
    });
  if (intentId !== null) {
    const intent = store.byId('payment_intent', intentId);
    if (intent === undefined) return missing('payment_intent', intentId, 'payment_intent');
    const charge = store.byId('charge', intent.body.latest_charge ?? '');
    return (
      charge ??
      refusal(400, {
        code: 'payment_intent_unexpected_state',
        message: 'This PaymentIntent does not have a successful charge to refund.',
      })
    );
  }
  return store.byId('charge', chargeId ?? '') ?? missing('charge', chargeId ?? '', 'charge');
}

function refundedBy(charge: Document<'charge'>, change: number): void {
  charge.body.amount_refunded += change;
  charge.body.refunded = charge.body.amount_refunded === charge.body.amount;
}

/** A refund turns out otherwise than it began: the vendor's banks answered. Failed ones give their amount back. */
export function turnRefund(
  sandbox: Sandbox,
  refundId: string,
  status: 'succeeded' | 'failed',
  reason = 'expired_or_canceled_card',
): Refund | undefined {
  const { store } = sandbox;
  const found = store.byId('refund', refundId);
  if (found === undefined || found.body.status === status || found.body.status === 'failed') return undefined;
  const previous = { status: found.body.status };
  found.body.status = status;
  const charge = store.byId('charge', found.body.charge);
  if (status === 'failed') {
    found.body.failure_reason = reason;
    if (charge !== undefined) {
      refundedBy(charge, -found.body.amount);
      store.update(charge);
    }
  }
  store.update(found);
  publish(sandbox, 'refund.updated', found.body, previous);
  if (status === 'failed') publish(sandbox, 'refund.failed', found.body, previous);
  return found.body;
}

function page(store: Store, { query }: Request): Answer {
  const { payment_intent: intent, charge, starting_after: after, ending_before: before } = query;
  const limit = Math.min(Math.max(Number(query['limit'] ?? 10), 1), 100);
  const ofIntent = typeof intent === 'string' ? store.byId('payment_intent', intent)?.body.latest_charge : undefined;
  const parent = typeof charge === 'string' ? charge : typeof intent === 'string' ? (ofIntent ?? '') : undefined;
  const matching = (parent === undefined ? store.all('refund') : store.byParent('refund', parent)).reverse();
  const start = typeof after === 'string' ? matching.findIndex(({ id }) => id === after) + 1 : 0;
  const end = typeof before === 'string' ? matching.findIndex(({ id }) => id === before) : matching.length;
  const rest = matching.slice(start, end);
  const data = rest.slice(0, limit).map(({ body }) => body);
  return answer({ object: 'list', url: '/v1/refunds', has_more: rest.length > limit, data });
}

/** Refunds with Stripe's rules: never more than is left of the charge, none while it is disputed. */
export function refunds(sandbox: Sandbox): Router {
  const { store } = sandbox;
  const router = Router();

  function create(request: Request): Answer {
    const given = form(request);
    const charge = chargeOf(store, given);
    if ('status' in charge) return charge;
    const left = charge.body.amount - charge.body.amount_refunded;
    const amount = given.has('amount') ? Number(given.get('amount')) : left;
    if (charge.body.disputed)
      return refusal(400, {
        code: 'charge_disputed',
        message: `Charge ${charge.id} has been charged back; cannot issue a refund.`,
      });
    if (left === 0)
      return refusal(400, {
        code: 'charge_already_refunded',
        message: `Charge ${charge.id} has already been refunded.`,
      });
    if (!Number.isSafeInteger(amount) || amount < 1)
      return refusal(400, { code: 'parameter_invalid_integer', param: 'amount', message: 'Invalid positive integer' });
    // Stripe gives this one no code.
    if (amount > left)
      return refusal(400, {
        param: 'amount',
        message: `Refund amount (€${euros(amount)}) is greater than unrefunded amount on charge (€${euros(left)})`,
      });
    const waits = charge.notes.refunds === 'pending' || charge.notes.refunds === 'hold';
    const refund: Refund = {
      id: newId('re'),
      object: 'refund',
      amount,
      balance_transaction: newId('txn'),
      charge: charge.id,
      created: now(),
      currency: charge.body.currency,
      destination_details: { card: { type: 'refund' }, type: 'card' },
      metadata: metadataOf(given),
      payment_intent: charge.body.payment_intent,
      reason: given.get('reason'),
      receipt_number: null,
      source_transfer_reversal: null,
      status: waits ? 'pending' : 'succeeded',
      transfer_reversal: null,
    };
    refundedBy(charge, amount);
    store.update(charge);
    const reference = refund.metadata['reference'] ?? null;
    const { refunds: behaviour } = charge.notes;
    store.insert('refund', refund, {
      reference,
      parent: charge.id,
      notes: behaviour === undefined ? {} : { refunds: behaviour },
    });
    publish(sandbox, 'refund.created', refund);
    publish(sandbox, 'charge.refunded', charge.body);
    return answer(refund);
  }

  router.post('/refunds', operation(sandbox, stripe, 'refund.create', idempotent(store, create)));
  router.get(
    '/refunds',
    operation(sandbox, stripe, 'refund.list', (request) => page(store, request)),
  );
  router.get(
    '/refunds/:id',
    operation(sandbox, stripe, 'refund.retrieve', ({ params }) => {
      const id = String(params['id']);
      const refund = store.byId('refund', id);
      return refund === undefined ? missing('refund', id, 'id') : answer(refund.body);
    }),
  );
  return router;
}
