import Stripe from 'stripe';
import { refused, unavailable } from '../failures.ts';
import type { PaymentRefusal } from './port.ts';

const refusals: Record<string, PaymentRefusal> = {
  charge_already_refunded: 'charge_already_refunded',
  amount_too_large: 'amount_too_large',
  amount_too_small: 'amount_invalid',
  parameter_invalid_integer: 'amount_invalid',
  charge_disputed: 'payment_disputed',
  charge_not_refundable: 'payment_not_captured',
  payment_intent_unexpected_state: 'payment_not_captured',
  balance_insufficient: 'insufficient_funds',
  insufficient_funds: 'insufficient_funds',
  expired_card: 'expired_or_canceled_card',
  card_declined: 'card_declined',
  authentication_required: 'authentication_required',
};

/** Our failure for a call that failed; the vendor's message is left behind. Other errors stay what they are. */
export function paymentFailure(error: unknown): unknown {
  const { errors } = Stripe;
  if (!(error instanceof errors.StripeError)) return error;
  const { code = '', param, statusCode = 0 } = error;
  if (error instanceof errors.StripeConnectionError)
    return unavailable('payment.unavailable', /timeout|aborted/i.test(error.message) ? 'timeout' : 'connection');
  if (error instanceof errors.StripeAuthenticationError || error instanceof errors.StripePermissionError)
    return unavailable('payment.unavailable', 'unauthorized');
  if (error instanceof errors.StripeRateLimitError || statusCode === 429)
    return unavailable('payment.unavailable', 'rate_limited');
  if (statusCode === 409) return unavailable('payment.unavailable', 'in_progress');
  if (error instanceof errors.StripeIdempotencyError) return refused('payment.refused', 'reference_reused');
  if (statusCode >= 500) return unavailable('payment.unavailable', 'server_error');
  if (statusCode < 400) return unavailable('payment.unavailable', 'unreadable');
  if (code === 'resource_missing') return refused('payment.unknown_payment', 'unknown_payment');
  // Stripe names no code when a refund exceeds what is left of the charge, only the parameter.
  return refused('payment.refused', refusals[code] ?? (param === 'amount' ? 'amount_too_large' : 'rejected'));
}
