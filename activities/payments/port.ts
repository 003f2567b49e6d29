import type { Money } from '../../domain/money/money.ts';

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

/** `reference` names one hold or charge for ever, with one amount. */
export type CardRequest = {
  readonly reference: string;
  readonly rma: string;
  /** The payment whose card it is, by the provider's id. */
  readonly providerPaymentId: string;
  readonly amount: Money;
  /** The buyer's agreement, by the shop's own name for it; the provider keeps it with the payment. */
  readonly consent: string;
};

/**
 * Holds on, and charges of, the card that a payment was made with, by its owner's recorded consent. Fails as refunds do; a card that the bank
 * declines, or that wasn't kept for later use, is `payment.refused`.
 */
export interface Cards {
  /** Keeps an amount free on the card. May be repeated: it is held once by its reference. */
  placeHold(request: CardRequest): Promise<{ readonly providerId: string }>;
  /** Charges the card. May be repeated: it is charged once by its reference. */
  chargeCard(request: CardRequest): Promise<{ readonly providerId: string }>;
  /** Takes so much of a hold, once; the rest is free again. A hold that has ended is `payment.refused`, `hold_lapsed`. */
  captureHold(request: {
    readonly reference: string;
    readonly rma: string;
    readonly providerId: string;
    readonly amount: Money;
  }): Promise<{ readonly providerId: string }>;
  /** Lets a hold go, found by its reference where its id isn't known; false where something of it was taken. */
  releaseHold(request: {
    readonly reference: string;
    readonly providerPaymentId: string;
    readonly providerId: string | null;
  }): Promise<{ readonly released: boolean }>;
}

export type PaymentRefusal =
  | 'charge_already_refunded'
  | 'amount_too_large'
  | 'amount_invalid'
  | 'payment_disputed'
  | 'payment_not_captured'
  | 'insufficient_funds'
  | 'expired_or_canceled_card'
  | 'card_declined'
  | 'authentication_required'
  | 'card_not_kept'
  | 'hold_lapsed'
  | 'reference_reused'
  | 'rejected';
