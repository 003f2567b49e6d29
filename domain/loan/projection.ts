import type { NetworkProjection } from '../network/projection.ts';
import type { Instant } from '../time/duration.ts';

/** The rows of the read model that a step changed. */
export type LoanProjection = NetworkProjection & { readonly loan: LoanRow; readonly loanUnits: readonly LoanUnitRow[] };

/** A loan with its money, in minor units of its currency. */
export type LoanRow = {
  readonly borrower: string;
  readonly currency: string;
  readonly termFrom: Instant;
  readonly termUntil: Instant;
  readonly handedOverAt: Instant | null;
  /** What was agreed, and what we hold of it. */
  readonly deposit: number;
  readonly held: number;
  /** What was charged: overdue fees, longer terms, damage, losses and purchases. */
  readonly fees: number;
  readonly extensionFees: number;
  readonly damages: number;
  readonly prices: number;
  /** What the borrower owes; less than nothing where we owe it. */
  readonly owed: number;
  readonly setOff: number;
  readonly paid: number;
  readonly waived: number;
  readonly writtenOff: number;
  readonly repaid: number;
};

export type LoanUnitRow = {
  readonly unit: string;
  readonly sku: string;
  readonly serial: string;
  readonly stage: string;
  readonly gradeOut: string | null;
  readonly gradeBack: string | null;
  readonly endedAt: Instant | null;
  /** The return that it came back by, or is asked back by. */
  readonly rma: string | null;
  readonly fee: number;
  readonly damage: number;
  readonly price: number;
};
