import { Router } from 'express';
import { operation, type Sandbox } from '../operation.ts';
import type { Notes, Store } from '../store.ts';
import { answer, form, idempotent, metadataOf, missing, refusal, stripe } from './dialect.ts';
import { publish } from './events.ts';
import { type Charge, type Dispute, type Metadata, newId, now, type PaymentIntent } from './objects.ts';

/** How a payment takes its refunds, chosen as at Stripe by the test payment method that it was paid with. */
const refundsByMethod: Record<string, NonNullable<Notes['refunds']>> = {
  pm_card_pendingRefund: 'pending',
  pm_card_refundFail: 'fail_later',
};

export type NewPayment = {
  amount: number;
  currency: string;
  metadata: Metadata;
  paymentMethod?: string | undefined;
  refunds?: Notes['refunds'];
  confirm: boolean;
  /** Whose kept card it is. */
  customer?: string | undefined;
  /** An amount is held, and captured later by hand. */
  held?: boolean;
};

/** A test card at Stripe that can be kept, and declines each charge that follows. */
export const decliningCard = 'pm_card_chargeCustomerFail';

/** Creates a payment and, when confirmed, its charge: captured, or held. */
export function createPayment(store: Store, given: NewPayment): PaymentIntent {
  const id = newId('pi');
  const chargeId = newId('ch');
  const paymentMethod = given.paymentMethod ?? null;
  const reference = given.metadata['reference'] ?? null;
  const { held = false, customer = null, confirm } = given;
  const unconfirmed = paymentMethod === null ? 'requires_payment_method' : 'requires_confirmation';
  const intent: PaymentIntent = {
    id,
    object: 'payment_intent',
    amount: given.amount,
    amount_capturable: confirm && held ? given.amount : 0,
    amount_received: confirm && !held ? given.amount : 0,
    capture_method: held ? 'manual' : 'automatic',
    client_secret: `${id}_secret_sandbox`,
    created: now(),
    currency: given.currency,
    customer,
    latest_charge: confirm ? chargeId : null,
    livemode: false,
    metadata: given.metadata,
    payment_method: paymentMethod,
    payment_method_types: ['card'],
    status: !confirm ? unconfirmed : held ? 'requires_capture' : 'succeeded',
  };
  store.insert('payment_intent', intent, { reference });
  if (!confirm) return intent;
  const charge: Charge = {
    id: chargeId,
    object: 'charge',
    amount: given.amount,
    amount_captured: held ? 0 : given.amount,
    amount_refunded: 0,
    balance_transaction: newId('txn'),
    captured: !held,
    created: now(),
    currency: given.currency,
    customer,
    disputed: false,
    livemode: false,
    metadata: given.metadata,
    paid: true,
    payment_intent: id,
    payment_method: paymentMethod,
    refunded: false,
    status: 'succeeded',
  };
  const refunds = given.refunds ?? refundsByMethod[paymentMethod ?? ''] ?? 'succeed';
  store.insert('charge', charge, { reference, parent: id, notes: { refunds } });
  return intent;
}

/** The buyer's bank takes the money back; no refund is possible any more. */
export function openDispute(sandbox: Sandbox, chargeId: string, reason: string, amount?: number): Dispute | undefined {
  const charge = sandbox.store.byId('charge', chargeId);
  if (charge === undefined) return undefined;
  charge.body.disputed = true;
  sandbox.store.update(charge);
  const dispute: Dispute = {
    id: newId('dp'),
    object: 'dispute',
    amount: amount ?? charge.body.amount - charge.body.amount_refunded,
    balance_transactions: [],
    charge: chargeId,
    created: now(),
    currency: charge.body.currency,
    evidence_details: { due_by: now() + 7 * 86_400, has_evidence: false, past_due: false, submission_count: 0 },
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    payment_intent: charge.body.payment_intent,
    reason,
    status: 'needs_response',
  };
  sandbox.store.insert('dispute', dispute, { parent: chargeId });
  publish(sandbox, 'charge.dispute.created', dispute);
  return dispute;
}

/** A dispute that was won makes its charge refundable again. */
export function closeDispute(sandbox: Sandbox, disputeId: string, outcome: 'won' | 'lost'): Dispute | undefined {
  const dispute = sandbox.store.byId('dispute', disputeId);
  if (dispute === undefined) return undefined;
  const previous = { status: dispute.body.status };
  dispute.body.status = outcome;
  sandbox.store.update(dispute);
  const charge = sandbox.store.byId('charge', dispute.body.charge);
  if (charge !== undefined && outcome === 'won') {
    charge.body.disputed = false;
    sandbox.store.update(charge);
  }
  publish(sandbox, 'charge.dispute.closed', dispute.body, previous);
  return dispute.body;
}

export function payments(sandbox: Sandbox): Router {
  const { store } = sandbox;
  const router = Router();

  router.post(
    '/payment_intents',
    operation(
      sandbox,
      stripe,
      'payment_intent.create',
      idempotent(store, (request) => {
        const given = form(request);
        const amount = Number(given.get('amount'));
        const currency = given.get('currency') ?? '';
        if (!Number.isSafeInteger(amount) || amount < 1)
          return refusal(400, { code: 'parameter_invalid_integer', param: 'amount', message: 'Invalid integer.' });
        if (!/^[a-z]{3}$/i.test(currency))
          return refusal(400, { code: 'parameter_missing', param: 'currency', message: 'Missing required param.' });
        const paymentMethod = given.get('payment_method') ?? undefined;
        const offSession = given.get('off_session') === 'true';
        const declined = offSession && paymentMethod === decliningCard;
        const intent = createPayment(store, {
          amount,
          currency: currency.toLowerCase(),
          metadata: metadataOf(given),
          paymentMethod: declined ? undefined : paymentMethod,
          confirm: given.get('confirm') === 'true' && !declined,
          customer: given.get('customer') ?? undefined,
          held: given.get('capture_method') === 'manual',
        });
        return declined
          ? refusal(402, { type: 'card_error', code: 'card_declined', message: 'Your card was declined.' })
          : answer(intent);
      }),
    ),
  );

  router.get(
    '/payment_intents/:id',
    operation(sandbox, stripe, 'payment_intent.retrieve', ({ params }) => {
      const id = String(params['id']);
      const intent = store.byId('payment_intent', id);
      return intent === undefined ? missing('payment_intent', id, 'intent') : answer(intent.body);
    }),
  );

  router.get(
    '/charges/:id',
    operation(sandbox, stripe, 'charge.retrieve', ({ params }) => {
      const id = String(params['id']);
      const charge = store.byId('charge', id);
      return charge === undefined ? missing('charge', id, 'id') : answer(charge.body);
    }),
  );
  return router;
}
