import type { Money } from '../../money/money.ts';

/** A claim, and what of a hold goes towards it. */
export type TakenFor = { readonly clawback: string; readonly amount: number };

/** Why something of a hold is taken: the goods didn't come in time, or what came is not what was promised. */
export type CapturedBecause = 'not_returned' | 'not_as_promised';

/** What happens to an amount that is held on the buyer's card. */
export type HoldEvent =
  | {
      readonly type: 'hold_wanted';
      readonly hold: string;
      readonly payment: string;
      readonly providerPaymentId: string;
      readonly amount: Money;
    }
  | { readonly type: 'hold_placed'; readonly hold: string; readonly providerId: string }
  /** The bank said no, or a person goes on without: the goods go out once the others have come. */
  | { readonly type: 'hold_refused'; readonly hold: string; readonly code: string }
  | {
      readonly type: 'hold_capture_due';
      readonly hold: string;
      readonly amount: number;
      readonly because: CapturedBecause;
    }
  | { readonly type: 'hold_captured'; readonly hold: string; readonly amount: Money; readonly of: readonly TakenFor[] }
  /** The bank doesn't keep it any more. */
  | { readonly type: 'hold_lapsed'; readonly hold: string; readonly code: string }
  | { readonly type: 'hold_release_due'; readonly hold: string }
  /** `released` false: it ends by itself at the bank. */
  | { readonly type: 'hold_released'; readonly hold: string; readonly released: boolean };
