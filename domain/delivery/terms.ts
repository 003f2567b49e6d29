import type { Duration } from '../time/duration.ts';

/** What the buyer gets for goods that could not be delivered. */
export const remedies = ['refund', 'new_shipment'] as const;
export type Remedy = (typeof remedies)[number];

/** How goods are saved that their carrier can't deliver; a part of the policy of the program `undeliverable`. */
export type DeliveryTerms = {
  /** When the buyer is reminded, from when the contact was due. */
  readonly reminders: readonly Duration[];
  /** How long the buyer may take to say what is to become of the parcel; then it is sent back. */
  readonly answerWithin: Duration;
  /** How often the carrier is asked to try again. */
  readonly furtherAttempts: number;
  /** How long a further attempt may go without news before a person is told. */
  readonly attemptWithin: Duration;
  /** How long a parcel is kept for its buyer at a location, where its carrier names no day. */
  readonly holdFor: Duration;
  /** How long the buyer may choose between money and a new shipment, once the goods are on their way back. */
  readonly chooseWithin: Duration;
  /** What the buyer gets who doesn't choose. */
  readonly otherwise: Remedy;
  /** To refuse a parcel counts as withdrawing from the sale. By European law it doesn't unless that is declared (Directive 2011/83/EU, Art. 11). */
  readonly refusalIsWithdrawal: boolean;
};

/** Starting points, to be replaced by a merchant's own; also what counts where a policy says nothing. */
export const defaultDeliveryTerms: DeliveryTerms = {
  reminders: ['P1D', 'P3D'],
  answerWithin: 'P5D',
  furtherAttempts: 1,
  attemptWithin: 'P7D',
  holdFor: 'P7D',
  chooseWithin: 'P7D',
  otherwise: 'refund',
  refusalIsWithdrawal: false,
};
