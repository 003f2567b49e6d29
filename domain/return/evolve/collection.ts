import type { Instant } from '../../time/duration.ts';
import { unreachable } from '../../unreachable.ts';
import { valueLost } from '../claims.ts';
import type { CollectionEvent } from '../events/collection.ts';
import { isScan } from '../parcel.ts';
import type { OutboundParcel } from '../request.ts';
import type { Opened, ParcelState, PickupState } from '../state.ts';
import { wantClaim } from './claims.ts';

/** A parcel that nobody has heard of yet. */
export const newParcel = (parcel: string, method: ParcelState['method']): ParcelState => ({
  parcel,
  method,
  label: method === 'unannounced' ? 'none' : 'wanted',
  refusals: 0,
  carrier: null,
  trackingNumber: null,
  providerId: null,
  cost: null,
  tracking: 'unknown',
  scanned: false,
  trackedAt: null,
  heardAt: null,
  received: false,
  lost: false,
});

export function evolveCollection(state: Opened, event: CollectionEvent, at: Instant): Opened {
  switch (event.type) {
    case 'parcel_expected': {
      const { parcel, method, outbound, along } = event;
      const expected = newParcel(parcel, method);
      const added = outbound === undefined ? expected : comingBack(expected, outbound, at);
      const { carrier, tracking } = along ?? {};
      const shared: Partial<ParcelState> =
        carrier === undefined || tracking === undefined ? {} : { label: 'none', carrier, trackingNumber: tracking };
      return { ...state, parcels: { ...state.parcels, [parcel]: { ...added, ...shared } } };
    }
    case 'label_bought':
      return changeParcel(state, event.parcel, {
        label: 'bought',
        carrier: event.carrier,
        trackingNumber: event.tracking,
        providerId: event.providerId,
        cost: event.cost,
      });
    case 'label_refused':
      return changeParcel(state, event.parcel, {
        label: 'refused',
        refusals: (state.parcels[event.parcel]?.refusals ?? 0) + 1,
      });
    case 'label_withdrawn':
      return changeParcel(state, event.parcel, { label: 'withdrawn' });
    case 'label_voided':
      return changeParcel(state, event.parcel, { label: event.voided ? 'voided' : 'used' });
    case 'pickup_due':
      return {
        ...state,
        pickups: {
          ...state.pickups,
          [event.pickup]: {
            pickup: event.pickup,
            parcel: event.parcel,
            state: 'wanted',
            providerId: null,
            cost: null,
            windowStart: event.windowStart,
            windowEnd: event.windowEnd,
          },
        },
      };
    case 'pickup_booked':
      return changePickup(state, event.pickup, {
        state: 'booked',
        providerId: event.providerId,
        cost: event.cost,
        windowStart: event.windowStart,
        windowEnd: event.windowEnd,
      });
    case 'trip_assigned': {
      const { pickup, parcel, trip, load, windowStart, windowEnd } = event;
      const booked = { pickup, parcel, state: 'booked', providerId: null, cost: null } as const;
      const added = { ...booked, trip, load, windowStart, windowEnd };
      return { ...state, pickups: { ...state.pickups, [pickup]: added } };
    }
    case 'pickup_collected':
      return handedOver(changePickup(state, event.pickup, { state: 'collected' }), event.pickup);
    case 'pickup_failed':
      return changePickup(state, event.pickup, { state: 'failed' });
    case 'pickup_abandoned':
      return changeParcel(state, event.parcel, { method: 'drop_off' });
    case 'pickup_withdrawn':
      return changePickup(state, event.pickup, { state: 'withdrawn' });
    case 'pickup_cancelled':
      return changePickup(state, event.pickup, { state: 'cancelled' });
    case 'parcel_tracked':
      return hear(state, event, at);
    case 'parcel_lost':
      return wantClaim(changeParcel(state, event.parcel, { lost: true }), event.parcel, 'lost', valueLost(state));
    case 'parcel_awaited':
      return changeParcel(state, event.parcel, { lost: false, heardAt: at });
    default:
      return unreachable(event);
  }
}

/** What a trip of ours has no carrier has: none is asked for it, nor owes for it. */
function handedOver(state: Opened, id: string): Opened {
  const pickup = state.pickups[id];
  if (pickup?.trip === undefined) return state;
  return changeParcel(state, pickup.parcel, { carrier: 'own_trip', trackingNumber: null });
}

/** Its carrier has had it all along. */
const comingBack = (parcel: ParcelState, { carrier, tracking, at }: OutboundParcel, heardAt: Instant): ParcelState => ({
  ...parcel,
  label: 'none',
  carrier,
  trackingNumber: tracking,
  tracking: 'return_to_sender',
  scanned: true,
  trackedAt: at,
  heardAt,
  outbound: true,
});

/** Once scanned, a parcel is with the carrier until it is here or goes back; a scan is also a sign of life of a lost one. */
function hear(state: Opened, event: Extract<CollectionEvent, { type: 'parcel_tracked' }>, at: Instant): Opened {
  const { status } = event;
  const before = state.parcels[event.parcel];
  const isOurs = before?.outbound === true;
  const goesBack = status === 'return_to_sender' && !isOurs;
  return changeParcel(state, event.parcel, {
    tracking: status,
    scanned: !goesBack && (before?.scanned === true || isScan(status)),
    trackedAt: event.at,
    heardAt: at,
    lost: before?.lost === true && !goesBack && !isScan(status) && !(isOurs && status === 'return_to_sender'),
    ...(event.weightGrams === undefined ? {} : { weightGrams: event.weightGrams }),
  });
}

/** The next effect under this key is another one, with an id of its own. */
export function countRetry(state: Opened, key: string): Opened {
  return { ...state, retries: { ...state.retries, [key]: (state.retries[key] ?? 0) + 1 } };
}

export function changeParcel(state: Opened, id: string, change: Partial<ParcelState>): Opened {
  const parcel = state.parcels[id];
  if (parcel === undefined) throw new Error(`no parcel ${id}`);
  return { ...state, parcels: { ...state.parcels, [id]: { ...parcel, ...change } } };
}

function changePickup(state: Opened, id: string, change: Partial<PickupState>): Opened {
  const pickup = state.pickups[id];
  if (pickup === undefined) throw new Error(`no pickup ${id}`);
  return { ...state, pickups: { ...state.pickups, [id]: { ...pickup, ...change } } };
}
