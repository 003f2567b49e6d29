import type { Money } from '../../domain/money.ts';

/** `reference` names one refund for ever, with one amount. Another try after a failed refund is another reference. */
export type RefundRequest = {
  readonly reference: string;
  readonly rma: string;
  /** The provider's payment (`pi_…`) or charge (`ch_…`). */
  readonly providerPaymentId: string;
  readonly amount: Money;
};

/** A pending refund is told of later by webhook; one that succeeded can still fail days after. */
export type RefundIssued = {
  readonly reference: string;
  readonly providerId: string;
  readonly status: 'succeeded' | 'pending' | 'failed';
  readonly reasonCode?: RefundReason;
};

/** Why a refund that was accepted failed after all. */
export type RefundReason =
  | 'lost_or_stolen_card'
  | 'expired_or_canceled_card'
  | 'charge_disputed'
  | 'insufficient_funds'
  | 'declined'
  | 'merchant_request'
  | 'canceled'
  | 'unknown';

/**
 * Refunds to the original payment. Fails with `payment.unavailable` (try again), `payment.refused` (a code of
 * `PaymentRefusal`) or `payment.unknown_payment`.
 */
export interface Payments {
  /** May be repeated: money moves once by its reference, and the answer is the refund as it stands now. */
  issueRefund(request: RefundRequest): Promise<RefundIssued>;
  /** Null when the provider has no refund under this reference. */
  refundStatus(request: {
    readonly reference: string;
    readonly providerPaymentId: string;
  }): Promise<RefundIssued | null>;
}

export type PaymentRefusal =
  | 'charge_already_refunded'
  | 'amount_too_large'
  | 'amount_invalid'
  | 'payment_disputed'
  | 'payment_not_captured'
  | 'insufficient_funds'
  | 'expired_or_canceled_card'
  | 'reference_reused'
  | 'rejected';
