import type { ConditionFacts, Grade } from '../goods/grading.ts';
import type { NumberedState } from '../process/numbered.ts';
import type { Instant } from '../time/duration.ts';
import type { LoanReason } from './attention.ts';
import type { LentUnit, LetGo, LoanOutcome, LoanRequest } from './events.ts';

/**
 * `due`: the term is over, within the days of grace; `returning`: goods come back, or wait to be inspected; `settling`: nothing is
 * out any more, and money is still owed one way or the other.
 */
export const loanStatuses = ['requested', 'handed_over', 'returning', 'due', 'overdue', 'settling', 'closed'] as const;
export type LoanStatus = (typeof loanStatuses)[number];

export const unitStages = ['reserved', 'out', 'back', 'inspected', 'lost', 'purchased', 'released'] as const;
export type UnitStage = (typeof unitStages)[number];

export type UnitState = LentUnit & {
  readonly stage: UnitStage;
  readonly handedOver: { readonly grade: Grade; readonly facts: ConditionFacts } | null;
  /** When its term ends. Longer terms are of what was still out when they were agreed to. */
  readonly until: Instant;
  /** Until when it was out: fees count to here. Null while it is. */
  readonly endedAt: Instant | null;
  readonly gradeBack: Grade | null;
  /** The return that it was last asked back by since its term was made longer. */
  readonly askedBack: string | null;
  /** Charged so far: overdue fees, of which some under terms that were made longer since; damage; its loss or purchase. */
  readonly fee: number;
  readonly feeBefore: number;
  readonly damage: number;
  readonly price: number;
};

/** `withdrawing`: what it still waits for is to be called off. */
export type ComingBackState = {
  readonly comingBack: string;
  readonly units: readonly string[];
  readonly state: 'wanted' | 'started' | 'withdrawing' | 'withdrawn' | 'ended';
  readonly rma: string | null;
  /** The version of its journal that was heard of last. */
  readonly version: number;
  /** How often it was asked for; part of the effect's id. */
  readonly tries: number;
};

/** A loan as its events make it. Plain records and arrays: it crosses continue-as-new as JSON. */
export type LoanState = { readonly status: 'initial' } | Opened;

export type Opened = NumberedState<LoanReason> &
  Omit<LoanRequest, 'units'> & {
    readonly status: 'opened';
    readonly units: Readonly<Record<string, UnitState>>;
    /** When the term ended as it was agreed at first: what extends by itself counts from here. */
    readonly firstUntil: Instant;
    readonly handedOverAt: Instant | null;
    /** Reminders before it are over: the hand-over, the last extension, or the last reminder. */
    readonly remindedTo: Instant;
    readonly termEnded: boolean;
    readonly isOverdue: boolean;
    /** Fees of what is out were last booked up to then. */
    readonly accruedTo: Instant | null;
    /** The one that waits for an answer. */
    readonly extension: { readonly extension: string; readonly until: Instant } | null;
    readonly extensions: number;
    readonly returns: Readonly<Record<string, ComingBackState>>;
    /** Of the deposit, what we hold; and in all, as they are in the ledger. */
    readonly held: number;
    readonly owed: number;
    readonly extensionFees: number;
    readonly paid: number;
    readonly waived: number;
    readonly writtenOff: number;
    readonly setOff: number;
    readonly repaid: number;
    /** What was let go and still is, the oldest first; and how much of it is to be undone, as charges were taken back. */
    readonly letGo: readonly LetGo[];
    readonly toReverse: number;
    /** What a person was last asked about, one way or the other. */
    readonly askedFor: number;
    /** References of payments. */
    readonly payments: readonly string[];
    readonly cancelled: boolean;
    readonly outcome: LoanOutcome | null;
    readonly openedAt: Instant;
  };

export const initialState: LoanState = { status: 'initial' };

/** The same state once it has begun. */
export const opened = (state: LoanState): Opened | null => (state.status === 'initial' ? null : state);

export const unitsOf = ({ units }: Opened): readonly UnitState[] => Object.values(units);
export const unitsOut = (state: Opened): readonly UnitState[] => unitsOf(state).filter(({ stage }) => stage === 'out');

/** Whether nothing is with the borrower or on the bench any more. */
export const isAllSettled = (state: Opened): boolean =>
  unitsOf(state).every(({ stage }) => stage !== 'reserved' && stage !== 'out' && stage !== 'back');

/** Whether a return waits for it, or is about to. */
export function isAwaited({ returns }: Opened, { askedBack }: UnitState): boolean {
  const back = askedBack === null ? undefined : returns[askedBack];
  return back !== undefined && back.state !== 'withdrawn' && back.state !== 'ended';
}

/** Whether a reason waits for a person. */
export const isRaised = (state: Opened, reason: LoanReason, subject: string): boolean =>
  Object.values(state.attention).some((open) => open.reason === reason && open.subject === subject);

/** Where a loan is, as people read it. */
export function statusOf(state: Opened): LoanStatus {
  if (state.closedAt !== null) return 'closed';
  if (state.handedOverAt === null) return state.cancelled ? 'settling' : 'requested';
  if (isAllSettled(state)) return 'settling';
  const out = unitsOut(state);
  if (out.length > 0 && state.termEnded) return state.isOverdue ? 'overdue' : 'due';
  return out.some((unit) => !isAwaited(state, unit)) ? 'handed_over' : 'returning';
}
