import type { CommonCommand } from '../execution/commands.ts';
import type { ConditionFacts } from '../goods/grading.ts';
import type { GivenAnswers } from '../goods/inspection.ts';
import type { Envelope as EnvelopeOf } from '../process/kind.ts';
import type { RequestCommand } from '../process/numbered.ts';
import type { Instant } from '../time/duration.ts';
import type { RefurbishmentResolution } from './attention.ts';
import type { HoldCode, ItemUnits, RefurbishmentRequest } from './events.ts';

/** What was seen of units at the bench: the facts, and the answers that they are made of where questions were asked. */
type Seen = { readonly facts: ConditionFacts; readonly answers?: GivenAnswers };

/** A message to a refurbishment: from a person, a timer, or a return that was told something. */
export type RefurbishmentCommand =
  | RequestCommand<RefurbishmentRequest>
  /** What is still to be spent, in place of what was expected before. */
  | { readonly type: 'estimate'; readonly minutes: number; readonly parts: number }
  | { readonly type: 'use_part'; readonly sku: string; readonly quantity: number; readonly unitCost: number }
  | { readonly type: 'book_labour'; readonly minutes: number }
  /** What a refurbisher outside charges, under the number of its invoice. */
  | { readonly type: 'book_charge'; readonly reference: string; readonly amount: number }
  | { readonly type: 'await_parts'; readonly sku: string; readonly until: Instant }
  | { readonly type: 'parts_arrive' }
  | { readonly type: 'raise_budget'; readonly by: number; readonly note: string }
  | { readonly type: 'hold'; readonly code: HoldCode }
  | { readonly type: 'lift_hold' }
  | ({ readonly type: 'test'; readonly units: ItemUnits; readonly passed: boolean } & Seen)
  | {
      readonly type: 'abandon';
      readonly units: ItemUnits;
      readonly outcome: 'beyond_repair' | 'given_up';
      readonly facts: ConditionFacts | null;
    }
  | {
      readonly type: 'take_apart';
      readonly rma: string;
      readonly item: string;
      /** What each part would bring, a unit in minor units: it gets its share of the cost by that. */
      readonly parts: readonly { readonly sku: string; readonly quantity: number; readonly unitValue: number }[];
    }
  /** `partsBack`: what was built in goes back into stock; else it is lost. */
  | { readonly type: 'cancel'; readonly partsBack: boolean; readonly note: string | null }
  | CommonCommand<RefurbishmentResolution>;

export type Envelope = EnvelopeOf<RefurbishmentCommand>;
