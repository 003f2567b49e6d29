import { randomInt } from 'node:crypto';
import { Router } from 'express';
import { z } from 'zod';
import { operation, type Sandbox } from '../operation.ts';
import { answer, easypost, find, notFound, refusal } from './dialect.ts';
import { newId, now, type Pickup } from './objects.ts';
import { addressable, addressInput, storedAddress } from './shipments.ts';
import { moveParcel } from './trackers.ts';

const pickupInput = z.object({
  pickup: z.object({
    reference: z.string().nullish(),
    address: addressInput,
    shipment: z.object({ id: z.string() }),
    min_datetime: z.string(),
    max_datetime: z.string(),
    instructions: z.string().nullish(),
    is_account_address: z.boolean().optional(),
  }),
});

/**
 * The driver comes once for a booked pickup. The vendor has no status for it: success is the parcel's first scan,
 * failure a pickup exception on its tracker.
 */
export function attemptPickup(sandbox: Sandbox, pickupId: string, outcome: 'succeeded' | 'failed'): boolean {
  const { store } = sandbox;
  const pickup = store.byId('pickup', pickupId);
  if (pickup === undefined || pickup.body.status !== 'scheduled' || pickup.notes.attempted !== undefined) return false;
  const [tracker] = store.byParent('tracker', pickup.parent ?? '');
  if (tracker === undefined) return false;
  pickup.notes.attempted = outcome;
  store.update(pickup);
  return moveParcel(sandbox, tracker.id, outcome === 'succeeded' ? 'pick_up' : 'miss_pickup');
}

/** Pickups: created with rates, bought once by carrier and service, cancelled until the driver has come. */
export function pickups(sandbox: Sandbox): Router {
  const { store } = sandbox;
  const dialect = easypost(store, 'pickup');
  const router = Router();

  router.post(
    '/pickups',
    operation(sandbox, dialect, 'pickup.create', ({ body }) => {
      const input = pickupInput.safeParse(body);
      if (!input.success) return refusal(422, 'PICKUP.REQUEST.INVALID', 'Invalid pickup request.');
      const { pickup: given } = input.data;
      const from = Date.parse(given.min_datetime);
      const to = Date.parse(given.max_datetime);
      if (Number.isNaN(from)) return refusal(422, 'PICKUP.MIN_DATETIME.REQUIRED', 'min_datetime is required.');
      if (Number.isNaN(to)) return refusal(422, 'PICKUP.MAX_DATETIME.REQUIRED', 'max_datetime is required.');
      if (to < from) return refusal(422, 'PICKUP.REQUEST.INVALID', 'max_datetime is before min_datetime.');
      const address = storedAddress(given.address);
      if (!addressable(address)) return refusal(422, 'PICKUP.ADDRESS.INVALID', 'Invalid pickup address.');
      const shipment = find(store, 'shipment', given.shipment.id);
      const rate = shipment?.body.selected_rate;
      if (shipment === undefined || rate === null || rate === undefined || shipment.body.refund_status !== null)
        return refusal(422, 'PICKUP.SHIPMENT_SERVICE.INVALID', 'The shipment has no postage.');
      const id = newId('pickup');
      const at = now();
      const pickup: Pickup = {
        id,
        object: 'Pickup',
        mode: 'test',
        created_at: at,
        updated_at: at,
        status: 'unknown',
        reference: given.reference ?? null,
        min_datetime: given.min_datetime,
        max_datetime: given.max_datetime,
        is_account_address: given.is_account_address ?? false,
        instructions: given.instructions ?? null,
        messages: [],
        confirmation: null,
        address,
        carrier_accounts: [],
        pickup_rates: [
          {
            id: newId('pickuprate'),
            object: 'PickupRate',
            mode: 'test',
            service: 'NextDay',
            carrier: rate.carrier,
            rate: '3.50',
            currency: rate.currency,
            pickup_id: id,
          },
        ],
      };
      store.insert('pickup', pickup, { reference: pickup.reference, parent: shipment.id });
      return answer(201, pickup);
    }),
  );

  router.get(
    '/pickups/:id',
    operation(sandbox, dialect, 'pickup.retrieve', ({ params }) => {
      const pickup = find(store, 'pickup', params['id']);
      return pickup === undefined ? notFound() : answer(200, pickup.body);
    }),
  );

  router.post(
    '/pickups/:id/buy',
    operation(sandbox, dialect, 'pickup.buy', ({ params, body }) => {
      const found = find(store, 'pickup', params['id']);
      if (found === undefined) return notFound();
      const pickup = found.body;
      if (pickup.status !== 'unknown') return refusal(422, 'PICKUP.STATUS.INVALID', 'The pickup was bought already.');
      const wanted = z.object({ carrier: z.string(), service: z.string() }).safeParse(body).data;
      if (!pickup.pickup_rates.some((rate) => rate.carrier === wanted?.carrier && rate.service === wanted.service))
        return refusal(422, 'PICKUP.BUY.NO_MATCHING_RATES', 'No rate matches.');
      pickup.status = 'scheduled';
      pickup.confirmation = `WTC${randomInt(10_000_000, 99_999_999)}`;
      pickup.updated_at = now();
      store.update(found);
      return answer(200, pickup);
    }),
  );

  router.post(
    '/pickups/:id/cancel',
    operation(sandbox, dialect, 'pickup.cancel', ({ params }) => {
      const found = find(store, 'pickup', params['id']);
      if (found === undefined) return notFound();
      if (found.body.status !== 'scheduled' || found.notes.attempted !== undefined)
        return refusal(422, 'PICKUP.CANCEL.FAILED', 'The pickup can not be cancelled.');
      found.body.status = 'canceled';
      found.body.updated_at = now();
      store.update(found);
      return answer(200, found.body);
    }),
  );
  return router;
}
