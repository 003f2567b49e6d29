import { hasLabels } from '../../policy/policy.ts';
import { after, type Instant } from '../../time/duration.ts';
import type { ReturnCommand, TrackingStatus } from '../commands.ts';
import type { ReturnEvent } from '../events.ts';
import { find } from '../find.ts';
import { isScan, outstanding } from '../parcel.ts';
import { raise } from '../raise.ts';
import { type Answer, refuse } from '../refuse.ts';
import type { Opened, ParcelState, PickupState } from '../state.ts';

/** Carriers tell whole seconds: of two reports of one moment, the one that is further along came last. */
const progress: Readonly<Record<TrackingStatus, number>> = {
  unknown: 0,
  pre_transit: 1,
  in_transit: 2,
  available_for_pickup: 3,
  out_for_delivery: 4,
  failure: 5,
  cancelled: 6,
  return_to_sender: 7,
  delivered: 8,
};

/** What comes back as it went out begins its way with the news that is the end of any other. */
const progressOf = ({ outbound }: ParcelState, status: TrackingStatus): number =>
  outbound === true && status === 'return_to_sender' ? progress.pre_transit : progress[status];

/** News of a carrier. It comes late, twice and out of order: only what is newer than what we know changes anything. */
export function track(state: Opened, command: Extract<ReturnCommand, { type: 'track' }>): Answer {
  const parcel = find(state.parcels, command.parcel);
  if (parcel === undefined) return refuse('unknown_parcel', 'parcel');
  const { status, at } = command;
  const { trackedAt, tracking } = parcel;
  const stale =
    trackedAt !== null &&
    (at < trackedAt || (at === trackedAt && progressOf(parcel, status) <= progressOf(parcel, tracking)));
  if (parcel.received || stale) return [];
  const weighed = command.weightGrams === undefined ? {} : { weightGrams: command.weightGrams };
  const events: ReturnEvent[] = [{ type: 'parcel_tracked', parcel: parcel.parcel, status, at, ...weighed }];
  if (isScan(status)) {
    events.push(
      ...pickupsOf(state, parcel)
        .filter((pickup) => pickup.state === 'booked' && pickup.trip === undefined)
        .map((pickup): ReturnEvent => ({ type: 'pickup_collected', pickup: pickup.pickup, at })),
    );
  }
  // What closed is not brought back by news of the way: the goods themselves do that when they arrive.
  const comesBack = status === 'return_to_sender' && parcel.outbound !== true;
  const exceptional = state.phase !== 'closed' && (status === 'failure' || comesBack);
  return exceptional ? [...events, ...raise(state, 'carrier_exception', parcel.parcel, status)] : events;
}

/** How a carrier's attempt at a pickup ended. */
export function reportPickup(state: Opened, command: Extract<ReturnCommand, { type: 'report_pickup' }>): Answer {
  const pickup = find(state.pickups, command.pickup);
  if (pickup === undefined) return refuse('unknown_pickup', 'pickup');
  if (pickup.state === (command.outcome === 'collected' ? 'collected' : 'failed')) return [];
  if (pickup.state !== 'booked') return refuse('pickup_not_booked', 'pickup');
  if (command.outcome === 'failed') return [{ type: 'pickup_failed', pickup: pickup.pickup, cause: 'attempt' }];
  const events: ReturnEvent[] = [{ type: 'pickup_collected', pickup: pickup.pickup, at: command.at }];
  const parcel = state.parcels[pickup.parcel];
  if (parcel === undefined || parcel.scanned || parcel.received) return events;
  return [...events, { type: 'parcel_tracked', parcel: pickup.parcel, status: 'in_transit', at: command.at }];
}

/** Books the next pickup, falls back to a drop-off, or gives back what nobody will use any more. */
export function whatCollectionNeeds(state: Opened, at: Instant): readonly ReturnEvent[] {
  const waiting = outstanding(state) > 0;
  if (waiting && state.phase === 'open' && Object.keys(state.parcels).length === 0) {
    return parcelFor(state);
  }
  const barred = waiting ? keepOffTheRoad(state) : [];
  if (barred.length > 0) return barred;
  return Object.values(state.parcels).flatMap((parcel) => {
    const events = withdraw(state, parcel, waiting);
    return events.length > 0 || !waiting ? events : nextPickup(state, parcel, at);
  });
}

/** The next parcel that is to come; none where goods come without a label of ours, but for the one that they went out in, or that another return has. */
export function parcelFor({ parcels, method, outbound, along }: Opened): ReturnEvent[] {
  if (method === 'along') {
    if (along === undefined || Object.keys(parcels).length > 0) return [];
    return [{ type: 'parcel_expected', parcel: 'P1', method: 'drop_off', along }];
  }
  if (!hasLabels(method)) return [];
  if (outbound !== undefined) {
    if (Object.keys(parcels).length > 0) return [];
    return [{ type: 'parcel_expected', parcel: 'P1', method: 'drop_off', outbound }];
  }
  return [{ type: 'parcel_expected', parcel: `P${Object.keys(parcels).length + 1}`, method }];
}

/** Hazardous goods never travel on an ordinary label, whoever let them in: a person arranges their way. */
function keepOffTheRoad(state: Opened): ReturnEvent[] {
  const hazardous = Object.values(state.lines).some((line) => line.outstanding > 0 && line.sold.hazardous);
  const wanting = Object.values(state.parcels).find(({ label, received }) => label === 'wanted' && !received);
  if (!hazardous || wanting === undefined) return [];
  const { parcel } = wanting;
  return [{ type: 'label_refused', parcel, code: 'hazardous' }, ...raise(state, 'label_refused', parcel, 'hazardous')];
}

/** The pickup saga: book, and after a failure book again as often as the policy says, then have it dropped off instead. */
function nextPickup(state: Opened, parcel: ParcelState, at: Instant): ReturnEvent[] {
  const { pickup: policy } = state.policy;
  if (parcel.method !== 'pickup' || parcel.label !== 'bought' || parcel.scanned || parcel.received) return [];
  // One that was given up for a trip of ours is none of those that failed.
  const pickups = pickupsOf(state, parcel).filter(({ state: is }) => is !== 'withdrawn' && is !== 'cancelled');
  if (pickups.some((pickup) => pickup.state !== 'failed')) return [];
  if (pickups.length > policy.rebookings) return [{ type: 'pickup_abandoned', parcel: parcel.parcel }];
  const pickup = `K${Object.keys(state.pickups).length + 1}`;
  const windowStart = after(at, policy.leadTime);
  const windowEnd = after(windowStart, policy.windowLength);
  return [{ type: 'pickup_due', pickup, parcel: parcel.parcel, windowStart, windowEnd }];
}

/** Gives back the label and the pickup of a parcel that is not needed any more, or that came another way. */
function withdraw(state: Opened, parcel: ParcelState, waiting: boolean): ReturnEvent[] {
  const { label, scanned, received } = parcel;
  const came = scanned || received;
  const pickups = pickupsOf(state, parcel).filter((pickup) =>
    pickup.state === 'wanted' || pickup.trip !== undefined
      ? (pickup.state === 'wanted' || pickup.state === 'booked') && (came || !waiting)
      : pickup.state === 'booked' && (received || !waiting),
  );
  const unused = label === 'wanted' ? received || !waiting : label === 'bought' && !waiting && !came;
  return [
    ...pickups.map(({ pickup }): ReturnEvent => ({ type: 'pickup_withdrawn', pickup })),
    ...(unused ? [{ type: 'label_withdrawn', parcel: parcel.parcel } as const] : []),
  ];
}

export const pickupsOf = (state: Opened, parcel: ParcelState): PickupState[] =>
  Object.values(state.pickups).filter((pickup) => pickup.parcel === parcel.parcel);
