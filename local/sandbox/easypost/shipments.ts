import { randomInt } from 'node:crypto';
import { Router } from 'express';
import { z } from 'zod';
import { operation, type Sandbox } from '../operation.ts';
import { answer, easypost, find, notFound, refusal } from './dialect.ts';
import { type Address, newId, now, type Shipment } from './objects.ts';
import { ratesFor } from './rates.ts';
import { createTracker } from './trackers.ts';

const text = z.string().nullish();
export const addressInput = z.object({
  name: text,
  company: text,
  street1: text,
  street2: text,
  city: text,
  state: text,
  zip: text,
  country: text,
  phone: text,
  email: text,
});

const shipmentInput = z.object({
  shipment: z.object({
    reference: text,
    is_return: z.boolean().optional(),
    to_address: addressInput,
    from_address: addressInput,
    parcel: z.object({ weight: z.number() }),
    options: z.record(z.string(), z.unknown()).optional(),
  }),
});

/** An address as the vendor keeps it: every field there, empty ones null. */
export function storedAddress(given: z.infer<typeof addressInput>): Address {
  const kept = (value: string | null | undefined): string | null => value ?? null;
  return {
    id: newId('adr'),
    object: 'Address',
    name: kept(given.name),
    company: kept(given.company),
    street1: kept(given.street1),
    street2: kept(given.street2),
    city: kept(given.city),
    state: kept(given.state),
    zip: kept(given.zip),
    country: kept(given.country),
    phone: kept(given.phone),
    email: kept(given.email),
    mode: 'test',
  };
}

export const addressable = (one: Address): boolean =>
  one.street1 !== null && one.city !== null && /^[A-Z]{2}$/.test(one.country ?? '');

function created(input: z.infer<typeof shipmentInput>['shipment']): Shipment {
  const id = newId('shp');
  const at = now();
  const currency = typeof input.options?.['currency'] === 'string' ? input.options['currency'] : 'USD';
  const rates = ratesFor(id, input.parcel.weight, currency);
  const to = storedAddress(input.to_address);
  const from = storedAddress(input.from_address);
  return {
    id,
    object: 'Shipment',
    mode: 'test',
    created_at: at,
    updated_at: at,
    is_return: input.is_return ?? false,
    messages:
      rates.length > 0 ? [] : [{ carrier: 'USPS', type: 'rate_error', message: 'Weight is outside of the limits.' }],
    options: { currency, payment: { type: 'SENDER' }, date_advance: 0, ...input.options },
    reference: input.reference ?? null,
    status: 'unknown',
    tracking_code: null,
    from_address: from,
    to_address: to,
    return_address: from,
    buyer_address: to,
    parcel: { id: newId('prcl'), object: 'Parcel', weight: input.parcel.weight, mode: 'test' },
    postage_label: null,
    rates,
    refund_status: null,
    selected_rate: null,
    tracker: null,
    insurance: null,
    forms: [],
    fees: [],
  };
}

const trackingCode = (): string => `94${Array.from({ length: 4 }, () => randomInt(10_000, 99_999)).join('')}`;

/** Shipments and their labels. As at the vendor, a shipment costs nothing until its postage is bought, once. */
export function shipments(sandbox: Sandbox): Router {
  const { store } = sandbox;
  const dialect = easypost(store, 'shipment');
  const router = Router();

  router.post(
    '/shipments',
    operation(sandbox, dialect, 'shipment.create', ({ body }) => {
      const input = shipmentInput.safeParse(body);
      if (!input.success) return refusal(422, 'SHIPMENT.INVALID_PARAMS', 'Unable to create shipment, invalid params.');
      const shipment = created(input.data.shipment);
      if (!addressable(shipment.to_address) || !addressable(shipment.from_address))
        return refusal(422, 'ADDRESS.PARAMETERS.INVALID', 'Invalid address parameters.');
      store.insert('shipment', shipment, { reference: shipment.reference });
      return answer(201, shipment);
    }),
  );

  router.get(
    '/shipments/:id',
    operation(sandbox, dialect, 'shipment.retrieve', ({ params }) => {
      const shipment = find(store, 'shipment', params['id']);
      return shipment === undefined ? notFound() : answer(200, shipment.body);
    }),
  );

  router.post(
    '/shipments/:id/buy',
    operation(sandbox, dialect, 'shipment.buy', ({ params, body }) => {
      const found = find(store, 'shipment', params['id']);
      if (found === undefined) return notFound();
      const shipment = found.body;
      if (shipment.postage_label !== null)
        return refusal(422, 'SHIPMENT.POSTAGE.EXISTS', 'Postage already exists for this shipment.');
      const rateId = z.object({ rate: z.object({ id: z.string() }) }).safeParse(body).data?.rate.id;
      const rate = shipment.rates.find(({ id }) => id === rateId);
      if (rate === undefined) return refusal(422, 'SHIPMENT.MISSING_RATE', 'Rate could not be found.');
      const at = now();
      shipment.selected_rate = rate;
      shipment.tracking_code = trackingCode();
      shipment.status = 'pre_transit';
      shipment.updated_at = at;
      shipment.fees = [
        { object: 'Fee', type: 'PostageFee', amount: `${rate.rate}000`, charged: true, refunded: false },
      ];
      shipment.postage_label = {
        object: 'PostageLabel',
        id: newId('pl'),
        created_at: at,
        label_date: at,
        label_size: '4x6',
        label_file_type: 'image/png',
        label_url: `${sandbox.url()}/labels/${shipment.tracking_code}.png`,
      };
      shipment.tracker = createTracker(sandbox, shipment, rate.carrier, shipment.tracking_code);
      store.update(found);
      return answer(200, shipment);
    }),
  );

  router.post(
    '/shipments/:id/refund',
    operation(sandbox, dialect, 'shipment.refund', ({ params }) => {
      const found = find(store, 'shipment', params['id']);
      if (found === undefined) return notFound();
      const shipment = found.body;
      if (shipment.postage_label === null)
        return refusal(422, 'SHIPMENT.POSTAGE.REQUIRED', 'Postage is required for this shipment.');
      const [tracker] = store.byParent('tracker', shipment.id);
      if (shipment.refund_status !== null || tracker?.body.status !== 'pre_transit')
        return refusal(422, 'SHIPMENT.REFUND.UNAVAILABLE', 'Unable to request refund. The parcel has been shipped.');
      shipment.refund_status = 'submitted';
      shipment.updated_at = now();
      store.update(found);
      return answer(200, shipment);
    }),
  );
  return router;
}
