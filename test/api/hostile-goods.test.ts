import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aBusinessWorld, aPurchase, askFor, sendCsv, Whole } from './bulk.ts';
import type { World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await aBusinessWorld();
});
afterAll(async () => {
  await world.close();
});

const contact = { name: 'Shopper', street1: '5 Main Street', city: 'Berlin', zip: '10115', phone: '+49 30 000000' };
const anOffer = (offer: string, line: object = {}, as: 'ops' | 'lead' = 'ops') =>
  world.call(
    'POST',
    '/v1/trade-in-offers',
    {
      ...{ offer, partner: 'me', currency: 'EUR', country: 'DE', validUntil: '2099-01-01T00:00:00Z', contact },
      lines: [{ sku: 'PHONE-3', credit: { A: '1', B: '1', C: '1', D: '1' }, ...line }],
    },
    { as },
  );

test('a sale that is imported under the number of an offer does not become part of it', async () => {
  const offer = `T${randomUUID()}`;
  expect((await anOffer(offer)).status).toBe(201);
  const sale = { order: offer, line: 2, currency: 'EUR', country: 'DE', placedAt: '2026-03-01', sku: 'S', quantity: 1 };
  const reply = await world.call('POST', '/v1/orders/import', undefined, {
    raw: JSON.stringify({ ...sale, price: '900.00', payment: `pi_${offer}`, paid: '900.00' }),
    headers: { 'content-type': 'application/x-ndjson' },
  });
  expect(reply.text).toContain('"code":"not_a_sale"');
  const { body } = await world.call('GET', `/v1/orders/${offer}`);
  expect(body).toMatchObject({ kind: 'offer', payments: [], lines: [{ sku: 'PHONE-3' }] });
});

const credits = (each: string) => ({ A: each, B: each, C: each, D: each });
test.each([
  ['an offer of a fortune', { credit: credits('90071992547409.91') }],
  [
    'an offer whose units are a fortune together',
    {
      credit: credits('90000000.00'),
      quantity: 1_000_000,
    },
  ],
])('%s is refused as too large', async (_what, line) => {
  const reply = await anOffer(`T${randomUUID()}`, line);
  expect([reply.status, reply.body['code']]).toEqual([422, 'amount_too_large']);
});

test('an agreement whose units are a fortune together is refused as too large', async () => {
  const reply = await world.call('POST', '/v1/agreements', {
    ...{ agreement: `A${randomUUID()}`, partner: 'me', currency: 'EUR', country: 'DE', contact },
    ...{ validFrom: '2026-01-01T00:00:00Z', validUntil: '2099-01-01T00:00:00Z' },
    lines: [{ sku: 'S', most: 1_000_000, credit: '90000000.00' }],
  });
  expect([reply.status, reply.body['code']]).toEqual([422, 'amount_too_large']);
});

const aBulkReturn = async () => Whole.parse((await askFor(world, await aPurchase(world, 2), 2)).body).rma;
const deliver = (rma: string, rows: readonly string[]) =>
  sendCsv(world, `/v1/bulk-returns/${rma}/deliveries?delivery=DN-${randomUUID()}`, [
    'sku,lot,quantity,unitsPerPack',
    ...rows,
  ]);

test.each([
  ['packs of a million, a million of them', ['SKU-1,,1000000,1000000']],
  ['more units than can be counted', Array.from({ length: 3000 }, (_, row) => `SKU-X${row},,1000000,`)],
])('a delivery of %s is refused, and not booked in', async (_what, rows) => {
  const rma = await aBulkReturn();
  const reply = await deliver(rma, rows);
  expect([reply.status, reply.body['code']]).toEqual([422, 'rows_invalid']);
  expect(await world.db.bulkDelivery.count({ where: { whole: rma } })).toBe(0);
});

test('no cell of a table of a bulk return is a formula to a spreadsheet', async () => {
  const rma = await aBulkReturn();
  expect((await deliver(rma, ['@SUM(A1),-2+3,1,'])).status).toBe(200);
  const csv = await world.call('GET', `/v1/bulk-returns/${rma}/reconciliation?format=csv`);
  expect(csv.text).toContain("'@SUM(A1),'-2+3,");
  const cells = csv.text.split('\r\n').flatMap((line) => line.split(','));
  expect(cells.filter((cell) => /^[=+@-]/.test(cell) && !/^-?\d+$/.test(cell))).toEqual([]);
});
