import type { Money } from '../../money/money.ts';
import type { RejectedChoice } from '../../policy/rejection.ts';

/** What the buyer of goods that aren't accepted wants of them. */
export type RejectionEvent =
  | {
      readonly type: 'choice_due';
      readonly item: string;
      readonly offered: readonly RejectedChoice[];
      /** What the way back costs the buyer who chooses it, and what is paid for leaving the goods to us, where that is offered. */
      readonly fee: Money;
      readonly partialRefund: Money;
      readonly until: string;
    }
  /** `deadline`: nothing was heard in time, and the policy decides. */
  | {
      readonly type: 'choice_made';
      readonly item: string;
      readonly choice: RejectedChoice;
      readonly because: 'chosen' | 'deadline';
    };
