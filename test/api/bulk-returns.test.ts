import { Client, Connection } from '@temporalio/client';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { openPool } from '../../prisma/client.ts';
import { startInbox } from '../../worker/inbox.ts';
import { searchAttributes } from '../../workflows/process/attributes.ts';
import { returnWorkflowId } from '../../workflows/return/messages.ts';
import { aBusinessWorld, aPurchase, askFor, sendCsv, Whole } from './bulk.ts';
import { eventually, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await aBusinessWorld();
});
afterAll(async () => {
  await world.close();
});

const runs = async (rma: string) => await world.db.return.count({ where: { rma: { startsWith: `${rma}.` } } });
const Errors = z.array(z.object({ field: z.string(), code: z.string() }));

test('a file becomes one return with sections, and its decisions are read back as they were asked', async () => {
  const order = await aPurchase(world, 8);
  const created = await askFor(world, order, 8);
  expect(created.status, created.text).toBe(201);
  const whole = Whole.parse(created.body);
  expect(whole).toMatchObject({
    status: { goods: 'authorized', money: 'none' },
    verdicts: { eligible: 8 },
    quoted: { amount: '272.00' },
  });
  expect(whole.sections.map(({ rma, lines }) => [rma, lines])).toEqual([
    [`${whole.rma}.01`, 3],
    [`${whole.rma}.02`, 3],
    [`${whole.rma}.03`, 2],
  ]);
  expect(created.body).toMatchObject({ order, purchaseOrder: `PO-${order}`, lines: 8, units: 16 });

  const page = await world.call('GET', `/v1/bulk-returns/${whole.rma}/lines?limit=5`, undefined, { as: 'viewer' });
  expect(page.body).toMatchObject({
    data: [{ row: 1, section: `${whole.rma}.01`, verdict: 'eligible' }, {}, {}, {}, {}],
  });
  const next = await world.call('GET', `/v1/bulk-returns/${whole.rma}/lines?cursor=${page.body['nextCursor']}`);
  expect(next.body).toMatchObject({ data: [{ row: 6 }, { row: 7 }, { row: 8 }], nextCursor: null });
  const csv = await world.call('GET', `/v1/bulk-returns/${whole.rma}/lines?format=csv`);
  expect(csv.text.trim().split('\r\n')).toHaveLength(9);
  expect(csv.text).toContain(`8,${whole.rma}.03,L2,${order}-8,SKU-8,,2,changed_mind,eligible,within_window,0,2,0,0`);

  const section = await world.call('GET', `/v1/returns/${whole.rma}.03`);
  expect(section.body).toMatchObject({ method: 'freight', parcels: [], lines: [{ sku: 'SKU-7' }, { sku: 'SKU-8' }] });
  const listed = await world.call('GET', '/v1/bulk-returns');
  expect(listed.body).toMatchObject({ data: [{ rma: whole.rma, status: { goods: 'authorized' } }] });
});

test('rows of one order line and several lots are one line', async () => {
  const order = await aPurchase(world, 1);
  const created = await sendCsv(world, `/v1/bulk-returns?order=${order}`, [
    'sku,lot,quantity,reason',
    'SKU-1,LOT-A,2,defective',
    'SKU-1,LOT-B,3,defective',
  ]);
  const { rma } = Whole.parse(created.body);
  const section = await world.call('GET', `/v1/returns/${rma}.01`);
  expect(section.body).toMatchObject({ lines: [{ sku: 'SKU-1', quantity: 5 }] });
});

test('a section grows with its lots as with its lines, and a line has no more lots than a section takes', async () => {
  const order = await aPurchase(world, 3);
  const lots = ['A', 'B', 'C'].map((lot) => `SKU-2,LOT-${lot},1,defective`);
  const whole = Whole.parse(
    (
      await sendCsv(world, `/v1/bulk-returns?order=${order}`, [
        'sku,lot,quantity,reason',
        'SKU-1,LOT-A,1,defective',
        ...lots,
        'SKU-3,LOT-A,1,defective',
      ])
    ).body,
  );
  expect(whole.sections.map(({ lines }) => lines)).toEqual([1, 1, 1]);
  const many = Array.from({ length: 251 }, (_, index) => `SKU-1,LOT-${index},1,defective`);
  const refused = await sendCsv(world, `/v1/bulk-returns?order=${order}`, ['sku,lot,quantity,reason', ...many]);
  expect([refused.status, refused.body['code']]).toEqual([422, 'rows_invalid']);
  expect(Errors.parse(refused.body['errors'])).toContainEqual(
    expect.objectContaining({ field: 'rows[251].lot', code: 'too_many_lots' }),
  );
});

test('a bad row is named with its column, and nothing starts, unless the caller leaves it out', async () => {
  const order = await aPurchase(world, 3);
  const rows = [
    'sku,quantity,reason',
    'SKU-1,2,changed_mind',
    'SKU-9,2,changed_mind',
    'SKU-2,0,changed_mind',
    'SKU-3,11,changed_mind',
    'SKU-1,1,changed_mind',
    'SKU-2,1,whim',
  ];
  const before = await world.db.bulkReturn.count();
  const refused = await sendCsv(world, `/v1/bulk-returns?order=${order}`, rows);
  expect([refused.status, refused.body['code']]).toEqual([422, 'rows_invalid']);
  expect(Errors.parse(refused.body['errors']).map(({ field, code }) => [field, code])).toEqual([
    ['rows[2].sku', 'unknown_sku'],
    ['rows[3].quantity', 'quantity_invalid'],
    ['rows[4].quantity', 'exceeds_returnable'],
    ['rows[5].orderLine', 'duplicate_line'],
    ['rows[6].reason', 'invalid'],
  ]);
  expect(await world.db.bulkReturn.count()).toBe(before);
  const taken = await sendCsv(world, `/v1/bulk-returns?order=${order}&badRows=leave_out`, rows);
  expect(taken.status, taken.text).toBe(201);
  expect(taken.body).toMatchObject({ lines: 1, units: 2 });
  expect(z.array(z.object({ row: z.int() })).parse(taken.body['badRows'])).toHaveLength(5);
});

test('a file is read as spreadsheets write it, and what they make of lots and columns is named', async () => {
  const order = await aPurchase(world, 3);
  await world.db.orderLine.updateMany({
    where: { orderId: order, sku: 'SKU-3' },
    data: { lotControlled: true, lots: ['L1'] },
  });
  const preview = (...rows: string[]) => sendCsv(world, `/v1/bulk-returns/preview?order=${order}`, rows);
  const read = await preview(
    '\ufeffsku,lot,quantity,reason,opened\r',
    'SKU-1 ,, 2 ,defective ,TRUE\r',
    'SKU-3,L1,1,defective,FALSE\r',
    ',,,,\r',
  );
  expect(read.body).toMatchObject({ lines: 2, units: 3, badRows: [] });
  const mangled = await preview('sku,lot,quantity,reason', 'SKU-3,4.01E+12,1,defective');
  expect(Errors.parse(mangled.body['errors'])).toEqual([
    expect.objectContaining({ field: 'rows[1].lot', code: 'lot_not_sold' }),
  ]);
  const unnamed = await preview('sku,quantity,reason,', 'SKU-1,2,defective,');
  expect(String(unnamed.body['detail'])).toMatch(/^a column of the header has no name/);
});

test('asked twice with the same key, each section starts once; another file under the key is refused', async () => {
  const order = await aPurchase(world, 7);
  const [one, two] = await Promise.all([0, 1].map(() => askFor(world, order, 7, 2, { key: 'file-1' })));
  const again = await askFor(world, order, 7, 2, { key: 'file-1' });
  const rmas = [one, two, again].map((reply) => Whole.parse(reply?.body).rma);
  expect(new Set(rmas).size).toBe(1);
  expect(await runs(rmas[0] ?? '')).toBe(3);
  const other = await askFor(world, order, 7, 1, { key: 'file-1' });
  expect([other.status, other.body['code']]).toEqual([422, 'idempotency_key_reused']);
});

test('sections that were asked for while nobody was there start later, once', async () => {
  const order = await aPurchase(world, 4);
  await world.worker.stop();
  const created = await askFor(world, order, 4, 1, { key: 'file-2' });
  expect(created.status, created.text).toBe(201);
  const { rma, status } = Whole.parse(created.body);
  expect(status.goods).toBe('requested');
  await world.worker.start();
  const again = Whole.parse((await askFor(world, order, 4, 1, { key: 'file-2' })).body);
  expect([again.rma, again.status.goods]).toEqual([rma, 'authorized']);
  await eventually(async () => expect(await runs(rma)).toBe(2));
  const requested = await world.db.journalEntry.count({
    where: { process: { startsWith: `return:${rma}` }, command: 'request' },
  });
  expect(requested).toBe(2);
});

test('a preview says what would be decided of each row, and stores nothing', async () => {
  const order = await aPurchase(world, 4);
  const rows = [
    '{"sku":"SKU-1","quantity":2,"reason":"changed_mind"}',
    '{"sku":"SKU-4","quantity":1,"reason":"recalled"}',
  ];
  const type = 'application/x-ndjson';
  const preview = await sendCsv(world, `/v1/bulk-returns/preview?order=${order}`, rows, { as: 'viewer', type });
  expect(preview.status, preview.text).toBe(200);
  expect(preview.body).toMatchObject({
    verdicts: { eligible: 1, needs_review: 1 },
    decisions: [
      { row: 1, verdict: 'eligible' },
      { row: 2, codes: ['under_recall'] },
    ],
  });
  const csv = await sendCsv(world, `/v1/bulk-returns/preview?order=${order}&format=csv`, rows, { type });
  expect(csv.text.split('\r\n')[2]).toBe(`2,${order}-4,SKU-4,,1,needs_review,under_recall`);
  expect(await world.db.unitHold.count({ where: { orderLineId: `${order}-1` } })).toBe(0);
});

test.each([
  ['semicolons', ';', '"SKU-2"'],
  ['tabs', '\t', 'SKU-2'],
])('a spreadsheet that parts its cells with %s is read all the same', async (_what, delimiter, quoted) => {
  const order = await aPurchase(world, 2);
  const rows = [
    ['\uFEFFsku', 'quantity', 'reason'],
    ['SKU-1', '1', 'defective'],
    [quoted, '2', 'changed_mind'],
  ].map((cells) => `${cells.join(delimiter)}\r`);
  const preview = await sendCsv(world, `/v1/bulk-returns/preview?order=${order}`, rows);
  expect(preview.status, preview.text).toBe(200);
  expect(preview.body).toMatchObject({ verdicts: { eligible: 2 } });
});

test.each([
  ['no rows', ['sku,quantity,reason'], 'no_rows'],
  ['a column that nobody knows', ['sku,quantity,reason,colour', 'SKU-1,1,defective,red'], 'unknown_column'],
])('%s is refused with a sentence', async (_what, rows, code) => {
  const order = await aPurchase(world, 1);
  const answer = await sendCsv(world, `/v1/bulk-returns?order=${order}`, rows);
  expect([answer.status, answer.body['code']]).toEqual([422, code]);
  expect(answer.text).not.toContain('row 0');
});

test('what the whole is worth goes before a person, though no section is worth it', async () => {
  const order = await aPurchase(world, 40);
  const created = await askFor(world, order, 40, 10);
  expect(Whole.parse(created.body)).toMatchObject({ status: { goods: 'in_review' }, verdicts: { needs_review: 40 } });
});

test('a section that only the sweeper starts is found in Temporal like any other', async () => {
  const away = await aBusinessWorld({ TEMPORAL_ADDRESS: '127.0.0.1:1' });
  onTestFinished(away.close);
  const order = await aPurchase(away, 2);
  await askFor(away, order, 2);
  const { rma } = await away.db.bulkReturn.findFirstOrThrow();
  await away.db.inboxEvent.updateMany({ data: { nextAttemptAt: new Date() } });
  const config = { ...away.config, temporal: { ...away.config.temporal, address: inject('temporalAddress') } };
  const pool = openPool(config.database);
  onTestFinished(() => pool.end());
  const inbox = await startInbox({ pool, config, log: pino({ level: 'error' }) });
  onTestFinished(inbox.stop);
  const connection = await Connection.connect({ address: config.temporal.address });
  onTestFinished(() => connection.close());
  const section = new Client({ connection }).workflow.getHandle(returnWorkflowId(`${rma}.01`));
  const { typedSearchAttributes: found } = await eventually(() => section.describe());
  expect(found.get(searchAttributes.Program)).toBe('business');
  expect(found.get(searchAttributes.Orders)).toEqual([order]);
  expect(found.get(searchAttributes.Skus)).toEqual(['SKU-1', 'SKU-2']);
  await section.terminate('nobody runs it');
});
