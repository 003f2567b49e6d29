import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ worker: false });
});
afterAll(async () => {
  await world.close();
});

type Result = Readonly<Record<string, unknown>>;

async function imported(text: string, query = '', type = 'text/csv'): Promise<readonly Result[]> {
  const reply = await world.call('POST', `/v1/orders/import${query}`, undefined, {
    raw: text,
    headers: { 'content-type': type },
  });
  expect(reply.status, reply.text).toBe(200);
  return reply.text
    .trimEnd()
    .split('\n')
    .map((line): Result => JSON.parse(line));
}

const header = 'order,sku,quantity,price,currency,country,placedAt,deliveredAt,payment,paid';
const row = (order: string, sku: string, quantity: string, price: string, currency = 'EUR', paid = '') =>
  `${order},${sku},${quantity},${price},${currency},DE,2026-03-01,2026-03-04,${paid === '' ? ',' : `pi_${order},${paid}`}`;

test('good rows are taken and bad ones named by number, column and reason', async () => {
  const results = await imported(
    [
      header,
      row('A1', 'S1', '2', '40.00', 'EUR', '60.00'),
      row('A1', 'S2', '0', '10'),
      row('A1', 'S3', '1', '20.00', 'EUR', '60.00'),
      row('A2', 'S1', '1.5', '10.001'),
      row('A2', 'S1', '1', '-5'),
      row('A2', 'S1', '1', '12.345'),
      row('A2', 'S1', '1', '10', 'XXX1'),
      row('A1', 'S4', '1', '5', 'USD'),
      row('', 'S1', '1', '5'),
      'A3,S1,1',
      row('A4', 'S1', '99999999999', '5'),
    ].join('\n'),
  );
  const seen = results.map(({ row: number, status, orderLine, errors }) => [
    number,
    status,
    orderLine ?? firstError(errors),
  ]);
  expect(seen).toEqual([
    [1, 'created', 'A1-1'],
    [2, 'rejected', 'quantity quantity_invalid'],
    [3, 'created', 'A1-3'],
    [4, 'rejected', 'quantity quantity_invalid'],
    [5, 'rejected', 'price amount_negative'],
    [6, 'rejected', 'price amount_precision'],
    [7, 'rejected', 'currency currency_unknown'],
    [8, 'rejected', 'currency currency_mismatch'],
    [9, 'rejected', 'order missing'],
    [10, 'rejected', ' columns_differ'],
    [11, 'rejected', 'quantity quantity_invalid'],
    [undefined, undefined, undefined],
  ]);
  expect(results.at(-1)).toEqual({ done: true, created: 2, unchanged: 0, rejected: 9 });
  expect(await world.db.order.findMany({ select: { id: true } })).toEqual([{ id: 'A1' }]);
  expect(await world.db.orderLine.findMany({ select: { id: true, fulfilled: true }, orderBy: { id: 'asc' } })).toEqual([
    { id: 'A1-1', fulfilled: 2 },
    { id: 'A1-3', fulfilled: 1 },
  ]);
  expect(await world.db.payment.findMany({ select: { id: true, captured: true } })).toEqual([
    { id: 'pi_A1', captured: 6000n },
  ]);
});

test('a buyer is in the group that was last said, and stays in it where none is', async () => {
  const grouped = (order: string, group: string) => `${order},S1,1,10,EUR,DE,2026-03-01,2026-03-04,,,buyer-1,${group}`;
  const sent = (rows: readonly string[]) => imported([`${header},buyer,buyerGroup`, ...rows].join('\n'));
  const group = async () => (await world.db.buyer.findUniqueOrThrow({ where: { id: 'buyer-1' } })).group;
  await sent([grouped('G1', ''), grouped('G2', 'trade')]);
  expect(await group()).toBe('trade');
  await sent([grouped('G3', '')]);
  expect(await group()).toBe('trade');
  await sent([grouped('G4', 'vip')]);
  expect(await group()).toBe('vip');
  const [badWay] = await imported(`${header},shippingCharged\nG6,S1,1,10,EUR,DE,2026-03-01,2026-03-04,,,-1`);
  expect(firstError(badWay?.['errors'])).toBe('shippingCharged amount_negative');
  await imported(`${header},shippingCharged\nG7,S1,1,10,EUR,DE,2026-03-01,2026-03-04,,,4.90`);
  expect((await world.db.order.findUniqueOrThrow({ where: { id: 'G7' } })).shippingCharged).toBe(490n);
  const nobody = await imported(`${header},buyerGroup\nG5,S1,1,10,EUR,DE,2026-03-01,2026-03-04,,,vip`);
  expect(firstError(nobody[0]?.['errors'])).toBe('buyer missing');
  const named = await imported(`${header},buyer\nG6,S1,1,10,EUR,DE,2026-03-01,2026-03-04,,,me@example.com`);
  expect(JSON.stringify(named)).toContain('buyer_named');
});

test('a file may come again; what differs from what is stored is reported', async () => {
  const file = [header, row('B1', 'S1', '1', '10'), row('B1', 'S1', '1', '10')].join('\n');
  await imported(file);
  expect((await imported(file)).at(-1)).toEqual({ done: true, created: 0, unchanged: 2, rejected: 0 });
  const changed = await imported([header, row('B1', 'S1', '2', '10')].join('\n'));
  expect(firstError(changed[0]?.['errors'])).toBe('quantity conflicts_with_stored');
  expect(await world.db.orderLine.count({ where: { orderId: 'B1' } })).toBe(2);
});

test('a file of another shop is read by naming its columns', async () => {
  const file = [
    'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country',
    '536365,85123A,"WHITE ""HANGING"" HEART, T-LIGHT",6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom',
  ].join('\r\n');
  const columns =
    'order:InvoiceNo,sku:StockCode,title:Description,quantity:Quantity,placedAt:InvoiceDate,unitPrice:UnitPrice,buyer:CustomerID';
  const results = await imported(
    file,
    `?columns=${encodeURIComponent(columns)}&preset=currency:GBP,country:GB,fulfilled:6`,
  );
  expect(results[0]).toEqual({ row: 1, status: 'created', order: '536365', orderLine: '536365-1' });
  const line = await world.db.orderLine.findUniqueOrThrow({ where: { id: '536365-1' } });
  expect(line).toMatchObject({ title: 'WHITE "HANGING" HEART, T-LIGHT', price: 1530n, fulfilled: 6 });
});

test('JSON lines are taken as well, and a broken line is one bad row', async () => {
  const order = {
    order: 'J1',
    sku: 'S1',
    quantity: 2,
    unitPrice: 9.99,
    currency: 'EUR',
    country: 'DE',
    placedAt: '2026-03-01T10:00:00Z',
  };
  const text = `${JSON.stringify(order)}\n{"order": \n${JSON.stringify({ ...order, colour: 'red' })}\n${JSON.stringify({ ...order, title: 'a\u0000b' })}\n`;
  const results = await imported(text, '', 'application/x-ndjson');
  expect(results.map(({ status }) => status)).toEqual(['created', 'rejected', 'rejected', 'rejected', undefined]);
  expect(firstError(results[2]?.['errors'])).toBe('colour unknown_column');
  expect(firstError(results[3]?.['errors'])).toBe('title text_invalid');
  expect(await world.db.orderLine.findUniqueOrThrow({ where: { id: 'J1-1' } })).toMatchObject({
    price: 1998n,
    fulfilled: 0,
  });
});

test('a header that names an unknown column stops before the first row', async () => {
  const results = await imported(`order,colour\nX1,red`);
  expect(results).toEqual([
    { done: false, created: 0, unchanged: 0, rejected: 0, code: 'unknown_column', detail: expect.any(String) },
  ]);
});

test('thousands of rows stream through', async () => {
  const rows = Array.from({ length: 5_000 }, (_, index) => row(`M${index % 700}`, `S${index}`, '1', '1.00'));
  const started = performance.now();
  const results = await imported([header, ...rows].join('\n'));
  expect(results.at(-1)).toEqual({ done: true, created: 5_000, unchanged: 0, rejected: 0 });
  console.log(`5,000 rows in ${Math.round(performance.now() - started)} ms`);
});

function firstError(errors: unknown): string | undefined {
  const [first] = Array.isArray(errors) ? errors : [];
  return first === undefined ? undefined : `${first.column} ${first.code}`;
}
