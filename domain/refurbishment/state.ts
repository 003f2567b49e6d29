import { type ExecutionItem, going, type ItemKey, itemKey } from '../execution/item.ts';
import type { ExecutionState } from '../execution/state.ts';
import type { ConditionFacts } from '../goods/grading.ts';
import { isWorthIt, type WorkDisposition, type WorkOutcome, type Worth } from '../goods/work.ts';
import type { Instant } from '../time/duration.ts';
import type { RefurbishmentReason } from './attention.ts';
import type { HarvestedPart, HoldCode, RefurbishmentOutcome, WorkItem, WorkTerms } from './events.ts';

export const refurbishmentStatuses = [
  'requested',
  'in_work',
  'awaiting_parts',
  'over_budget',
  'on_hold',
  'ending',
  'closed',
] as const;
export type RefurbishmentStatus = (typeof refurbishmentStatuses)[number];

/** A refurbishment as its events make it. Plain records and arrays: it crosses continue-as-new as JSON. */
export type RefurbishmentState = { readonly phase: 'initial' } | Opened;

export type Opened = ExecutionState<RefurbishmentReason, RefurbishmentOutcome> & {
  readonly phase: 'requested' | 'in_work' | 'ending' | 'closed';
  readonly disposition: WorkDisposition;
  readonly place: 'bench' | 'refurbisher';
  readonly party: string;
  readonly sku: string;
  readonly hourlyRate: number;
  readonly terms: WorkTerms;
  readonly work: Readonly<Record<ItemKey, Work>>;
  /** Parts that were built in. */
  readonly parts: readonly { readonly sku: string; readonly quantity: number; readonly cost: number }[];
  readonly minutes: number;
  readonly labour: number;
  readonly charges: number;
  /** References of charges that were booked. */
  readonly references: readonly string[];
  readonly expected: number;
  /** What a person has granted beyond the gain. */
  readonly raised: number;
  /** When it is to be done; this and the other times are null while a person knows that they have passed. */
  readonly finishBy: Instant | null;
  /** What it stands still for. */
  readonly awaiting: { readonly sku: string; readonly until: Instant | null } | null;
  readonly hold: { readonly code: HoldCode; readonly until: Instant | null } | null;
  /** When it was found not to be worth it; null while it is. */
  readonly overBudgetSince: Instant | null;
  readonly capitalised: number;
};

/** The work on an item. */
export type Work = Pick<WorkItem, 'budget' | 'carriedAs'> & {
  /** Tests that its units didn't pass. */
  readonly failed: number;
  /** Units that are done, in the order in which they were. */
  readonly done: readonly {
    readonly quantity: number;
    readonly serials: readonly string[];
    readonly outcome: WorkOutcome;
    readonly facts: ConditionFacts | null;
  }[];
  /** What was gained from it; null while it is whole. */
  readonly harvested: readonly HarvestedPart[] | null;
};

export const initialState: RefurbishmentState = { phase: 'initial' };

/** The same state once it has begun. */
export const opened = (state: RefurbishmentState): Opened | null => (state.phase === 'initial' ? null : state);

/** Where it is, as it is shown: a hold goes before what else it waits for. */
export function statusOf(state: Opened): RefurbishmentStatus {
  if (state.phase !== 'in_work') return state.phase;
  if (state.hold !== null) return 'on_hold';
  if (state.overBudgetSince !== null) return 'over_budget';
  return state.awaiting === null ? 'in_work' : 'awaiting_parts';
}

/** Items that are at the bench. */
export const onBench = (state: Opened): ExecutionItem[] =>
  Object.values(state.items).filter(({ state: s }) => s === 'held');

export function workOn(state: Opened, item: Parameters<typeof itemKey>[0]): Work {
  const work = state.work[itemKey(item)];
  if (work === undefined) throw new Error(`no work on ${itemKey(item)}`);
  return work;
}

/** Units of an item that nobody has finished. */
export const unitsLeft = (state: Opened, item: ExecutionItem): number =>
  workOn(state, item).done.reduce((left, { quantity }) => left - quantity, item.quantity);

/** Minor units that the work has cost. */
export const spentOn = ({ parts, labour, charges }: Opened): number =>
  parts.reduce((sum, { cost }) => sum + cost, labour + charges);

/** What the work may cost, has cost and will cost. */
export const worthOf = (state: Opened): Worth => ({
  budget: going(state.items).reduce((sum, item) => sum + workOn(state, item).budget, state.raised),
  spent: spentOn(state),
  expected: state.expected,
});

/** It has cost, or will cost, more than it brings; what is taken apart brings its parts, which nobody has weighed yet. */
export const exceedsGain = (state: Opened): boolean => !isWorthIt(worthOf(state));
