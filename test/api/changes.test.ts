import { afterAll, beforeAll, expect, test } from 'vitest';
import { asNew } from '../domain/sale.ts';
import { anOrder, asked } from './orders.ts';
import { eventually, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  await world.close();
});

/** A return of some of three mugs with its label bought; its path. */
async function aLabelledReturn(quantity = 1): Promise<string> {
  const created = await world.call('POST', '/v1/returns', asked(await anOrder(world, [{ quantity: 3 }]), quantity));
  expect(created.status, created.text).toBe(201);
  const at = `/v1/returns/${String(created.body['rma'])}`;
  await labelsOf(at, ['bought']);
  return at;
}

const labelsOf = (at: string, labels: readonly string[]) =>
  eventually(async () =>
    expect((await world.call('GET', at)).body).toMatchObject({ parcels: labels.map((label) => ({ label })) }),
  );

test('a drop-off becomes a pickup: the old label is given back and a new one bought', async () => {
  const at = await aLabelledReturn();
  const to = (method: string, as: 'ops' | 'viewer' = 'ops') =>
    world.call('POST', `${at}/method-changes`, { method, note: 'has no car' }, { as });
  expect((await to('pickup', 'viewer')).status).toBe(403);
  expect((await to('balloon')).status).toBe(400);
  expect((await to('drop_off')).body).toMatchObject({ status: 409, code: 'method_unchanged' });
  const changed = await to('pickup');
  expect(changed.status, changed.text).toBe(200);
  expect(changed.body).toMatchObject({ events: ['method_changed', 'label_withdrawn', 'parcel_expected'] });
  await labelsOf(at, ['voided', 'bought']);
  const now = (await world.call('GET', at)).body;
  expect(now).toMatchObject({ method: 'pickup', parcels: [{ method: 'drop_off' }, { method: 'pickup' }] });
  expect(JSON.stringify(now['timeline'])).toContain('The goods now come back by pickup.');
  await world.call('POST', `${at}/parcels/P2/tracking`, { status: 'in_transit' });
  expect((await to('counter')).body).toMatchObject({ status: 409, code: 'handed_over' });
});

test('goods that do not fit into one parcel get a further label', async () => {
  const at = await aLabelledReturn();
  expect((await world.call('POST', `${at}/parcels`)).body).toMatchObject({ events: ['parcel_expected'] });
  await labelsOf(at, ['bought', 'bought']);
});

test('a line brings fewer units, or more that nobody else returns', async () => {
  const at = await aLabelledReturn(2);
  const to = (quantity: number, line = 'L1') =>
    world.call('POST', `${at}/lines/${line}/quantity-changes`, { quantity, note: 'miscounted' });
  const shows = (line: object) =>
    eventually(async () => expect((await world.call('GET', at)).body).toMatchObject({ lines: [line] }));
  expect((await to(1)).body).toMatchObject({ events: ['quantity_changed', 'units_released', 'quoted'] });
  await shows({ quantity: 2, outstanding: 1, cancelled: 1 });
  expect((await to(3)).body).toMatchObject({ events: ['quantity_changed'] });
  await shows({ quantity: 3, outstanding: 3, cancelled: 0 });
  expect((await to(4)).body).toMatchObject({ status: 409, code: 'more_not_allowed' });
  expect((await to(3)).body).toMatchObject({ status: 409, code: 'quantity_unchanged' });
  expect((await to(-1)).status).toBe(400);
  expect((await to(1, 'L9')).status).toBe(404);
});

test('what came beyond what was asked is accepted as far as it was sold, and refunded once', async () => {
  const at = await aLabelledReturn();
  const came = { parcel: 'P1', contents: [{ sku: 'SKU-1', quantity: 3 }] };
  expect((await world.call('POST', `${at}/receipts`, came)).body).toMatchObject({
    events: expect.arrayContaining(['discrepancy_found']),
  });
  const { attention } = await world.db.attention.findFirstOrThrow({
    where: { rma: at.slice('/v1/returns/'.length), reason: 'over_receipt' },
  });
  const resolve = (as: 'coordinator' | 'lead') => {
    const body = { resolution: 'accept', note: 'the buyer sent all three' };
    return world.call('POST', `${at}/attention/${attention}/resolutions`, body, { as });
  };
  // It is money.
  expect((await resolve('coordinator')).status).toBe(403);
  const accepted = await resolve('lead');
  expect(accepted.body, accepted.text).toMatchObject({ events: ['attention_resolved', 'surplus_accepted'] });
  for (const [item, quantity] of Object.entries({ 'P1-1': 1, 'P1-2': 2 })) {
    const findings = [{ quantity, facts: asNew }];
    expect((await world.call('POST', `${at}/items/${item}/inspections`, { findings })).status).toBe(200);
  }
  await eventually(async () =>
    expect((await world.call('GET', at)).body).toMatchObject({
      ...{ lines: [{ quantity: 3, received: 3, outstanding: 0 }], needsPerson: [] },
      // Three at 20.00, less 4.95 for the way back.
      ...{ settled: { amount: '55.05' }, refunds: [{ state: 'succeeded' }, { state: 'succeeded' }] },
    }),
  );
  const again = await world.call('POST', '/v1/returns', asked(String((await world.call('GET', at)).body['order']), 1));
  expect(again.body, again.text).toMatchObject({ code: 'exceeds_returnable' });
});

test('a line that was forgotten joins the return, and comes in the same parcel', async () => {
  const order = await anOrder(world, [{ sku: 'CUP' }, { sku: 'SAUCER' }, { sku: 'SPOON', delivered: false }]);
  const created = await world.call('POST', '/v1/returns', asked(order, 1, 'changed_mind', 'CUP'));
  const at = `/v1/returns/${String(created.body['rma'])}`;
  await labelsOf(at, ['bought']);
  const joins = (line: object) => world.call('POST', `${at}/lines`, { quantity: 2, reason: 'changed_mind', ...line });
  const added = await joins({ sku: 'SAUCER' });
  expect(added.body, added.text).toMatchObject({ events: ['line_added', 'line_decided'] });
  await eventually(async () =>
    expect((await world.call('GET', at)).body).toMatchObject({
      lines: [{ outstanding: 1 }, { line: 'L2', sku: 'SAUCER', verdict: 'eligible', outstanding: 2, cancelled: 0 }],
      // Three at 20.00 each, less the way back.
      quote: { total: { amount: '55.05' } },
    }),
  );
  expect((await joins({ sku: 'SPOON' })).body).toMatchObject({ status: 409, code: 'line_not_allowed' });
  expect((await joins({ sku: 'CUP', quantity: 1 })).body).toMatchObject({ status: 409, code: 'line_on_return' });
  expect((await joins({ sku: 'FORK' })).body).toMatchObject({ status: 422, code: 'unknown_sku' });
  expect((await joins({ sku: 'SAUCER', quantity: 1 })).body).toMatchObject({ status: 422, code: 'exceeds_returnable' });
  await labelsOf(at, ['bought']);
});

test('goods go to another facility: the old label is given back, and the address is the new one’s', async () => {
  const address = { street1: '2 Dock Road', city: 'Bremen', zip: '28195', country: 'DE', phone: '+49 421 000000' };
  await world.db.facility.create({ data: { id: 'RC7', name: 'Second Centre', zone: 'UTC', ...address } });
  const at = await aLabelledReturn();
  const to = (facility: string) => world.call('POST', `${at}/facility-changes`, { facility, note: 'full' });
  expect((await to('RC9')).body).toMatchObject({ status: 422, code: 'unknown_facility' });
  expect((await to('RC1')).body).toMatchObject({ status: 409, code: 'facility_unchanged' });
  const changed = await to('RC7');
  expect(changed.body, changed.text).toMatchObject({
    events: ['facility_changed', 'label_withdrawn', 'parcel_expected'],
  });
  await labelsOf(at, ['voided', 'bought']);
  expect((await world.call('GET', at)).body).toMatchObject({ facility: 'RC7' });
});

test('other goods of the same order are accepted as if they had been asked for, and refunded once', async () => {
  const order = await anOrder(world, [{ sku: 'KETTLE' }, { sku: 'LID' }]);
  const created = await world.call('POST', '/v1/returns', asked(order, 1, 'changed_mind', 'KETTLE'));
  const at = `/v1/returns/${String(created.body['rma'])}`;
  await labelsOf(at, ['bought']);
  const contents = ['KETTLE', 'LID', 'BRICK'].map((sku) => ({ sku, quantity: 1 }));
  await world.call('POST', `${at}/receipts`, { parcel: 'P1', contents });
  const resolve = async (item: string) => {
    const entry = await world.db.attention.findFirstOrThrow({
      where: { rma: at.slice('/v1/returns/'.length), reason: 'wrong_item', subject: item },
    });
    const body = { resolution: 'accept', reason: 'defective', note: 'the lid broke as well' };
    return await world.call('POST', `${at}/attention/${entry.attention}/resolutions`, body);
  };
  const accepted = await resolve('P1-2');
  expect(accepted.body, accepted.text).toMatchObject({
    events: ['attention_resolved', 'line_added', 'line_decided', 'surplus_accepted'],
  });
  expect((await resolve('P1-3')).body).toMatchObject({ status: 409, code: 'line_not_allowed' });
  for (const item of ['P1-1', 'P1-2']) {
    const findings = [{ quantity: 1, facts: asNew }];
    expect((await world.call('POST', `${at}/items/${item}/inspections`, { findings })).status).toBe(200);
  }
  await eventually(async () =>
    expect((await world.call('GET', at)).body).toMatchObject({
      lines: [{ received: 1 }, { line: 'L2', sku: 'LID', reason: 'defective', quantity: 1, received: 1 }],
      // Two at 20.00; the way back is waived for what is defective.
      ...{ needsPerson: ['wrong_item'], settled: { amount: '40.00' } },
    }),
  );
  const again = await world.call('POST', '/v1/returns', asked(order, 2, 'changed_mind', 'LID'));
  expect(again.body, again.text).toMatchObject({ code: 'exceeds_returnable' });
});
