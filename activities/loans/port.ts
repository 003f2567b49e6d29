import type { StartedReturn } from '../deliveries/port.ts';

/** Goods of a loan that are to come back: which of its returns it is, and for which of its units. */
export type LoanReturn = {
  readonly loan: string;
  readonly comingBack: string;
  readonly facility: string;
  readonly units: readonly { readonly unit: string; readonly sku: string }[];
};

/** The returns, as loans ask for them. */
export interface Loans {
  /**
   * Starts the return of what somebody had on loan, and waits until it is decided. Throws while nobody answers; repeated, it finds
   * the return that it started.
   */
  startLoanReturn(input: LoanReturn): Promise<StartedReturn>;
}
