import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { asNew } from '../domain/sale.ts';
import { aBusinessWorld, aPurchase, askFor, readWhole, sendCsv, Whole } from './bulk.ts';
import { eventually, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await aBusinessWorld();
});
afterAll(async () => {
  await world.close();
});

const deliver = (rma: string, delivery: string, rows: readonly string[], last = false) =>
  sendCsv(world, `/v1/bulk-returns/${rma}/deliveries?delivery=${delivery}&last=${last}`, [
    'sku,lot,quantity,unitsPerPack,damaged',
    ...rows,
  ]);
const counted = (from: number, to: number, quantity: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `SKU-${from + index},,${quantity},,`);
const Lots = z.object({
  lots: z.array(z.object({ sku: z.string(), lot: z.string().nullable(), difference: z.int() })),
  totals: z.object({
    requested: z.int(),
    authorized: z.int(),
    received: z.int(),
    accepted: z.int(),
    credited: z.int(),
  }),
  differing: z.int(),
});
const reconciled = async (rma: string) =>
  Lots.parse((await world.call('GET', `/v1/bulk-returns/${rma}/reconciliation`, undefined, { as: 'viewer' })).body);
const inspectAll = (rma: string) =>
  world.call('POST', `/v1/bulk-returns/${rma}/inspections`, { facts: asNew }, { as: 'ops' });
const due = async (rma: string, amount: string) =>
  await eventually(async () => expect((await readWhole(world, rma)).creditDue.amount).toBe(amount));
const asked = async (lines: number, legalEntity: string) =>
  Whole.parse((await askFor(world, await aPurchase(world, lines, legalEntity), lines)).body).rma;
const queue = async (reason: string, subject: string) => {
  const { body } = await world.call('GET', `/v1/attention?reason=${reason}&limit=200`);
  return z
    .object({ data: z.array(z.object({ subject: z.string(), id: z.string() })) })
    .parse(body)
    .data.filter((entry) => entry.subject === subject);
};

test('what a section could not take in at once is not booked in at all', async () => {
  const rma = await asked(1, 'south');
  const lots = Array.from({ length: 501 }, (_, index) => `SKU-1,LOT-${index},1,,`);
  const refused = await deliver(rma, 'DN-1', lots);
  expect([refused.status, refused.body['code']]).toEqual([422, 'too_many_lots']);
  expect((await reconciled(rma)).totals.received).toBe(0);
  expect((await deliver(rma, 'DN-1', counted(1, 1, 2))).status).toBe(200);
});

test('two deliveries, one credit memo over all sections, and every section closes', async () => {
  const rma = await asked(8, 'east');
  const first = await deliver(rma, 'DN-1', counted(1, 5, 2));
  expect(first.status, first.text).toBe(200);
  expect((await deliver(rma, 'DN-1', counted(1, 5, 2))).body).toEqual(first.body);
  const other = await deliver(rma, 'DN-1', counted(1, 4, 2));
  expect([other.status, other.body['code']]).toEqual([409, 'delivery_known']);
  expect((await reconciled(rma)).totals).toMatchObject({ requested: 16, authorized: 16, received: 10 });
  // A pack of two, and the rest by the piece.
  await deliver(rma, 'DN-2', ['SKU-6,,1,2,', ...counted(7, 8, 2)], true);
  expect(await reconciled(rma)).toMatchObject({ totals: { received: 16 }, differing: 0 });
  expect(await readWhole(world, rma)).toMatchObject({ status: { goods: 'received', money: 'none' }, needsPerson: {} });

  const inspected = await inspectAll(rma);
  expect(inspected.body).toMatchObject({ sections: [{ result: 'done' }, { result: 'done' }, { result: 'done' }] });
  await due(rma, '272.00');
  expect(await queue('credit_due', rma)).toHaveLength(1);
  const nod = await world.call('POST', '/v1/attention/resolutions', {
    id: `bulk/${rma}/credit`,
    resolution: 'acknowledge',
  });
  expect(nod.body['code']).toBe('attention_of_a_bulk_return');
  const headers = { 'idempotency-key': `memo-${rma}` };
  const memo = await world.call('POST', `/v1/bulk-returns/${rma}/credit-memos`, undefined, { headers });
  expect(memo.status, memo.text).toBe(201);
  expect(memo.body).toMatchObject({ creditMemo: 'east-000001', rma, total: { amount: '272.00' } });
  const lines = z
    .array(z.object({ sku: z.string(), quantity: z.int(), amount: z.object({ amount: z.string() }) }))
    .parse(memo.body['lines']);
  expect(lines.map(({ sku, quantity }) => `${sku} ${quantity}`)).toEqual(
    Array.from({ length: 8 }, (_, index) => `SKU-${index + 1} 2`),
  );
  expect(lines.reduce((sum, { amount }) => sum + Math.round(Number(amount.amount) * 100), 0)).toBe(27_200);
  const again = await world.call('POST', `/v1/bulk-returns/${rma}/credit-memos`, undefined, { headers });
  expect(again.body['creditMemo']).toBe('east-000001');
  const nothing = await world.call('POST', `/v1/bulk-returns/${rma}/credit-memos`);
  expect([nothing.status, nothing.body['code']]).toEqual([409, 'nothing_due']);
  expect(await queue('credit_due', rma)).toEqual([]);
  const csv = await world.call('GET', '/v1/credit-memos/east/1?format=csv');
  expect(csv.text.split('\r\n')[8]).toMatch(new RegExp(`^east-000001,.+,PO-.+,${rma}.03,L2,SKU-8,2,40.00,`));
  expect((await reconciled(rma)).totals).toMatchObject({ accepted: 16, credited: 16 });

  const confirm = { disposition: 'restock', evidence: 'DOCK-4' };
  const moved = await world.call('POST', `/v1/bulk-returns/${rma}/confirmations`, confirm, { as: 'ops' });
  expect(moved.status, moved.text).toBe(200);
  await eventually(async () =>
    expect(await readWhole(world, rma)).toMatchObject({
      status: { goods: 'closed', money: 'full' },
      settled: { amount: '272.00' },
    }),
  );
});

test('a memo for each delivery has a number of its own, and together they are what was settled', async () => {
  const rma = await asked(4, 'partly');
  for (const [delivery, from, to] of [
    ['DN-1', 1, 2],
    ['DN-2', 3, 4],
  ] as const) {
    await deliver(rma, delivery, counted(from, to, 2), delivery === 'DN-2');
    await inspectAll(rma);
    await due(rma, '68.00');
    await world.call('POST', `/v1/bulk-returns/${rma}/credit-memos`);
  }
  await eventually(async () =>
    expect(await readWhole(world, rma)).toMatchObject({
      settled: { amount: '136.00' },
      creditMemos: [
        { creditMemo: 'partly-000001', total: { amount: '68.00' } },
        { creditMemo: 'partly-000002', total: { amount: '68.00' } },
      ],
    }),
  );
});

test('short, over, wrong goods and a wrong lot are told by SKU and lot, and none is lost', async () => {
  const order = await aPurchase(world, 4);
  const created = await sendCsv(world, `/v1/bulk-returns?order=${order}`, [
    'sku,lot,quantity,reason',
    'SKU-1,LOT-A,2,defective',
    'SKU-1,LOT-B,3,defective',
    'SKU-2,LOT-A,4,defective',
    'SKU-3,,2,defective',
    'SKU-4,,2,defective',
  ]);
  const { rma } = Whole.parse(created.body);
  const rows = ['SKU-1,LOT-A,2,,', 'SKU-1,LOT-B,2,,', 'SKU-2,LOT-X,4,,', 'SKU-3,,3,,', 'BRICK,,5,,'];
  const received = await deliver(rma, 'DN-1', rows, true);
  expect(received.status, received.text).toBe(200);
  expect((await readWhole(world, rma)).needsPerson).toEqual({
    lot_mismatch: 1,
    over_receipt: 1,
    short: 2,
    wrong_item: 1,
  });
  const { lots, totals } = await reconciled(rma);
  expect(lots.map(({ sku, lot, difference }) => [sku, lot, difference])).toEqual([
    ['BRICK', null, 5],
    ['SKU-1', 'LOT-A', 0],
    ['SKU-1', 'LOT-B', -1],
    ['SKU-2', 'LOT-A', -4],
    ['SKU-2', 'LOT-X', 4],
    ['SKU-3', null, 1],
    ['SKU-4', null, -2],
  ]);
  expect(totals).toMatchObject({ requested: 13, authorized: 13, received: 16 });
  const given = await world.call('POST', `/v1/bulk-returns/${rma}/shortages`, { resolution: 'missing', note: 'gone' });
  expect(given.status, given.text).toBe(200);
  expect((await readWhole(world, rma)).needsPerson).toEqual({ lot_mismatch: 1, over_receipt: 1, wrong_item: 1 });
  // What is odd is not graded with the rest.
  await inspectAll(rma);
  const waiting = await world.db.returnItem.findMany({
    where: { rma: { startsWith: `${rma}.` }, stage: 'received' },
    select: { sku: true, quantity: true },
    orderBy: { sku: 'asc' },
  });
  expect(waiting).toEqual([
    { sku: 'BRICK', quantity: 5 },
    { sku: 'SKU-2', quantity: 4 },
    { sku: 'SKU-3', quantity: 1 },
  ]);
  const csv = await world.call('GET', `/v1/bulk-returns/${rma}/reconciliation?format=csv`);
  expect(csv.text.split('\r\n')[3]).toBe('SKU-1,LOT-B,3,3,2,2,0,0,-1');
  // What is odd for the same reason is settled at once, by whoever may decide.
  const settle = (body: object, as: 'lead' | 'ops' = 'lead') =>
    world.call('POST', `/v1/bulk-returns/${rma}/attention/resolutions`, { note: 'seen', ...body }, { as });
  const ofLots = { reason: 'lot_mismatch', resolution: 'accept' };
  expect((await settle(ofLots, 'ops')).status).toBe(403);
  expect((await settle({ ...ofLots, resolution: 'missing' })).body).toMatchObject({ status: 400 });
  expect((await settle({ ...ofLots, skus: ['SKU-9'] })).body).toMatchObject({ status: 409, code: 'nothing_waits' });
  const settled = await settle({ ...ofLots, skus: ['SKU-2'] });
  expect(settled.body, settled.text).toMatchObject({ sections: [{ result: 'done' }] });
  expect((await settle({ reason: 'over_receipt', resolution: 'acknowledge' })).status).toBe(200);
  // No line of the purchase has bricks.
  expect((await settle({ reason: 'wrong_item', resolution: 'accept' })).body).toMatchObject({
    code: 'line_not_allowed',
  });
  expect((await readWhole(world, rma)).needsPerson).toEqual({ wrong_item: 1 });
});

test('a return that waits for a person takes no goods; reviewed row by row it does', async () => {
  const order = await aPurchase(world, 4);
  const created = await sendCsv(world, `/v1/bulk-returns?order=${order}`, [
    'sku,quantity,reason',
    ...[1, 2, 3, 4].map((sku) => `SKU-${sku},2,recalled`),
  ]);
  const { rma } = Whole.parse(created.body);
  const early = await deliver(rma, 'DN-1', counted(1, 4, 2));
  expect([early.status, early.body['code']]).toEqual([409, 'not_authorized']);
  const decide = (approve: boolean, rows?: number[]) =>
    world.call('POST', `/v1/bulk-returns/${rma}/reviews`, {
      approve,
      ...(rows === undefined ? {} : { rows }),
      note: 'seen',
    });
  expect((await decide(false, [2])).status).toBe(200);
  expect((await decide(true)).status).toBe(200);
  expect(await readWhole(world, rma)).toMatchObject({
    status: { goods: 'authorized' },
    verdicts: { approved: 3, declined: 1 },
  });
  expect((await decide(true)).body['code']).toBe('nothing_waits');
  expect((await reconciled(rma)).totals).toMatchObject({ requested: 8, authorized: 6 });
  const cancelled = await world.call('POST', `/v1/bulk-returns/${rma}/cancellations`, { note: 'they keep it' });
  expect(cancelled.status, cancelled.text).toBe(200);
  expect((await reconciled(rma)).totals).toMatchObject({ requested: 8, authorized: 0 });
  expect((await readWhole(world, rma)).status.goods).toBe('cancelled');
});

test('a partner disputes a line of a memo; a person credits the difference, or lets the memo stand', async () => {
  const rma = await asked(4, 'argued');
  await deliver(rma, 'DN-1', counted(1, 4, 2), true);
  await inspectAll(rma);
  await due(rma, '136.00');
  await world.call('POST', `/v1/bulk-returns/${rma}/credit-memos`);
  const dispute = (line: string, about: object) =>
    world.call(
      'POST',
      '/v1/credit-memos/argued/1/disputes',
      { rma: `${rma}.01`, line, ...about, note: 'no' },
      { as: 'ops' },
    );
  expect((await dispute('L9', { about: 'quantity', quantity: 3 })).body['code']).toBe('unknown_line');
  expect((await dispute('L1', { about: 'quantity', quantity: 3 })).status).toBe(200);
  expect((await dispute('L2', { about: 'grade', grade: 'A' })).body).toMatchObject({
    disputes: [
      { dispute: 1, about: 'quantity', claimedQuantity: 3, state: 'open' },
      { dispute: 2, about: 'grade', claimedGrade: 'A', state: 'open' },
    ],
  });
  expect(await queue('memo_disputed', 'argued-000001')).toHaveLength(2);
  const answer = (number: number, given: object) =>
    world.call('POST', `/v1/credit-memos/argued/1/disputes/${number}/answers`, { ...given, note: 'looked again' });
  expect((await answer(2, { answer: 'uphold' })).status).toBe(200);
  const tooMuch = await answer(1, { answer: 'correct', amount: { amount: '500.00', currency: 'EUR' } });
  expect([tooMuch.status, tooMuch.body['code']]).toEqual([409, 'adjustment_exceeds']);
  const corrected = await answer(1, { answer: 'correct', amount: { amount: '6.00', currency: 'EUR' } });
  expect(corrected.body).toMatchObject({
    total: { amount: '136.00' },
    disputes: [{ state: 'corrected', amount: { amount: '6.00' } }, { state: 'upheld' }],
  });
  expect((await answer(1, { answer: 'uphold' })).body).toMatchObject({ status: 409, code: 'dispute_answered' });
  expect(await queue('memo_disputed', 'argued-000001')).toEqual([]);
  await due(rma, '6.00');
  const corrective = await world.call('POST', `/v1/bulk-returns/${rma}/credit-memos`);
  expect(corrective.body).toMatchObject({
    creditMemo: 'argued-000002',
    total: { amount: '6.00' },
    byHand: { amount: '6.00' },
    lines: [],
  });
});

test('a memo takes a thousand disputes; one more is refused, and one command is one dispute', async () => {
  const rma = await asked(1, 'quarrel');
  await deliver(rma, 'DN-1', counted(1, 1, 2), true);
  await inspectAll(rma);
  await due(rma, '34.00');
  await world.call('POST', `/v1/bulk-returns/${rma}/credit-memos`);
  const about = { rma: `${rma}.01`, line: 'L1', about: 'price' };
  await world.db.creditMemoDispute.createMany({
    data: Array.from({ length: 999 }, (_, index) => ({
      ...{ legalEntity: 'quarrel', number: 1, dispute: index + 1, commandId: `quarrel-${index}`, ...about },
      ...{ note: 'N1', openedBy: 'test' },
    })),
  });
  const disputes = '/v1/credit-memos/quarrel/1/disputes';
  const more = async (key: string) =>
    await world.call('POST', disputes, { ...about, note: 'no' }, { headers: { 'idempotency-key': key } });
  expect((await more('thousandth')).status).toBe(200);
  expect((await more('beyond')).body).toMatchObject({ status: 409, code: 'disputes_full' });
  // Said again, it is the same one and not one too many.
  expect((await more('thousandth')).status).toBe(200);
  expect(await world.db.creditMemoDispute.count({ where: { legalEntity: 'quarrel' } })).toBe(1_000);
  expect(await queue('memo_disputed', 'quarrel-000001')).toHaveLength(1);
});

test('a dispute is corrected by what was credited, and by nothing that is not decided yet', async () => {
  const rma = await asked(1, 'unheard');
  await deliver(rma, 'DN-1', counted(1, 1, 2), true);
  await inspectAll(rma);
  await due(rma, '34.00');
  await world.call('POST', `/v1/bulk-returns/${rma}/credit-memos`);
  const disputes = '/v1/credit-memos/unheard/1/disputes';
  await world.call('POST', disputes, { rma: `${rma}.01`, line: 'L1', about: 'price', note: 'no' });
  const correct = (amount: string) =>
    world.call('POST', `${disputes}/1/answers`, {
      answer: 'correct',
      amount: { amount, currency: 'EUR' },
      note: 'looked again',
    });
  await world.worker.stop();
  const unheard = await correct('5.00');
  expect([unheard.status, unheard.body['code']]).toEqual([503, 'temporal_unavailable']);
  await world.worker.start();
  await due(rma, '5.00');
  const answered = await correct('6.00');
  expect(answered.body).toMatchObject({ disputes: [{ state: 'corrected', amount: { amount: '5.00' } }] });
});

test('what is short is settled all the same where a person says so', async () => {
  const rma = await asked(1, 'generous');
  await deliver(rma, 'DN-1', counted(1, 1, 1), true);
  await inspectAll(rma);
  await due(rma, '17.00');
  const given = await world.call('POST', `/v1/bulk-returns/${rma}/shortages`, { resolution: 'accept', note: 'lost' });
  expect(given.status, given.text).toBe(200);
  await due(rma, '34.00');
});
