import type { DeviceFinding } from '../goods/evidence.ts';
import type { ConditionFacts } from '../goods/grading.ts';
import type { GivenAnswers } from '../goods/inspection.ts';
import type { ReasonCode } from '../reasons.ts';

/** What was counted in a parcel: units of one SKU, lot and state. */
export type ReceivedContent = {
  readonly sku: string;
  readonly quantity: number;
  readonly lot?: string;
  readonly serials?: readonly string[];
  readonly damagedInTransit?: boolean;
};

/** What somebody saw of goods: the facts themselves, or the answers to the questions of their category, which give them. */
export type Seen = { readonly facts: ConditionFacts } | { readonly answers: GivenAnswers };

/** What an inspector found for some of an item's units. */
export type Finding = Found & Seen;

export type ItemFindings = { readonly item: string; readonly findings: readonly Finding[] };

type Found = {
  readonly quantity: number;
  /** Which of the item's serials these are; needed where only some units were looked at. */
  readonly serials?: readonly string[];
  /** The reason found, where it differs from the reason claimed. */
  readonly reason?: ReasonCode;
  /** What was seen of a device. That it is empty nobody says here: a certificate does. */
  readonly found?: readonly DeviceFinding[];
};
