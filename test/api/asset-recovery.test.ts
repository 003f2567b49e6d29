import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultPolicies } from '../../domain/policy/defaults.ts';
import { asNew } from '../domain/sale.ts';
import { eventually, startWorld, type World } from './world.ts';

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

const asset = (tag: string, bookValue: string) => ({ tag, sku: 'LAPTOP-14', serial: `SN-${tag}`, bookValue });
const register = (name: string, assets: readonly object[]) =>
  world.call('POST', '/v1/assets', {
    register: name,
    holder: 'store-12',
    currency: 'EUR',
    country: 'DE',
    contact: { name: 'Store 12', street1: '5 Main Street', city: 'Berlin', zip: '10115', phone: '+49 30 000000' },
    assets,
  });

test('two laptops of a store come back: one is used again, the other is sold above its book value', async () => {
  const made = await register('STORE-12', [asset('TAG-1', '340.00'), asset('TAG-2', '90.00')]);
  expect(made.status, made.text).toBe(201);
  expect((await world.call('GET', '/v1/orders/STORE-12')).body).toMatchObject({
    kind: 'assets',
    lines: [{ orderLine: 'TAG-1', bookValue: { amount: '340.00' }, returnable: 1 }, { orderLine: 'TAG-2' }],
  });
  const created = await world.call('POST', '/v1/returns', {
    program: 'asset_recovery',
    order: 'STORE-12',
    lines: ['TAG-1', 'TAG-2'].map((orderLine) => ({ orderLine, quantity: 1, reason: 'no_longer_needed' })),
    method: 'drop_off',
  });
  expect(created.status, created.text).toBe(201);
  expect(created.body).toMatchObject({ program: 'asset_recovery', quote: { total: { amount: '0.00' } } });
  const path = `/v1/returns/${String(created.body['rma'])}`;
  const tell = async (what: string, body: object) => {
    const answer = await world.call('POST', `${path}/${what}`, body);
    expect(answer.status, answer.text).toBe(200);
  };
  await tell('receipts', {
    parcel: 'P1',
    contents: [
      { sku: 'LAPTOP-14', quantity: 1, serials: ['SN-TAG-1'] },
      { sku: 'LAPTOP-14', quantity: 1, serials: ['SN-TAG-2'] },
    ],
  });
  const used = { ...asNew, packaging: 'missing', cosmetic: 'light_wear' };
  for (const item of ['P1-1', 'P1-2'])
    await tell(`items/${item}/inspections`, { findings: [{ quantity: 1, facts: used }] });
  await tell('items/P1-1/confirmations', { evidence: 'DESK-7' });
  await tell('items/P1-2/dispositions', { disposition: 'liquidate', note: 'too old for us' });
  await tell('items/P1-2/confirmations', { evidence: 'INV-9', proceeds: { amount: '120.00', currency: 'EUR' } });
  await eventually(async () => {
    const { body } = await world.call('GET', path);
    expect(body).toMatchObject({ outcome: 'completed' });
  });
  const rows = await world.db.moneyEntry.findMany({ where: { subject: 'P1-2' }, orderBy: { amount: 'asc' } });
  expect(rows.map(({ debit, credit, amount }) => [debit, credit, Number(amount)])).toEqual([
    ['asset_disposals', 'fixed_assets', 9000],
    ['cash_clearing', 'asset_disposals', 12_000],
  ]);
});

test('a tag is one asset’s alone, over all registers', async () => {
  const twice = await register('STORE-13', [asset('TAG-8', '1.00'), asset('TAG-8', '1.00')]);
  expect(twice.body).toMatchObject({ status: 422, code: 'duplicate_tag', field: 'assets[1].tag' });
  expect((await register('STORE-13', [asset('TAG-9', '1.00')])).status).toBe(201);
  expect((await register('STORE-14', [asset('TAG-9', '1.00')])).body).toMatchObject({
    status: 409,
    code: 'assets_exists',
  });
});
