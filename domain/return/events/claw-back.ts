import type { Money } from '../../money/money.ts';
import type { SettledLine } from '../../money/settlement.ts';
import type { LineUnits } from './lines.ts';
import type { Adjustment } from './money.ts';

/**
 * Why a buyer owes us: goods settled in advance that didn't come or weren't accepted, a lower grade, a person's word, the
 * way back of goods that weren't accepted, a repair that no warranty covers, or having looked at goods that aren't to be mended.
 */
export type ClawbackCause = 'not_returned' | 'regraded' | 'adjusted' | ServiceCause;

/** What a buyer gets for it was never given before, so that it takes nothing back. */
export const serviceCauses = ['way_back', 'repair', 'diagnosis'] as const;
export type ServiceCause = (typeof serviceCauses)[number];

/** How a claim ended, but for being set off; `external`: others collect it. */
export type ClawbackEnd = 'paid' | 'waived' | 'written_off' | 'external';

/** What happens to what a buyer owes. */
export type ClawbackEvent =
  | {
      readonly type: 'clawback_due';
      readonly clawback: string;
      readonly cause: ClawbackCause;
      /** Units settled in advance that it takes back, and items whose settlement it brings to what they are worth. */
      readonly goods: readonly LineUnits[];
      readonly items: readonly string[];
      /** What was settled and isn't due; total = their amounts - shippingFee - forgone. */
      readonly lines: readonly SettledLine[];
      /** The fee for the way back where all was taken back: it was never taken from what the buyer got. */
      readonly shippingFee: number;
      /** What never reached the buyer, and so isn't claimed. */
      readonly forgone: number;
      readonly total: Money;
      /** The tax in what is charged for a repair, or for having looked at goods; absent elsewhere. */
      readonly tax?: number;
      readonly adjustment?: Adjustment;
    }
  | { readonly type: 'clawback_reminded'; readonly clawback: string }
  | { readonly type: 'clawback_pursued'; readonly clawback: string }
  | {
      readonly type: 'clawback_ended';
      readonly clawback: string;
      readonly how: ClawbackEnd;
      readonly amount: number;
      readonly note: string;
      /** The shop's own name for the payment; absent where nobody named one. */
      readonly reference?: string;
    }
  /** What was left of a store credit of the return, perhaps nothing. */
  | {
      readonly type: 'credit_taken_back';
      readonly clawback: string;
      readonly refund: string;
      readonly amount: number;
    }
  /** What was settled too much for an item stays with the buyer. */
  | { readonly type: 'difference_waived'; readonly item: string };
