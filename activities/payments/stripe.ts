import { refused, unavailable } from '../failures.ts';
import { mayExist } from '../intents.ts';
import { paymentFailure } from './failures.ts';
import type { Payments, RefundIssued } from './port.ts';
import { type StripeOptions, stripeClient } from './stripe-client.ts';
import { refundSchema, standing, stripeAmount, type WireRefund } from './wire.ts';

const paymentOf = (providerPaymentId: string): { charge: string } | { payment_intent: string } =>
  providerPaymentId.startsWith('ch_') ? { charge: providerPaymentId } : { payment_intent: providerPaymentId };

/**
 * Stripe behind our port, through its official client. The idempotency key is our reference, so concurrent attempts
 * meet at Stripe; because it forgets keys after a day, any attempt but the first looks through the payment's refunds
 * for the reference, which each carries as metadata.
 */
export function createStripePayments(options: StripeOptions): Payments {
  const client = stripeClient(options);
  const { timeoutMs = () => 8_000 } = options;

  async function find(reference: string, providerPaymentId: string): Promise<WireRefund | null> {
    for await (const refund of client.refunds.list(
      { ...paymentOf(providerPaymentId), limit: 100 },
      { timeout: timeoutMs() },
    )) {
      if (refund.metadata?.['reference'] === reference) return read(refund);
    }
    return null;
  }

  function read(answer: unknown): WireRefund {
    const refund = refundSchema.safeParse(answer);
    if (!refund.success) throw unavailable('payment.unavailable', 'unreadable');
    return refund.data;
  }

  const issued = (reference: string, refund: WireRefund): RefundIssued => ({
    reference,
    providerId: refund.id,
    ...standing(refund),
  });

  return {
    async issueRefund({ reference, rma, providerPaymentId, amount }) {
      const intent = await options.intents.begin(reference, 'refund', rma);
      try {
        const asked = stripeAmount(amount.amount, amount.currency);
        const known = mayExist(intent) ? await find(reference, providerPaymentId) : null;
        if (known !== null && known.amount !== asked) throw refused('payment.refused', 'reference_reused');
        const refund = known ?? (await create(asked));
        return issued(reference, refund);
      } catch (error) {
        throw paymentFailure(error);
      }

      async function create(minor: number): Promise<WireRefund> {
        const answer = await client.refunds.create(
          {
            ...paymentOf(providerPaymentId),
            amount: minor,
            reason: 'requested_by_customer',
            metadata: { reference, rma },
          },
          { idempotencyKey: reference, timeout: timeoutMs() },
        );
        return read(answer);
      }
    },

    async refundStatus({ reference, providerPaymentId }) {
      try {
        const refund = await find(reference, providerPaymentId);
        return refund === null ? null : issued(reference, refund);
      } catch (error) {
        throw paymentFailure(error);
      }
    },
  };
}
