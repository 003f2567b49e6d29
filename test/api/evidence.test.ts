import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultPolicies } from '../../domain/policy/defaults.ts';
import { asNew } from '../domain/sale.ts';
import { startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
  const policy = defaultPolicies.find(({ program }) => program === 'asset_recovery');
  if (policy === undefined) throw new Error('asset_recovery has no default policy');
  const { id, version, program } = policy;
  const document = JSON.parse(JSON.stringify(policy));
  await world.db.policy.create({ data: { id, version, program, document, effectiveFrom: new Date(0) } });
});
afterAll(async () => {
  await world.close();
});

test('a laptop that bears data goes on once its wipe certificate is recorded, and not before', async () => {
  await world.call('POST', '/v1/assets', {
    register: 'STORE-30',
    holder: 'store-30',
    currency: 'EUR',
    country: 'DE',
    contact: { name: 'Store 30', street1: '5 Main Street', city: 'Berlin', zip: '10115', phone: '+49 30 000000' },
    assets: [{ tag: 'TAG-30', sku: 'LAPTOP-14', serial: 'SN-30', bookValue: '340.00', dataBearing: true }],
  });
  const created = await world.call('POST', '/v1/returns', {
    program: 'asset_recovery',
    order: 'STORE-30',
    lines: [{ orderLine: 'TAG-30', quantity: 1, reason: 'no_longer_needed' }],
    method: 'drop_off',
  });
  const rma = String(created.body['rma']);
  const path = `/v1/returns/${rma}`;
  const contents = [{ sku: 'LAPTOP-14', quantity: 1, serials: ['SN-30'] }];
  await world.call('POST', `${path}/receipts`, { parcel: 'P1', contents });
  const facts = { ...asNew, packaging: 'missing', cosmetic: 'light_wear' };
  const inspected = await world.call('POST', `${path}/items/P1-1/inspections`, {
    findings: [{ quantity: 1, facts, found: ['data_present'] }],
  });
  expect(inspected.status, inspected.text).toBe(200);
  expect((await world.call('GET', path)).body).toMatchObject({
    items: [{ disposition: 'quarantine', vetoes: ['data_not_wiped'], evidence: [] }],
  });
  const sent = await world.call('POST', `${path}/items/P1-1/dispositions`, { disposition: 'liquidate', note: 'Now' });
  expect([sent.status, sent.body['code']]).toEqual([422, 'disposition_vetoed']);

  const wipe = { kind: 'data_wiped', certificate: 'WIPE-1', serials: ['SN-30'], method: 'purge', tool: 'ERASER-3' };
  const other = await world.call('POST', `${path}/items/P1-1/evidence`, { ...wipe, serials: ['SN-31'] });
  expect([other.status, other.body['code'], other.body['field']]).toEqual([422, 'serial_not_in_item', 'serials']);
  const wrong = await world.call('POST', `${path}/items/P1-1/evidence`, { ...wipe, method: 'format' });
  expect(wrong.status).toBe(400);
  const viewer = await world.call('POST', `${path}/items/P1-1/evidence`, wipe, { as: 'viewer' });
  expect(viewer.status).toBe(403);
  const recorded = await world.call('POST', `${path}/items/P1-1/evidence`, wipe);
  expect(recorded.body).toMatchObject({ events: ['evidence_recorded', 'item_disposed'] });
  const { body, text } = await world.call('GET', path);
  expect(body).toMatchObject({ items: [{ disposition: 'restock', vetoes: [], evidence: [wipe] }] });
  expect(text).toContain('Data on 1 device(s) of item P1-1 were wiped: purge by ERASER-3, certificate WIPE-1.');
});

test('the database lets nothing leave with its data, whoever says so', async () => {
  const [row] = await world.db.returnItem.findMany({ take: 1 });
  const moved = world.db.returnItem.updateMany({
    where: { rma: row?.rma ?? '', item: row?.item ?? '' },
    data: { stage: 'disposed', disposition: 'liquidate', vetoes: ['data_not_wiped'] },
  });
  await expect(moved).rejects.toThrow(/return_items_wiped_before_they_leave/);
});
