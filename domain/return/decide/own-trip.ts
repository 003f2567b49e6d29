import type { ReturnCommand } from '../commands.ts';
import type { ReturnEvent } from '../events.ts';
import { find } from '../find.ts';
import { isUsable, outstanding } from '../parcel.ts';
import { type Answer, refuse } from '../refuse.ts';
import type { Opened, PickupState } from '../state.ts';
import { pickupsOf } from './collect.ts';

/**
 * A trip of ours collects a parcel: what a carrier was booked for is given up. The parcel's label stays until the trip has it: should the
 * trip fail, a carrier is booked again.
 */
export function assignTrip(state: Opened, command: Extract<ReturnCommand, { type: 'assign_trip' }>): Answer {
  if (state.phase === 'closed') return refuse('return_closed');
  if (state.phase !== 'open') return refuse('not_authorized');
  if (outstanding(state) === 0) return refuse('nothing_outstanding');
  const { parcel: id, trip, load, windowStart, windowEnd } = command;
  const parcel = find(state.parcels, id);
  if (parcel === undefined) return refuse('unknown_parcel', 'parcel');
  const pickups = pickupsOf(state, parcel);
  if (pickups.some((pickup) => isOf(pickup, trip, load))) return [];
  if (parcel.method !== 'pickup' || !isUsable(parcel)) return refuse('handed_over');
  if (parcel.label === 'wanted') return refuse('pickup_not_booked', 'parcel');
  const pickup = `K${Object.keys(state.pickups).length + 1}`;
  return [...withdrawn(pickups), { type: 'trip_assigned', pickup, parcel: id, trip, load, windowStart, windowEnd }];
}

/** How it went on the trip. What it has needs no carrier's label, and no other pickup. */
export function reportTrip(state: Opened, command: Extract<ReturnCommand, { type: 'report_trip' }>): Answer {
  const { trip, load, outcome, at, units, of } = command;
  const pickup = Object.values(state.pickups).find((each) => isOf(each, trip, load));
  const parcel = pickup === undefined ? undefined : state.parcels[pickup.parcel];
  if (pickup === undefined || parcel === undefined) return refuse('unknown_pickup', 'trip');
  const came = (status: 'in_transit' | 'delivered'): ReturnEvent[] =>
    parcel.received ? [] : [{ type: 'parcel_tracked', parcel: parcel.parcel, status, at }];
  switch (outcome) {
    case 'failed':
      if (pickup.state === 'failed') return [];
      if (pickup.state !== 'booked') return refuse('pickup_not_booked', 'trip');
      return [{ type: 'pickup_failed', pickup: pickup.pickup, cause: 'attempt' }];
    case 'delivered':
      return pickup.state === 'collected' ? came('delivered') : refuse('pickup_not_booked', 'trip');
    case 'collected': {
      if (pickup.state === 'collected') return [];
      // Given up for its silence, it may have been there all the same.
      if (pickup.state !== 'booked' && pickup.state !== 'failed') return refuse('pickup_not_booked', 'trip');
      const counted = units === undefined || of === undefined ? {} : { units, of };
      const unneeded = parcel.label === 'bought' || parcel.label === 'wanted';
      return [
        { type: 'pickup_collected', pickup: pickup.pickup, at, ...counted },
        ...withdrawn(pickupsOf(state, parcel).filter((each) => each !== pickup)),
        ...(unneeded ? [{ type: 'label_withdrawn', parcel: parcel.parcel } as const] : []),
        ...came('in_transit'),
      ];
    }
  }
}

const isOf = (pickup: PickupState, trip: string, load: string): boolean => pickup.trip === trip && pickup.load === load;

const withdrawn = (pickups: readonly PickupState[]): ReturnEvent[] =>
  pickups
    .filter(({ state }) => state === 'wanted' || state === 'booked')
    .map(({ pickup }) => ({ type: 'pickup_withdrawn', pickup }));
