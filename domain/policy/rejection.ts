import type { Duration } from '../time/duration.ts';
import type { AmountByCurrency } from './policy.ts';

/** What the buyer of goods that aren't accepted may choose: to have them back, to leave them to us, or a part of the money. */
export const rejectedChoices = ['return_to_customer', 'dispose', 'partial_refund'] as const;
export type RejectedChoice = (typeof rejectedChoices)[number];

/** Whom nothing is heard from gets this. */
export const defaultChoices = ['return_to_customer', 'dispose'] as const satisfies readonly RejectedChoice[];

/** What becomes of goods that aren't accepted. */
export type RejectionTerms = {
  readonly chooseWithin: Duration;
  readonly otherwise: (typeof defaultChoices)[number];
  /** What a buyer pays, once a return, who chooses to have them back; absent: nothing. */
  readonly returnFee?: AmountByCurrency;
  /** The part of what would be due for accepted goods that is offered for leaving them to us; absent: none. */
  readonly partialRefundBasisPoints?: number;
};
