import type { ConditionFacts, Grade } from '../goods/grading.ts';
import type { Envelope as EnvelopeOf } from '../process/kind.ts';
import type { OwnNews, RequestCommand } from '../process/numbered.ts';
import type { Instant } from '../time/duration.ts';
import type { LoanResolution } from './attention.ts';
import type { LoanRequest } from './events.ts';

/** What came of starting a return, or of calling off what it still waits for. */
export type LoanOutcomeOfEffect =
  | { readonly type: 'return_started'; readonly rma: string }
  | { readonly type: 'accepted' }
  | { readonly type: 'refused'; readonly code: string };

/** A unit that has come in a return. */
export type CameBack = {
  readonly unit: string;
  readonly at: Instant;
  /** Null until it was inspected. */
  readonly grade: Grade | null;
  /** What was found wrong is not its borrower's fault. */
  readonly spared: boolean;
};

/** What others tell a loan. `units` that are null mean all that are out; `note` is the id of a text in the erasable notes. */
export type OwnCommand =
  | {
      readonly type: 'hand_over';
      readonly units: readonly { readonly unit: string; readonly facts: ConditionFacts }[];
      /** Under which reference the deposit was taken; null where none was agreed. */
      readonly deposit: string | null;
    }
  | { readonly type: 'ask_extension'; readonly until: Instant }
  | {
      readonly type: 'answer_extension';
      readonly extension: string;
      readonly agreed: boolean;
      /** For all units together; null: as the terms say. */
      readonly fee: number | null;
    }
  | { readonly type: 'return_early'; readonly units: readonly string[] | null }
  | { readonly type: 'report_lost'; readonly units: readonly string[] | null }
  | { readonly type: 'buy'; readonly units: readonly string[] | null }
  | { readonly type: 'record_payment'; readonly reference: string; readonly amount: number }
  | { readonly type: 'waive'; readonly amount: number; readonly note: string }
  | { readonly type: 'cancel'; readonly note: string | null }
  /** What a return has of the loan's goods, all of it, as of a version of its journal. */
  | {
      readonly type: 'hear_return';
      readonly rma: string;
      readonly version: number;
      readonly units: readonly CameBack[];
      readonly ended: boolean;
    }
  | {
      readonly type: 'resolve';
      readonly attention: string;
      readonly resolution: LoanResolution;
      readonly note: string;
    };

/** A message to a loan. */
export type LoanCommand = OwnCommand | RequestCommand<LoanRequest> | OwnNews<LoanOutcomeOfEffect>;

export type Envelope = EnvelopeOf<LoanCommand>;
