import type { Money } from '../../domain/money/money.ts';

/** Store credit, as far as returns put something on it or take something off. */
export interface StoreCredits {
  /**
   * Gives back what a credit had paid for goods that came back: to the credit itself, or to a new one of the same buyer where
   * it can't be spent any more. Asked again by the same reference, it is the credit that got it.
   * @throws a failure of type `credit.refused` where the credit never paid that much
   */
  giveBackToCredit(request: CreditToGiveBack): Promise<{ readonly credit: string }>;
  /** Takes what is left of a credit, up to so much, perhaps nothing; the same for ever by its reference. */
  takeBackCredit(request: CreditToTake): Promise<{ readonly taken: number }>;
}

export type CreditToGiveBack = {
  readonly reference: string;
  /** The refund that it is. */
  readonly rma: string;
  readonly refund: string;
  /** By what the order names the payment: the credit and its redemption. */
  readonly payment: string;
  readonly amount: Money;
};

export type CreditToTake = { readonly reference: string; readonly credit: string; readonly atMost: number };
