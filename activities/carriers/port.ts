import type { Money } from '../../domain/money/money.ts';

/** `reference` names one label for ever: it is what the carrier is asked for after a crash. */
export type LabelRequest = {
  readonly reference: string;
  readonly rma: string;
  readonly parcel: string;
  readonly facility: string;
  readonly weightGrams: number;
  readonly method: 'drop_off' | 'pickup';
};

export type LabelBought = {
  readonly reference: string;
  readonly carrier: string;
  readonly service: string;
  readonly tracking: string;
  readonly providerId: string;
  readonly cost: Money;
  readonly labelUrl: string;
};

/** The window is two instants (RFC 3339). */
export type PickupRequest = {
  readonly reference: string;
  readonly rma: string;
  readonly parcel: string;
  readonly labelProviderId: string;
  readonly windowStart: string;
  readonly windowEnd: string;
};

export type PickupBooked = {
  readonly reference: string;
  readonly providerId: string;
  readonly confirmation: string;
  readonly cost: Money;
  readonly windowStart: string;
  readonly windowEnd: string;
};

export type ClaimRequest = {
  readonly reference: string;
  readonly rma: string;
  readonly tracking: string;
  readonly kind: 'lost' | 'damaged';
  readonly amount: Money;
};

export type ClaimOpened = {
  readonly reference: string;
  readonly providerId: string;
  readonly status: 'submitted' | 'approved' | 'rejected' | 'cancelled' | 'unknown';
};

/**
 * An earlier effect to be taken back. `providerId` is null where we never heard whether it was made: the carrier is asked
 * for our reference, and having none is `nothing`.
 */
export type Undo = { readonly reference: string; readonly providerId: string | null };

/**
 * Labels, pickups and claims. Every call may be repeated: it makes its effect once by its reference and answers the
 * same. Fails with `carrier.unavailable` (try again) or `carrier.refused` (a code of `CarrierRefusal`).
 */
export interface Carriers {
  /** Buys the cheapest label from the customer to the facility. */
  buyLabel(request: LabelRequest): Promise<LabelBought>;
  /** Gives a label back; `already_used` when the carrier has scanned it. */
  voidLabel(request: Undo): Promise<{ outcome: 'voided' | 'already_used' | 'nothing' }>;
  bookPickup(request: PickupRequest): Promise<PickupBooked>;
  /** `already_done` when the driver has come. */
  cancelPickup(request: Undo): Promise<{ outcome: 'cancelled' | 'already_done' | 'nothing' }>;
  openClaim(request: ClaimRequest): Promise<ClaimOpened>;
  /** `already_decided` when the carrier has answered it. */
  withdrawClaim(request: Undo): Promise<{ outcome: 'withdrawn' | 'already_decided' | 'nothing' }>;
}

/** The same as workflows see it: a label's link stays outside of histories. */
export type CarrierActivities = Omit<Carriers, 'buyLabel'> & {
  buyLabel(request: LabelRequest): Promise<Omit<LabelBought, 'labelUrl'>>;
};

export type CarrierRefusal =
  | 'address_missing'
  | 'address_invalid'
  | 'parcel_invalid'
  | 'no_rates'
  | 'label_voided'
  | 'pickup_unavailable'
  | 'pickup_cancelled'
  | 'window_invalid'
  | 'claim_not_allowed'
  | 'not_found'
  | 'rejected';
