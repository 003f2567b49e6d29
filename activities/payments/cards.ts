import type Stripe from 'stripe';
import { z } from 'zod';
import { refused, unavailable } from '../failures.ts';
import { mayExist } from '../intents.ts';
import { paymentFailure } from './failures.ts';
import type { CardRequest, Cards } from './port.ts';
import { type StripeOptions, stripeClient } from './stripe-client.ts';
import { stripeAmount } from './wire.ts';

/** What we read of Stripe's payment intents and charges. */
const intentSchema = z.object({
  id: z.string(),
  amount: z.int(),
  amount_received: z.int(),
  status: z.string(),
  customer: z.string().nullish(),
  payment_method: z.string().nullish(),
  metadata: z.record(z.string(), z.string()).nullish(),
});
type WireIntent = z.infer<typeof intentSchema>;
const cardSchema = intentSchema.pick({ customer: true, payment_method: true });
/** An hour, for clocks that differ: a customer of years has many intents, of which few are as new. */
const CLOCKS_DIFFER_S = 3_600;
type SavedCard = { readonly customer: string; readonly payment_method: string };

/**
 * Holds and charges at Stripe: payment intents, of which holds are captured by hand, on the card that a payment was made with, without its owner
 * there (`off_session`), which takes a card that was kept for later use. The idempotency key is our reference; any attempt
 * but the first looks through the customer's intents for it, as keys lapse after a day.
 */
export function createStripeCards(options: StripeOptions): Cards {
  const client = stripeClient(options);
  const { timeoutMs = () => 8_000 } = options;
  const within = () => ({ timeout: timeoutMs() });

  async function savedCard(providerPaymentId: string): Promise<SavedCard> {
    const paid = providerPaymentId.startsWith('ch_')
      ? await client.charges.retrieve(providerPaymentId, undefined, within())
      : await client.paymentIntents.retrieve(providerPaymentId, undefined, within());
    const { customer, payment_method } = read(cardSchema, paid);
    if (customer == null || payment_method == null) throw refused('payment.refused', 'card_not_kept');
    return { customer, payment_method };
  }

  /** @param since before which it can't have been made */
  async function find(reference: string, { customer }: SavedCard, since?: number): Promise<WireIntent | null> {
    const made = since === undefined ? {} : { created: { gte: since } };
    for await (const intent of client.paymentIntents.list({ customer, limit: 100, ...made }, within())) {
      if (intent.metadata?.['reference'] === reference) return read(intentSchema, intent);
    }
    return null;
  }

  const retrieve = async (id: string): Promise<WireIntent> =>
    read(intentSchema, await client.paymentIntents.retrieve(id, undefined, within()));

  async function take(request: CardRequest, kind: 'hold' | 'charge'): Promise<WireIntent> {
    const { reference, rma, providerPaymentId, consent } = request;
    const intent = await options.intents.begin(reference, kind, rma);
    const amount = stripeAmount(request.amount.amount, request.amount.currency);
    const card = await savedCard(providerPaymentId);
    const since = Math.floor(Date.parse(intent.createdAt) / 1_000) - CLOCKS_DIFFER_S;
    const found = mayExist(intent) ? await find(reference, card, since) : null;
    if (found !== null && found.amount !== amount) throw refused('payment.refused', 'reference_reused');
    if (found !== null) return found;
    const held = await client.paymentIntents.create(
      {
        ...card,
        ...{ amount, currency: request.amount.currency.toLowerCase(), metadata: { reference, rma, consent } },
        ...{ capture_method: kind === 'hold' ? 'manual' : 'automatic', confirm: true, off_session: true },
      },
      { idempotencyKey: reference, ...within() },
    );
    return read(intentSchema, held);
  }

  return {
    placeHold: (request) =>
      asOurs(async () => {
        const held = await take(request, 'hold');
        if (held.status === 'canceled') throw refused('payment.refused', 'hold_lapsed');
        if (held.status === 'processing') throw unavailable('payment.unavailable', 'in_progress');
        if (held.status !== 'requires_capture') throw refused('payment.refused', 'card_declined');
        return { providerId: held.id };
      }),

    chargeCard: (request) =>
      asOurs(async () => {
        const charged = await take(request, 'charge');
        // It may still be paid: whoever took it for declined would let the buyer pay twice.
        if (charged.status === 'processing') throw unavailable('payment.unavailable', 'in_progress');
        if (charged.status !== 'succeeded') throw refused('payment.refused', 'card_declined');
        return { providerId: charged.id };
      }),

    captureHold: ({ reference, rma, providerId, amount }) =>
      asOurs(async () => {
        await options.intents.begin(reference, 'capture', rma);
        const asked = stripeAmount(amount.amount, amount.currency);
        const held = await retrieve(providerId);
        const taken = held.status === 'requires_capture' ? await capture(providerId, asked, reference) : held;
        if (taken.status === 'canceled') throw refused('payment.refused', 'hold_lapsed');
        // It may still be taken: what is owed would be asked of the buyer once more.
        if (taken.status === 'processing') throw unavailable('payment.unavailable', 'in_progress');
        if (taken.amount_received !== asked) throw refused('payment.refused', 'reference_reused');
        return { providerId };
      }),

    releaseHold: ({ reference, providerPaymentId, providerId }) =>
      asOurs(async () => {
        const held =
          providerId === null ? await find(reference, await savedCard(providerPaymentId)) : await retrieve(providerId);
        if (held === null || held.status === 'canceled') return { released: true };
        if (held.status === 'succeeded') return { released: false };
        await client.paymentIntents.cancel(held.id, undefined, within());
        return { released: true };
      }),
  };

  async function capture(id: string, amount: number, idempotencyKey: string): Promise<WireIntent> {
    const body = { amount_to_capture: amount };
    return read(intentSchema, await client.paymentIntents.capture(id, body, { idempotencyKey, ...within() }));
  }
}

function read<T>(schema: z.ZodType<T>, answer: Stripe.PaymentIntent | Stripe.Charge): T {
  const known = schema.safeParse(answer);
  if (!known.success) throw unavailable('payment.unavailable', 'unreadable');
  return known.data;
}

async function asOurs<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw paymentFailure(error);
  }
}
