import type { Money } from '../../money/money.ts';
import type { Instant } from '../../time/duration.ts';
import type { TrackingStatus } from '../commands.ts';
import type { OutboundParcel, SharedParcel } from '../request.ts';

/** What happens on the way of parcels. */
export type CollectionEvent =
  | {
      readonly type: 'parcel_expected';
      readonly parcel: string;
      readonly method: 'drop_off' | 'pickup';
      /** It comes back as it went out, without a label of ours. */
      readonly outbound?: OutboundParcel;
      /** Another return's, whose label is used. */
      readonly along?: SharedParcel;
    }
  | {
      readonly type: 'label_bought';
      readonly parcel: string;
      readonly carrier: string;
      readonly tracking: string;
      readonly providerId: string;
      readonly cost: Money;
    }
  | { readonly type: 'label_refused'; readonly parcel: string; readonly code: string }
  | { readonly type: 'label_withdrawn'; readonly parcel: string }
  | { readonly type: 'label_voided'; readonly parcel: string; readonly voided: boolean }
  | {
      readonly type: 'pickup_due';
      readonly pickup: string;
      readonly parcel: string;
      readonly windowStart: Instant;
      readonly windowEnd: Instant;
    }
  | {
      readonly type: 'pickup_booked';
      readonly pickup: string;
      readonly providerId: string;
      readonly confirmation: string;
      readonly windowStart: Instant;
      readonly windowEnd: Instant;
      readonly cost: Money;
    }
  /** A trip of ours collects it: booked from the beginning, for nothing. */
  | {
      readonly type: 'trip_assigned';
      readonly pickup: string;
      readonly parcel: string;
      readonly trip: string;
      readonly load: string;
      readonly windowStart: Instant;
      readonly windowEnd: Instant;
    }
  | {
      readonly type: 'pickup_collected';
      readonly pickup: string;
      readonly at: Instant;
      /** By a trip of ours: how many units it has of those that it was to have. */
      readonly units?: number;
      readonly of?: number;
    }
  | { readonly type: 'pickup_failed'; readonly pickup: string; readonly cause: 'attempt' | 'silence' | 'refused' }
  | { readonly type: 'pickup_abandoned'; readonly parcel: string }
  | { readonly type: 'pickup_withdrawn'; readonly pickup: string }
  | { readonly type: 'pickup_cancelled'; readonly pickup: string; readonly cancelled: boolean }
  | {
      readonly type: 'parcel_tracked';
      readonly parcel: string;
      readonly status: TrackingStatus;
      readonly at: Instant;
      readonly weightGrams?: number;
    }
  | { readonly type: 'parcel_lost'; readonly parcel: string }
  | { readonly type: 'parcel_awaited'; readonly parcel: string };
