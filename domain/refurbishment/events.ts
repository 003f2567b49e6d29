import type { CommonEvent } from '../execution/events.ts';
import type { WantedItem } from '../execution/item.ts';
import type { ConditionFacts } from '../goods/grading.ts';
import type { GivenAnswers } from '../goods/inspection.ts';
import type { WorkDisposition, WorkOutcome, Worth } from '../goods/work.ts';
import type { Currency } from '../money/money.ts';
import type { Recorded as RecordedOf } from '../process/kind.ts';
import type { Duration, Instant } from '../time/duration.ts';
import type { RefurbishmentReason, RefurbishmentResolution } from './attention.ts';

/** How long each part of it may take before a person hears of it. */
export type WorkTerms = {
  readonly finishWithin: Duration;
  /** To say whether work that isn't worth it goes on; without an answer it is given up. */
  readonly decideWithin: Duration;
  /** A hold. */
  readonly holdWithin: Duration;
};

/** An item as it goes to the bench. */
export type WorkItem = WantedItem & {
  /** What the work on it may cost, in minor units: its gain (see domain/goods/work.ts), or what a person granted. */
  readonly budget: number;
  /** Goods of inventory are carried higher for what work adds to them; on our own equipment it is an expense. */
  readonly carriedAs: 'inventory' | 'asset';
};

/** A work order: items of one SKU and facility, at a bench of ours or with a refurbisher outside. */
export type RefurbishmentRequest = {
  readonly disposition: WorkDisposition;
  readonly place: 'bench' | 'refurbisher';
  /** Which bench, or whose. */
  readonly party: string;
  readonly facility: string;
  readonly currency: Currency;
  readonly sku: string;
  readonly items: readonly WorkItem[];
  /** Minor units an hour of labour costs. */
  readonly hourlyRate: number;
  readonly terms: WorkTerms;
};

/** Units of one item, by their serials where they have any. */
export type ItemUnits = {
  readonly rma: string;
  readonly item: string;
  readonly quantity: number;
  readonly serials: readonly string[];
};

/** A part that was gained from goods, at its share of what those cost. */
export type HarvestedPart = { readonly sku: string; readonly quantity: number; readonly cost: number };

export const holdCodes = ['recall', 'quality', 'investigation', 'other'] as const;
export type HoldCode = (typeof holdCodes)[number];

/** What happened to a refurbishment; the journal's content. */
export type RefurbishmentEvent =
  | { readonly type: 'requested'; readonly number: string; readonly request: RefurbishmentRequest }
  /** All returns have answered, and some gave their items. */
  | { readonly type: 'begun' }
  | {
      readonly type: 'estimated';
      readonly minutes: number;
      readonly parts: number;
      /** Both of them in minor units: what is still expected to be spent. */
      readonly expected: number;
    }
  | { readonly type: 'part_used'; readonly sku: string; readonly quantity: number; readonly cost: number }
  | { readonly type: 'labour_booked'; readonly minutes: number; readonly cost: number }
  | { readonly type: 'charge_booked'; readonly reference: string; readonly amount: number }
  | { readonly type: 'parts_awaited'; readonly sku: string; readonly until: Instant }
  | { readonly type: 'parts_arrived' }
  | { readonly type: 'over_budget'; readonly worth: Worth }
  | { readonly type: 'budget_raised'; readonly by: number; readonly note: string }
  | { readonly type: 'put_on_hold'; readonly code: HoldCode }
  | { readonly type: 'hold_lifted' }
  | { readonly type: 'test_failed'; readonly units: ItemUnits; readonly answers?: GivenAnswers }
  | {
      readonly type: 'units_finished';
      readonly units: ItemUnits;
      readonly outcome: WorkOutcome;
      readonly facts: ConditionFacts | null;
      readonly answers?: GivenAnswers;
      /** Where the engine gave them up: the figures. */
      readonly worth?: Worth;
    }
  | {
      readonly type: 'taken_apart';
      readonly rma: string;
      readonly item: string;
      readonly parts: readonly HarvestedPart[];
    }
  | {
      readonly type: 'work_ended';
      /** Minor units by which goods are carried higher, and that are an expense; together what was spent. */
      readonly capitalised: number;
      readonly expensed: number;
    }
  | { readonly type: 'overdue'; readonly what: 'finish' | 'parts' | 'hold' | 'decision' }
  | { readonly type: 'cancelled'; readonly partsBack: boolean; readonly note: string | null }
  | { readonly type: 'closed'; readonly outcome: RefurbishmentOutcome }
  | CommonEvent<RefurbishmentReason, RefurbishmentResolution>;

export const refurbishmentOutcomes = ['completed', 'cancelled'] as const;
export type RefurbishmentOutcome = (typeof refurbishmentOutcomes)[number];

export type Recorded = RecordedOf<RefurbishmentEvent>;
