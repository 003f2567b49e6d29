import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { anOrder, asked } from './orders.ts';
import { startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  await world.close();
});

const Receipt = z
  .object({
    receipt: z.string(),
    state: z.string(),
    unitsLeft: z.number(),
    candidates: z.array(z.object({ rma: z.string(), reasons: z.array(z.string()), closed: z.boolean() }).loose()),
    identified: z.string().nullable(),
    orders: z.array(z.string()),
    shares: z.array(z.object({ rma: z.string().nullable(), quantity: z.number(), arrived: z.boolean() }).loose()),
  })
  .loose();

async function book(body: object) {
  const { status, body: answer } = await world.call('POST', '/v1/receipts', { facility: 'RC1', ...body });
  expect(status).toBe(201);
  return Receipt.parse(answer);
}
const match = (receipt: string, body: object) => world.call('POST', `/v1/receipts/${receipt}/match`, body);

const Return = z
  .object({
    rma: z.string(),
    version: z.number(),
    lines: z.array(z.object({ received: z.number(), outstanding: z.number() }).loose()),
    parcels: z.array(z.object({ parcel: z.string(), tracking: z.string().nullable(), received: z.boolean() }).loose()),
  })
  .loose();
async function aReturn(order: string, quantity = 1) {
  return Return.parse((await world.call('POST', '/v1/returns', asked(order, quantity))).body).rma;
}
const read = async (rma: string) => Return.parse((await world.call('GET', `/v1/returns/${rma}`)).body);
const waiting = async () => (await world.call('GET', '/v1/attention?reason=unexpected_parcel&facility=RC1')).text;

test('a parcel without a return is found by its order, waits in the queue, and is merged into its return', async () => {
  const order = await anOrder(world);
  const rma = await aReturn(order, 2);
  const booked = await book({ contents: [{ sku: 'SKU-1', quantity: 2 }], order, note: 'no label on it' });
  expect(booked).toMatchObject({
    state: 'unmatched',
    note: 'no label on it',
    identified: rma,
    candidates: [{ rma, reasons: ['order', 'buyer_and_sku'], closed: false, awaited: 2 }],
  });
  expect(await waiting()).toContain(booked.receipt);
  const refused = await world.call('POST', '/v1/attention/resolutions', {
    id: `receipt/${booked.receipt}`,
    resolution: 'acknowledge',
  });
  expect(refused.body).toMatchObject({ status: 422, code: 'attention_of_a_receipt' });

  const matched = await match(booked.receipt, { rma, lines: 'all' });
  expect(matched.status).toBe(200);
  expect(Receipt.parse(matched.body)).toMatchObject({
    state: 'settled',
    unitsLeft: 0,
    candidates: [],
    shares: [{ rma, quantity: 2, arrived: true }],
  });
  expect((await read(rma)).lines).toEqual([expect.objectContaining({ received: 2, outstanding: 0 })]);
  expect(await waiting()).not.toContain(booked.receipt);
  expect((await match(booked.receipt, { rma, lines: 'all' })).body).toMatchObject({
    status: 409,
    code: 'nothing_left',
  });
});

test('the same request again is the same receipt', async () => {
  const headers = { 'idempotency-key': 'a-box' };
  const body = { facility: 'RC1', contents: [{ sku: 'SKU-9', quantity: 1 }] };
  const first = await world.call('POST', '/v1/receipts', body, { headers });
  const again = await world.call('POST', '/v1/receipts', body, { headers });
  expect([first.status, again.status]).toEqual([201, 201]);
  expect(again.body['receipt']).toBe(first.body['receipt']);
});

test('a parcel under a label of ours names its return, and comes in as that parcel', async () => {
  const rma = await aReturn(await anOrder(world));
  await vi.waitFor(async () => expect((await read(rma)).parcels[0]?.tracking).toBeTruthy(), { timeout: 10_000 });
  const tracking = (await read(rma)).parcels[0]?.tracking;
  const booked = await book({ contents: [{ sku: 'SKU-1', quantity: 1 }], tracking });
  expect(booked).toMatchObject({ identified: rma, candidates: [{ rma, reasons: ['tracking'] }] });
  await match(booked.receipt, { rma, lines: 'all' });
  expect((await read(rma)).parcels).toEqual([expect.objectContaining({ parcel: 'P1', received: true })]);
});

test('one parcel with goods of two returns is shared out, and the rest waits', async () => {
  const [one, other] = [await aReturn(await anOrder(world)), await aReturn(await anOrder(world))];
  const booked = await book({
    contents: [
      { sku: 'SKU-1', quantity: 1, rma: one },
      { sku: 'SKU-1', quantity: 1, rma: other },
      { sku: 'BRICK', quantity: 3 },
    ],
  });
  expect(booked).toMatchObject({
    state: 'unmatched',
    unitsLeft: 3,
    shares: [
      { rma: one, arrived: true },
      { rma: other, arrived: true },
    ],
  });
  expect((await read(one)).lines[0]?.received).toBe(1);
  expect((await read(other)).lines[0]?.received).toBe(1);
  const away = { disposition: 'destroy', evidence: 'CERT-1', lines: 'all', note: 'bricks' };
  const path = `/v1/receipts/${booked.receipt}/disposals`;
  // What is forgotten stands for nothing: a box may hold goods of several returns.
  expect((await match(booked.receipt, { rma: one })).body).toMatchObject({ code: 'missing_field', field: 'lines' });
  expect((await world.call('POST', path, away, { as: 'ops' })).status).toBe(403);
  const sent = await world.call('POST', path, away);
  expect(Receipt.parse(sent.body)).toMatchObject({ state: 'settled', unitsLeft: 0 });
});

test('goods of an order without a return: ask for one, then match', async () => {
  const order = await anOrder(world);
  const booked = await book({ contents: [{ sku: 'SKU-1', quantity: 1 }], order });
  expect(booked).toMatchObject({ identified: null, candidates: [], orders: [order] });
  const rma = await aReturn(order);
  const found = Receipt.parse((await world.call('GET', `/v1/receipts/${booked.receipt.toLowerCase()}`)).body);
  expect(found).toMatchObject({ identified: rma });
  expect((await match(booked.receipt, { rma, lines: 'all' })).status).toBe(200);
  expect((await read(rma)).lines[0]?.received).toBe(1);
});

test('a return that waits for its review takes no goods yet, and none is lost', async () => {
  const order = await anOrder(world);
  const { body } = await world.call('POST', '/v1/returns', asked(order, 1, 'recalled'));
  const { rma } = Return.parse(body);
  const booked = await book({ contents: [{ sku: 'SKU-1', quantity: 1 }], rma });
  expect(booked.identified).toBe(rma);
  expect((await match(booked.receipt, { rma, lines: 'all' })).body).toMatchObject({
    status: 409,
    code: 'not_authorized',
  });
  await world.call('POST', `/v1/returns/${rma}/reviews`, { decisions: [{ line: 'L1', approve: true, note: 'ok' }] });
  expect((await match(booked.receipt, { rma, lines: 'all' })).status).toBe(200);
  expect((await read(rma)).lines[0]?.received).toBe(1);
});

test('what can’t be is said', async () => {
  const wrong = async (body: object) => (await world.call('POST', '/v1/receipts', { facility: 'RC1', ...body })).body;
  const contents = [{ sku: 'A', quantity: 1 }];
  expect(await wrong({ contents: [] })).toMatchObject({ status: 400, field: 'contents' });
  expect(await wrong({ contents, facility: 'RC9' })).toMatchObject({ code: 'unknown_facility' });
  expect(await wrong({ contents: [{ sku: 'A', quantity: 1, serials: ['1', '2'] }] })).toMatchObject({
    code: 'more_serials_than_units',
    field: 'contents[0].serials',
  });
  expect(await wrong({ contents: [{ sku: 'A', quantity: 1, rma: '73MN-Q9TX-0' }] })).toMatchObject({
    code: 'unknown_return',
    field: 'contents[0].rma',
  });
  expect((await world.call('GET', '/v1/receipts/U-7K3M-Q9TX-1')).body).toMatchObject({ code: 'receipt_not_found' });
  expect((await world.call('GET', '/v1/receipts/7K3M-Q9TX-C')).body).toMatchObject({
    code: 'receipt_number_malformed',
  });
  const { receipt } = await book({ contents });
  const rma = await aReturn(await anOrder(world));
  expect((await match(receipt, { rma, lines: [{ line: 'R1', quantity: 2 }] })).body).toMatchObject({
    code: 'quantity_exceeds_left',
    field: 'lines[0].quantity',
  });
  expect((await match(receipt, { rma, lines: [{ line: 'R7' }] })).body).toMatchObject({ code: 'unknown_receipt_line' });
});

test('the list shows those that wait', async () => {
  const { receipt } = await book({ contents: [{ sku: 'A', quantity: 1 }], tracking: 'STRANGE-1' });
  const list = async (query: string) => (await world.call('GET', `/v1/receipts?${query}`)).text;
  expect(await list('state=unmatched')).toContain(receipt);
  expect(await list('tracking=STRANGE-1')).toContain(receipt);
  expect(await list('state=settled')).not.toContain(receipt);
  expect((await world.call('GET', '/v1/receipts?limit=1')).body['nextCursor']).toBeTruthy();
});

test('goods of two returns whose labels were swapped reach the right one, once, and nothing stays short', async () => {
  const aReturnOf = async (sku: string) => {
    const order = await anOrder(world, [{ sku }]);
    return Return.parse((await world.call('POST', '/v1/returns', asked(order, 1, 'changed_mind', sku))).body).rma;
  };
  const [kettle, lamp] = [await aReturnOf('KETTLE'), await aReturnOf('LAMP')];
  const came = { contents: [{ sku: 'LAMP', quantity: 1, lot: 'A-7' }] };
  await world.call('POST', `/v1/returns/${kettle}/receipts`, came);
  await world.call('POST', `/v1/returns/${lamp}/receipts`, { contents: [{ sku: 'KETTLE', quantity: 1 }] });
  const handOn = (rma: string, to: string, headers = {}, as: 'ops' | 'viewer' = 'ops') =>
    world.call('POST', `/v1/returns/${rma}/items/U2-1/hand-ons`, { to, note: 'labels swapped' }, { headers, as });
  expect((await handOn(kettle, lamp, {}, 'viewer')).status).toBe(403);
  expect((await handOn(kettle, 'B000-0000-0')).status).toBe(400);
  const once = { 'idempotency-key': `swapped-${kettle}` };
  const [handed, again] = [await handOn(kettle, lamp, once), await handOn(kettle, lamp, once)];
  expect([handed.status, again.status], handed.text).toEqual([201, 201]);
  expect(again.body['receipt']).toBe(handed.body['receipt']);
  const contents = [{ sku: 'LAMP', quantity: 1, lot: 'A-7', left: 0 }];
  expect(handed.body).toMatchObject({ state: 'settled', note: 'labels swapped', lines: contents });
  expect(Receipt.parse(handed.body).shares).toEqual([expect.objectContaining({ rma: lamp, arrived: true })]);
  expect((await handOn(lamp, kettle)).status).toBe(201);
  expect((await handOn(lamp, kettle)).body).toMatchObject({ status: 404, code: 'unknown_item' });
  for (const rma of [kettle, lamp]) {
    expect((await read(rma)).lines).toEqual([expect.objectContaining({ received: 1, outstanding: 0 })]);
    expect((await world.call('GET', `/v1/returns/${rma}`)).body).toMatchObject({ needsPerson: [] });
  }
});

test('goods that are nobody’s yet are handed on to a box of their own, and sent away from there', async () => {
  const rma = await aReturn(await anOrder(world));
  const contents = ['SKU-1', 'BRICK'].map((sku) => ({ sku, quantity: 1 }));
  await world.call('POST', `/v1/returns/${rma}/receipts`, { contents });
  const handed = await world.call('POST', `/v1/returns/${rma}/items/U2-2/hand-ons`, { note: 'whose is it?' });
  expect(handed.body, handed.text).toMatchObject({ state: 'unmatched', unitsLeft: 1, identified: null });
  const { receipt } = Receipt.parse(handed.body);
  expect(await waiting()).toContain(receipt);
  const away = { disposition: 'recycle', evidence: 'CERT-1', lines: 'all', note: 'nobody asked' };
  expect((await world.call('POST', `/v1/receipts/${receipt}/disposals`, away, { as: 'lead' })).status).toBe(200);
});

test('a serial that another open return has received already waits for a person', async () => {
  const [one, other] = [await aReturn(await anOrder(world)), await aReturn(await anOrder(world))];
  const came = { contents: [{ sku: 'SKU-1', quantity: 1, serials: [`S-${one}`] }] };
  expect((await world.call('POST', `/v1/returns/${one}/receipts`, came)).body).toMatchObject({ attention: [] });
  const again = await world.call('POST', `/v1/returns/${other}/receipts`, came);
  expect(again.body, again.text).toMatchObject({ attention: ['serial_mismatch'] });
  const entry = await world.db.attention.findFirstOrThrow({ where: { rma: other, reason: 'serial_mismatch' } });
  expect(entry.detail).toBe('serial_repeated');
});
