import { Router } from 'express';
import { operation, type Sandbox } from '../operation.ts';
import { answer, easypost, find, notFound } from './dialect.ts';
import { publishEvent } from './events.ts';
import { newId, now, type Shipment, type Tracker, type TrackerStatus, type TrackingDetail } from './objects.ts';

/** What can happen to a parcel, as its carrier would report it. `lose` is silence: no report at all. */
export const moves = {
  scan: ['in_transit', 'arrived_at_facility', 'AR', 'Arrived at facility'],
  pick_up: ['in_transit', 'arrived_at_facility', 'PU', 'Picked up'],
  out_for_delivery: ['out_for_delivery', 'out_for_delivery', 'OD', 'Out for delivery'],
  deliver: ['delivered', 'arrived_at_destination', 'DL', 'Delivered'],
  fail_attempt: ['in_transit', 'delivery_exception', 'DE', 'Delivery attempted'],
  miss_pickup: ['pre_transit', 'transit_exception', 'PX', 'Pickup exception'],
  return_to_sender: ['return_to_sender', 'return', 'RS', 'Returning to sender'],
  refuse: ['return_to_sender', 'refused', 'RF', 'Refused by recipient'],
  damage: ['failure', 'damaged', 'DM', 'Damaged in transit'],
  declare_lost: ['failure', 'lost', 'LO', 'Lost'],
  hold: ['available_for_pickup', 'arrived_at_pickup_location', 'AP', 'Available for pickup'],
  correct_address: ['in_transit', 'address_correction', 'AC', 'Address correction needed'],
  lose: null,
} as const satisfies Record<string, readonly [TrackerStatus, string, string, string] | null>;
export type Move = keyof typeof moves;

const finals: readonly TrackerStatus[] = ['delivered', 'failure'];

function detail(
  carrier: string,
  country: string | null,
  [status, statusDetail, code, message]: Report,
): TrackingDetail {
  return {
    object: 'TrackingDetail',
    message,
    description: message,
    status,
    status_detail: statusDetail,
    datetime: now(),
    source: carrier,
    carrier_code: code,
    tracking_location: { object: 'TrackingLocation', city: null, state: null, country, zip: null },
  };
}
type Report = readonly [TrackerStatus, string, string, string];

function trackerOf(
  carrier: string,
  trackingCode: string,
  of: Pick<Tracker, 'shipment_id' | 'is_return' | 'weight'> & { readonly country: string | null },
): Tracker {
  const at = now();
  const report: Report = ['pre_transit', 'label_created', 'OC', 'Shipping label created'];
  const { country, ...parcel } = of;
  return {
    id: newId('trk'),
    object: 'Tracker',
    mode: 'test',
    tracking_code: trackingCode,
    status: report[0],
    status_detail: report[1],
    created_at: at,
    updated_at: at,
    signed_by: null,
    est_delivery_date: null,
    carrier,
    tracking_details: [detail(carrier, country, report)],
    fees: [],
    finalized: false,
    public_url: `https://track.easypost.com/${trackingCode}`,
    ...parcel,
  };
}

/** Follows a parcel whose label was bought elsewhere, as the vendor does for a tracker that is made by hand. */
export function followParcel(sandbox: Sandbox, carrier: string, trackingCode: string): Tracker {
  const known = sandbox.store.byReference('tracker', trackingCode);
  if (known !== undefined) return known.body;
  const tracker = trackerOf(carrier, trackingCode, { shipment_id: '', is_return: false, weight: 0, country: null });
  sandbox.store.insert('tracker', tracker, { reference: trackingCode, notes: {} });
  publishEvent(sandbox, 'tracker.created', tracker, {});
  return tracker;
}

/** Starts to follow a parcel, as the vendor does by itself for each label that it sells. */
export function createTracker(sandbox: Sandbox, shipment: Shipment, carrier: string, trackingCode: string): Tracker {
  const { id, is_return, to_address, parcel } = shipment;
  const tracker = trackerOf(carrier, trackingCode, {
    shipment_id: id,
    is_return,
    weight: parcel.weight,
    country: to_address.country,
  });
  const lost = sandbox.faults.happens(sandbox.faults.current().lostParcels, 'lost', shipment.reference ?? shipment.id);
  sandbox.store.insert('tracker', tracker, {
    reference: trackingCode,
    parent: shipment.id,
    notes: lost ? { lost } : {},
  });
  publishEvent(sandbox, 'tracker.created', tracker, {});
  return tracker;
}

/** Moves a parcel; a delivered or failed one stays as it is. Answers whether anything was reported. */
export function moveParcel(sandbox: Sandbox, trackerId: string, move: Move): boolean {
  const { store } = sandbox;
  const found = store.byId('tracker', trackerId);
  if (found === undefined || finals.includes(found.body.status)) return false;
  const tracker = found.body;
  const report = moves[move];
  if (report === null) {
    found.notes.lost = true;
    store.update(found);
    return false;
  }
  const previous = { status: tracker.status };
  const country = tracker.tracking_details[0]?.tracking_location.country ?? null;
  const [status, statusDetail] = report;
  tracker.status = status;
  tracker.status_detail = statusDetail;
  tracker.updated_at = now();
  tracker.finalized = finals.includes(status);
  tracker.tracking_details.push(detail(tracker.carrier, country, report));
  store.update(found);
  const shipment = store.byId('shipment', tracker.shipment_id);
  if (shipment !== undefined) {
    shipment.body.status = status;
    shipment.body.tracker = tracker;
    store.update(shipment);
  }
  publishEvent(sandbox, 'tracker.updated', tracker, previous);
  return true;
}

export function trackers(sandbox: Sandbox): Router {
  const { store } = sandbox;
  const router = Router();
  router.get(
    '/trackers/:id',
    operation(sandbox, easypost(store, 'tracker'), 'tracker.retrieve', ({ params }) => {
      const tracker = find(store, 'tracker', params['id']);
      return tracker === undefined ? notFound() : answer(200, tracker.body);
    }),
  );
  return router;
}
