import type { Envelope as EnvelopeOf } from '../process/kind.ts';
import type { TrackingStatus } from '../return/commands.ts';
import type { Instant } from '../time/duration.ts';
import type { DeliveryResolution } from './attention.ts';
import type { DeliveryChoice, DeliveryFacts, DeliveryReason } from './events.ts';
import type { Remedy } from './terms.ts';

/** What came of telling something to the return, or of starting it. */
export type DeliveryOutcomeOfEffect =
  | { readonly type: 'return_started'; readonly rma: string }
  | { readonly type: 'accepted' }
  | { readonly type: 'refused'; readonly code: string };

/** A message to a delivery: from its carrier, its buyer, a person, a timer, or its return. */
export type DeliveryCommand =
  | { readonly type: 'open'; readonly facts: DeliveryFacts }
  | {
      readonly type: 'track';
      readonly status: TrackingStatus;
      /** What went wrong; null where nothing did. */
      readonly reason: DeliveryReason | null;
      /** The carrier's own time. */
      readonly at: Instant;
    }
  | {
      readonly type: 'answer';
      readonly choice: DeliveryChoice;
      readonly on: string | null;
      readonly location: string | null;
      /** With `send_back`: the buyer declares to withdraw from the sale, and may say at once what to get for it. */
      readonly withdrawal: boolean;
      readonly remedy: Remedy | null;
    }
  | { readonly type: 'choose'; readonly remedy: Remedy }
  | {
      readonly type: 'instruct';
      readonly instruction: string;
      readonly outcome: 'done' | 'refused';
      /** The last day at a location, where the carrier names one. */
      readonly until: Instant | null;
    }
  | {
      readonly type: 'resolve';
      readonly attention: string;
      readonly resolution: DeliveryResolution;
      readonly note: string;
    }
  | { readonly type: 'deadline'; readonly deadline: string; readonly due: Instant }
  | { readonly type: 'outcome'; readonly effect: string; readonly outcome: DeliveryOutcomeOfEffect }
  | { readonly type: 'sync' };

export type Envelope = EnvelopeOf<DeliveryCommand>;
