import type { Units } from '../../goods/units.ts';
import type { Money } from '../../money/money.ts';
import type { Instant } from '../../time/duration.ts';
import { repairEndings } from './repair.ts';

/** Why an owner pays: nothing covers the goods any more, or the fault is the owner's doing, which no warranty stands for. */
export const quoteReasons = ['out_of_warranty', 'caused_by_buyer'] as const;
export type QuoteReason = (typeof quoteReasons)[number];

/** What an owner says to a quote: mend them, give them back as they are, or they may be scrapped. */
export const quoteAnswers = ['accept', 'return_to_customer', 'dispose'] as const;
export type QuoteAnswer = (typeof quoteAnswers)[number];

/** Why goods are not mended for payment: their owner didn't want it, didn't answer, didn't pay, or they can't be. */
export const paidRepairEnds = ['declined', 'left', 'lapsed', 'unpaid', ...repairEndings] as const;
export type PaidRepairEnd = (typeof paidRepairEnds)[number];

/** How far a quote is. */
export const quoteStates = ['open', 'agreed', 'paid', 'ended'] as const;

/** What mending an item costs its owner, in minor units; parts, labour and fee are net of the tax. */
export type RepairPrice = {
  readonly parts: number;
  readonly labour: number;
  readonly fee: number;
  readonly tax: number;
};

/** What happens to goods that their owner pays to have mended. */
export type PaidRepairEvent =
  /** Once more in the place of a quote that nobody has answered. */
  | {
      readonly type: 'repair_quoted';
      readonly item: string;
      readonly because: QuoteReason;
      readonly price: RepairPrice;
      readonly total: Money;
      /** What is owed if it isn't agreed to, and the tax in it. */
      readonly diagnosis: Money;
      readonly diagnosisTax: number;
      readonly until: Instant;
    }
  | { readonly type: 'repair_quote_reminded'; readonly item: string }
  /** The claim for it is the owner's to pay before work begins; null where it costs nothing. */
  | { readonly type: 'repair_agreed'; readonly item: string; readonly clawback: string | null }
  /** What of it was paid, and by which charge of the owner's card where that paid all; the rest was waived. */
  | {
      readonly type: 'repair_paid';
      readonly item: string;
      readonly received: Money;
      readonly charge: string | null;
    }
  /** The goods go back as they are, or are scrapped where their owner said so, and what was paid goes back too. */
  | {
      readonly type: 'paid_repair_ended';
      readonly item: string;
      readonly why: PaidRepairEnd;
      readonly repay: Money;
    }
  /** `providerId` null: by other means than the card that was charged. */
  | {
      readonly type: 'repair_repaid';
      readonly item: string;
      readonly amount: Money;
      readonly providerId: string | null;
    }
  /** The card that was charged can't take it: a person pays it back. */
  | { readonly type: 'repair_repayment_refused'; readonly item: string; readonly code: string }
  /** They are back with their owner as they came, who may claim for them again. */
  | {
      readonly type: 'returned_unrepaired';
      readonly item: string;
      readonly line: string;
      readonly units: Units;
    };
