import type { ConditionFacts, Grade } from '../goods/grading.ts';
import type { Currency } from '../money/money.ts';
import type { AttentionEvent } from '../process/attention-rows.ts';
import type { Recorded as RecordedOf } from '../process/kind.ts';
import type { Instant } from '../time/duration.ts';
import type { LoanReason, LoanResolution } from './attention.ts';
import type { LoanTerms } from './terms.ts';

/** One thing that is lent, by its serial. Amounts are minor units of the loan's currency. */
export type LentUnit = {
  /** `U1`, `U2` … */
  readonly unit: string;
  readonly sku: string;
  readonly serial: string;
  readonly category: string;
  /** What it stands in our books for. */
  readonly bookValue: number;
  /** What its borrower owes for it where it is lost; charges for damage are shares of it. */
  readonly replacementPrice: number;
  /** For what the borrower may keep it; null where it isn't for sale. */
  readonly purchasePrice: number | null;
};

/** What was asked: the start of every loan. Ids and codes only: who the borrower is stands in the contacts. */
export type LoanRequest = {
  /** A buyer's or a partner's id. */
  readonly borrower: string;
  /** The lender's: from where the goods leave, and in whose zone the term was reckoned. */
  readonly facility: string;
  readonly currency: Currency;
  readonly units: readonly LentUnit[];
  readonly from: Instant;
  readonly until: Instant;
  /** Taken as money when the goods are handed over; 0 where none was agreed. */
  readonly deposit: number;
  readonly terms: LoanTerms;
};

/** What a unit was seen to be when it was handed over. */
export type HandedOver = { readonly unit: string; readonly grade: Grade; readonly facts: ConditionFacts };

/** What is charged for a unit, or taken back where it is negative. */
export type UnitAmount = { readonly unit: string; readonly amount: number };

/** How something of what is owed was let go: `goodwill` is what was waived. */
export type LetGo = { readonly to: 'write_off' | 'external_collection' | 'goodwill'; readonly amount: number };

export const whysLost = ['overdue', 'reported'] as const;
export const whysBack = ['term', 'early', 'person'] as const;

/** What happened to a loan; the journal's content. */
export type LoanEvent =
  | { readonly type: 'requested'; readonly number: string; readonly request: LoanRequest }
  | { readonly type: 'handed_over'; readonly units: readonly HandedOver[] }
  | { readonly type: 'deposit_taken'; readonly amount: number; readonly reference: string }
  /** The shop's own system writes to the borrower when it hears this. */
  | { readonly type: 'reminded'; readonly due: Instant; readonly until: Instant; readonly over: boolean }
  | { readonly type: 'extension_asked'; readonly extension: string; readonly until: Instant }
  | {
      readonly type: 'extension_agreed';
      readonly extension: string;
      readonly until: Instant;
      readonly fee: number;
      readonly by: 'terms' | 'person';
    }
  | { readonly type: 'extension_refused'; readonly extension: string }
  | { readonly type: 'term_ended' }
  | { readonly type: 'overdue' }
  | { readonly type: 'fees_accrued'; readonly units: readonly UnitAmount[]; readonly upTo: Instant }
  /** Goods are to come back; `comingBack` names the return in this loan: `R1`. */
  | {
      readonly type: 'return_wanted';
      readonly comingBack: string;
      readonly units: readonly string[];
      readonly why: (typeof whysBack)[number];
    }
  | { readonly type: 'return_started'; readonly comingBack: string; readonly rma: string }
  | { readonly type: 'return_retried'; readonly comingBack: string }
  | { readonly type: 'return_withdrawn'; readonly comingBack: string }
  /** It could not be started, and a person has seen to that otherwise. */
  | { readonly type: 'return_given_up'; readonly comingBack: string }
  /** What the return has of the goods, as of a version of its journal. */
  | {
      readonly type: 'return_heard';
      readonly comingBack: string;
      readonly rma: string;
      readonly version: number;
      readonly came: readonly { readonly unit: string; readonly at: Instant }[];
      readonly inspected: readonly { readonly unit: string; readonly grade: Grade; readonly damage: number }[];
      readonly ended: boolean;
    }
  | { readonly type: 'units_lost'; readonly units: readonly UnitAmount[]; readonly why: (typeof whysLost)[number] }
  /** What counted as lost came back: its price is taken back. */
  | { readonly type: 'units_found'; readonly units: readonly UnitAmount[] }
  | { readonly type: 'units_bought'; readonly units: readonly UnitAmount[] }
  | { readonly type: 'payment_recorded'; readonly reference: string; readonly amount: number }
  | { readonly type: 'waived'; readonly amount: number; readonly note: string }
  /** The whole deposit stands against what is owed; less is then owed, or the rest is the borrower's. */
  | { readonly type: 'deposit_set_off'; readonly amount: number }
  | { readonly type: 'repaid'; readonly amount: number }
  | { readonly type: 'written_off'; readonly amount: number; readonly to: 'write_off' | 'external_collection' }
  /** What it was let go for was taken back, so that is undone: whoever collects it from the borrower stops. */
  | ({ readonly type: 'let_go_reversed' } & LetGo)
  | { readonly type: 'cancelled'; readonly why: 'person' | 'not_collected'; readonly note: string | null }
  | { readonly type: 'reopened' }
  | { readonly type: 'reconciliation_required'; readonly disagreements: readonly string[] }
  | { readonly type: 'closed'; readonly outcome: LoanOutcome }
  | AttentionEvent<LoanReason, LoanResolution>;

/** `mixed`: some units came back, others were lost or bought. */
export const loanOutcomes = ['returned', 'lost', 'purchased', 'mixed', 'cancelled'] as const;
export type LoanOutcome = (typeof loanOutcomes)[number];

export type Recorded = RecordedOf<LoanEvent>;
