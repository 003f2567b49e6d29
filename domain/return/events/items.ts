import type { Disposition, DispositionChoice } from '../../goods/disposition.ts';
import type { DeviceFinding, Evidence } from '../../goods/evidence.ts';
import type { ConditionFacts, Grade } from '../../goods/grading.ts';
import type { GivenAnswers } from '../../goods/inspection.ts';
import type { Units } from '../../goods/units.ts';
import type { WorkDisposition, WorkOutcome } from '../../goods/work.ts';
import type { ReasonCode } from '../../reasons.ts';
import type { RecoverySource } from '../commands.ts';
import type { ReceivedContent } from '../findings.ts';

/** A discrepancy found at receipt; it belongs to an item, a line, or the parcel as a whole. */
export type DiscrepancyKind =
  | 'over'
  | 'short'
  | 'wrong_item'
  | 'empty_box'
  | 'damaged_in_transit'
  | 'lot_mismatch'
  | 'serial_mismatch'
  | 'serial_repeated'
  | 'not_authorized'
  | 'kit_incomplete';

/** A quantity of one SKU, lot and set of serials that arrived. `line` is null for units on no line. */
export type ReceivedItem = {
  readonly item: string;
  readonly line: string | null;
  readonly sku: string;
  readonly quantity: number;
  readonly units: Units;
  readonly lot: string | null;
  readonly serials: readonly string[];
  /** Which of the line's quantities it was taken from; `released` units wait to be reserved again. */
  readonly from: 'outstanding' | 'missing' | 'compensated' | 'released' | 'nothing';
};

/** Some of an item's units after inspection: an item of its own. */
export type InspectedItem = {
  readonly item: string;
  readonly quantity: number;
  readonly units: Units;
  readonly serials: readonly string[];
  readonly facts: ConditionFacts;
  /** What the facts were made of, where questions were asked. */
  readonly answers?: GivenAnswers;
  readonly grade: Grade;
  readonly reasonFound: ReasonCode | null;
  /** What was seen of a device; absent where nothing was. */
  readonly found?: readonly DeviceFinding[];
};

/** Some of an item's units after work on them: an item of its own. */
export type WorkedItem = Pick<
  InspectedItem,
  'item' | 'quantity' | 'units' | 'serials' | 'facts' | 'grade' | 'reasonFound'
> & {
  readonly outcome: WorkOutcome;
  /** Minor units by which the work has raised what its units are carried at. */
  readonly added: number;
};

/** What happens to goods that are here. */
export type ItemEvent =
  | {
      readonly type: 'parcel_received';
      readonly parcel: string;
      readonly items: readonly ReceivedItem[];
      readonly weightGrams: number | null;
      readonly partial: boolean;
      /** The delivery of a bulk return that it was a share of; absent where it was none. */
      readonly delivery?: string;
    }
  | { readonly type: 'item_inspected'; readonly item: string; readonly into: readonly InspectedItem[] }
  /** Another person has come to the same grade. */
  | { readonly type: 'inspection_confirmed'; readonly item: string }
  | { readonly type: 'inspection_overdue'; readonly item: string }
  | {
      readonly type: 'item_disposed';
      readonly item: string;
      readonly choice: DispositionChoice;
      readonly by: string | null;
      readonly note: string | null;
    }
  | { readonly type: 'evidence_recorded'; readonly item: string; readonly evidence: Evidence }
  | { readonly type: 'disposition_overdue'; readonly item: string }
  | {
      readonly type: 'disposition_confirmed';
      readonly item: string;
      readonly disposition: Disposition;
      readonly evidence: string;
      /** Of an asset that was sold: minor units. Absent where nothing was paid for it. */
      readonly proceeds?: number;
      /** Of goods that were taken apart: what their parts are carried at. Absent where there are none. */
      readonly salvaged?: number;
    }
  | { readonly type: 'item_taken_up'; readonly item: string; readonly execution: string }
  | { readonly type: 'item_set_free'; readonly item: string; readonly execution: string }
  /** Comes back from a bench, perhaps in several states: it waits for its next way. */
  | {
      readonly type: 'item_worked_on';
      readonly item: string;
      readonly execution: string;
      readonly disposition: WorkDisposition;
      readonly into: readonly WorkedItem[];
    }
  | {
      readonly type: 'recovery_recorded';
      readonly item: string;
      readonly from: RecoverySource;
      readonly reference: string;
      readonly amount: number;
    }
  /** More came than was asked back: a person lets a line have it. Its units are reserved before it counts. */
  | {
      readonly type: 'surplus_accepted';
      readonly item: string;
      readonly line: string;
      readonly parcel: string;
      readonly quantity: number;
    }
  /** Not this return's after all: it is a receipt's, of which another return may get it. A line that had it waits again. */
  | {
      readonly type: 'item_handed_on';
      readonly item: string;
      readonly line: string | null;
      readonly receipt: string;
      readonly to: string | null;
      readonly partial: boolean;
      readonly content: ReceivedContent;
      readonly note: string;
    }
  | { readonly type: 'item_accepted'; readonly item: string }
  | { readonly type: 'item_rejected'; readonly item: string };
