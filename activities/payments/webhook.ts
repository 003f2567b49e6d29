import Stripe from 'stripe';
import { z } from 'zod';
import { type Money, money } from '../../domain/money/money.ts';
import { storable, WebhookRejected } from '../webhook-rejected.ts';
import type { RefundReason } from './port.ts';
import { ownAmount, refundSchema, standing } from './wire.ts';

/** What a payment provider tells of its own accord. `at` is the provider's time (RFC 3339): data, not a clock. */
export type PaymentEvent =
  | {
      readonly eventId: string;
      readonly kind: 'refund';
      /** Ours, null on a refund that was made elsewhere (the provider's dashboard). */
      readonly reference: string | null;
      readonly providerId: string;
      readonly providerPaymentId: string;
      readonly status: 'succeeded' | 'pending' | 'failed';
      readonly reasonCode?: RefundReason;
      readonly at: string;
    }
  | {
      readonly eventId: string;
      readonly kind: 'dispute';
      readonly providerId: string;
      readonly providerPaymentId: string;
      /** The same payment by its charge, where that is another id: orders may name either. Absent in events from before. */
      readonly charge?: string;
      readonly status: 'open' | 'won' | 'lost' | 'closed' | 'unknown';
      readonly amount: Money;
      readonly at: string;
    };

const eventSchema = z.object({
  id: z.string(),
  type: z.string(),
  // Seconds, up to the year 9999.
  created: z.int().min(0).max(253_402_300_799),
  data: z.object({ object: z.unknown() }),
});
const disputeSchema = z.object({
  id: z.string(),
  amount: z.int(),
  currency: z.string(),
  charge: z.string(),
  payment_intent: z.string().nullish(),
  status: z.string(),
});

const disputeStatuses: Record<string, 'open' | 'won' | 'lost' | 'closed'> = {
  needs_response: 'open',
  under_review: 'open',
  warning_needs_response: 'open',
  warning_under_review: 'open',
  warning_closed: 'closed',
  prevented: 'closed',
  won: 'won',
  lost: 'lost',
};

/**
 * Verifies (by the client library's own check, which also refuses signatures older than five minutes) and reads a
 * webhook of Stripe. Null for a genuine event of another kind. The body must be the raw bytes as they came.
 * @throws WebhookRejected when the signature or the shape is wrong
 */
export function paymentFromWebhook(
  rawBody: Buffer,
  signature: string | undefined,
  secret: string,
): PaymentEvent | null {
  let body: unknown;
  try {
    body = Stripe.webhooks.constructEvent(rawBody, signature ?? '', secret);
  } catch {
    throw new WebhookRejected('signature');
  }
  const event = eventSchema.safeParse(body);
  if (!event.success) throw new WebhookRejected('shape');
  const { id: eventId, type, created, data } = event.data;
  const at = new Date(created * 1000).toISOString();

  if (type.startsWith('refund.')) {
    const refund = refundSchema.safeParse(data.object);
    const providerPaymentId = refund.data?.payment_intent ?? refund.data?.charge;
    if (!refund.success || providerPaymentId == null) throw new WebhookRejected('shape');
    const reference = refund.data.metadata?.['reference'] ?? null;
    return storable({
      eventId,
      kind: 'refund',
      reference,
      providerId: refund.data.id,
      providerPaymentId,
      ...standing(refund.data),
      at,
    });
  }
  if (type.startsWith('charge.dispute.')) {
    const dispute = disputeSchema.safeParse(data.object);
    if (!dispute.success) throw new WebhookRejected('shape');
    const currency = dispute.data.currency.toUpperCase();
    const amount = ownAmount(dispute.data.amount, currency);
    if (!Number.isSafeInteger(amount)) throw new WebhookRejected('shape');
    return storable({
      eventId,
      kind: 'dispute',
      providerId: dispute.data.id,
      providerPaymentId: dispute.data.payment_intent ?? dispute.data.charge,
      ...(dispute.data.payment_intent == null ? {} : { charge: dispute.data.charge }),
      status: disputeStatuses[dispute.data.status] ?? 'unknown',
      amount: money(amount, currency),
      at,
    });
  }
  return null;
}
