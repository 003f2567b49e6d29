import { z } from 'zod';
import type { RefundIssued, RefundReason } from './port.ts';

const reasons = [
  'lost_or_stolen_card',
  'expired_or_canceled_card',
  'insufficient_funds',
  'declined',
  'merchant_request',
  'unknown',
] as const;

/** What we read of Stripe's refunds. */
export const refundSchema = z.object({
  id: z.string(),
  amount: z.int(),
  charge: z.string().nullish(),
  payment_intent: z.string().nullish(),
  metadata: z.record(z.string(), z.string()).nullish(),
  status: z.string().nullish(),
  failure_reason: z.string().nullish(),
});
export type WireRefund = z.infer<typeof refundSchema>;

function reasonOf({ status, failure_reason: given }: WireRefund): RefundReason {
  if (status === 'canceled') return 'canceled';
  if (given === 'charge_for_pending_refund_disputed') return 'charge_disputed';
  return reasons.find((reason) => reason === given) ?? 'unknown';
}

/** How a refund stands. `requires_action` waits for the customer; `canceled` moved no money. */
export function standing(refund: WireRefund): Pick<RefundIssued, 'status' | 'reasonCode'> {
  if (refund.status === 'failed' || refund.status === 'canceled')
    return { status: 'failed', reasonCode: reasonOf(refund) };
  return { status: refund.status === 'succeeded' ? 'succeeded' : 'pending' };
}

// ISO 4217 gives these no minor unit, Stripe counts them in hundredths all the same.
const countedInHundredths = ['ISK', 'UGX'];
const factor = (currency: string): number => (countedInHundredths.includes(currency) ? 100 : 1);

/** Our minor units as Stripe counts them. */
export const stripeAmount = (amount: number, currency: string): number => amount * factor(currency);

/** Stripe's count as our minor units. */
export const ownAmount = (amount: number, currency: string): number => amount / factor(currency);
