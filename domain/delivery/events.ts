import type { AttentionEvent } from '../process/attention-rows.ts';
import type { Recorded as RecordedOf } from '../process/kind.ts';
import type { ReasonCode } from '../reasons.ts';
import type { TrackingStatus } from '../return/commands.ts';
import type { Instant } from '../time/duration.ts';
import type { DeliveryAttentionReason, DeliveryResolution } from './attention.ts';
import type { DeliveryTerms, Remedy } from './terms.ts';

/** Why a parcel isn't with its buyer, with the reason of the return where it comes to that. */
export const reasonsOfReturn = {
  refused: 'delivery_refused',
  not_home: 'unclaimed',
  unclaimed: 'unclaimed',
  bad_address: 'address_wrong',
  customs: 'customs_held',
  damaged: 'damaged_in_transit',
  lost: 'undeliverable',
  other: 'undeliverable',
} as const satisfies Record<string, ReasonCode>;
export type DeliveryReason = keyof typeof reasonsOfReturn;
export const deliveryReasons = Object.keys(reasonsOfReturn) as readonly DeliveryReason[];

/** What was sent in one parcel, and the rules for it. No personal data: the address is beside the journal. */
export type DeliveryFacts = {
  readonly tracking: string;
  readonly carrier: string;
  readonly order: string;
  readonly lines: readonly { readonly orderLine: string; readonly sku: string; readonly quantity: number }[];
  readonly terms: DeliveryTerms;
};

/** What the buyer can have done with a parcel that is not there. */
export const deliveryChoices = ['correct_address', 'redeliver', 'collect', 'send_back'] as const;
export type DeliveryChoice = (typeof deliveryChoices)[number];

/** What a carrier is told to do with a parcel. */
export type Instruction = {
  readonly instruction: string;
  readonly what: DeliveryChoice;
  /** The day of a redelivery (2026-03-14) and the carrier's code of a location, where the buyer named them. */
  readonly on: string | null;
  readonly location: string | null;
};

/** Why goods go back: the carrier, the buyer, silence, or what was tried in vain. */
export type WhyBack = 'carrier' | 'buyer' | 'unanswered' | 'attempts' | 'not_collected' | 'person';

/** What happened to a delivery; the journal's content. */
export type DeliveryEvent =
  | { readonly type: 'opened'; readonly facts: DeliveryFacts }
  | {
      readonly type: 'tracked';
      readonly status: TrackingStatus;
      readonly at: Instant;
      readonly reason: DeliveryReason | null;
    }
  /** The shop's own system asks the buyer, when it hears this. */
  | {
      readonly type: 'contact_due';
      readonly reason: DeliveryReason;
      readonly answerBy: Instant;
      readonly attemptsLeft: number;
    }
  | { readonly type: 'reminded'; readonly answerBy: Instant }
  | { readonly type: 'answered'; readonly choice: DeliveryChoice; readonly withdrawal: boolean }
  | ({ readonly type: 'instructed' } & Instruction)
  | { readonly type: 'instruction_refused'; readonly instruction: string }
  | { readonly type: 'attempt_due'; readonly attempt: number }
  | { readonly type: 'attempt_silent' }
  | { readonly type: 'attempt_awaited' }
  | { readonly type: 'held'; readonly until: Instant }
  | {
      readonly type: 'return_due';
      readonly reason: DeliveryReason;
      readonly why: WhyBack;
      readonly withdrawal: boolean;
      readonly chooseBy: Instant;
    }
  | { readonly type: 'remedy_chosen'; readonly remedy: Remedy; readonly by: 'buyer' | 'policy' }
  | { readonly type: 'return_started'; readonly rma: string }
  | { readonly type: 'return_retried' }
  | { readonly type: 'remedy_told'; readonly taken: boolean }
  | { readonly type: 'closed'; readonly outcome: DeliveryOutcome }
  | AttentionEvent<DeliveryAttentionReason, DeliveryResolution>;

export const deliveryOutcomes = ['delivered', 'returned', 'given_up'] as const;
export type DeliveryOutcome = (typeof deliveryOutcomes)[number];

export type Recorded = RecordedOf<DeliveryEvent>;
