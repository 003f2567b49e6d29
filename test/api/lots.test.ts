import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Reply, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ worker: false });
  await world.db.facility.create({
    data: {
      id: 'DC2',
      name: 'Second',
      zone: 'UTC',
      street1: '2 Dock Road',
      city: 'Hamburg',
      zip: '20457',
      country: 'DE',
    },
  });
});
afterAll(async () => {
  await world.close();
});

/** Each test has a SKU of its own, so that none sees another's goods. */
let sku = '';
let number = 0;
beforeEach(() => {
  number += 1;
  sku = `SKU-${number}`;
});

type Row = Readonly<Record<string, unknown>>;

/** Sends rows as NDJSON; the answer's lines but the last, and the counts. */
async function told(
  path: string,
  rows: readonly Row[],
): Promise<{ readonly results: readonly Row[]; readonly counts: Row }> {
  const reply = await world.call('POST', path, undefined, {
    raw: rows.map((row) => JSON.stringify(row)).join('\n'),
    headers: { 'content-type': 'application/x-ndjson' },
  });
  expect(reply.status, reply.text).toBe(200);
  const lines = reply.text
    .trimEnd()
    .split('\n')
    .map((line): Row => JSON.parse(line));
  return { results: lines.slice(0, -1), counts: lines.at(-1) ?? {} };
}

/** Sends rows that must all be taken. */
async function tell(path: string, rows: readonly Row[]): Promise<void> {
  const { results, counts } = await told(path, rows);
  expect(results.filter(({ status }) => status === 'rejected')).toEqual([]);
  expect(counts['done']).toBe(true);
}

const consignee = (id: string, kind = 'store') => ({
  consignee: id,
  kind,
  name: id,
  country: 'DE',
  email: `${id}@example.com`,
});
const received = (lot: string, quantity: number, more: Row = {}) => ({
  ...{ reference: `PO-${sku}-${lot}`, facility: 'RC1', sku, lot, quantity, receivedAt: '2026-01-10' },
  ...more,
});
const shipped = (line: string, to: string, lot: string | null, quantity: number, more: Row = {}) => ({
  ...{ reference: `DN-${sku}`, line, consignee: to, facility: 'RC1', sku, lot, quantity, shippedAt: '2026-02-01' },
  ...more,
});

const traced = (line: Row, more: Row = {}): Promise<Reply> =>
  world.call('POST', '/v1/traces', { scope: { lines: [{ sku, ...line }] }, ...more }, { as: 'coordinator' });

/** Rows of a trace in short: who, what, how many. */
async function found(line: Row): Promise<readonly unknown[]> {
  const reply = await traced(line);
  expect(reply.status, reply.text).toBe(200);
  return rowsOf(reply).map((row) => [
    row['holder'],
    row['consignee'] ?? row['facility'],
    row['lot'],
    row['quantity'],
    ...(row['descended'] === true ? [`made: ${row['sku']}`] : []),
    ...(row['possible'] === true ? ['possible'] : []),
  ]);
}
const rowsOf = (reply: Reply) => reply.body['data'] as readonly Row[];
const codeOf = ({ status, body }: Reply) => [status, body['code'], body['field']];

test('a lot is found where it went, and where it still lies', async () => {
  await tell('/v1/consignees/import', [consignee('S1'), consignee('S2')]);
  await tell('/v1/lot-receipts/import', [received('L1', 100, { value: '50.00', currency: 'EUR' }), received('L2', 40)]);
  await tell('/v1/lot-shipments/import', [
    shipped('1', 'S1', 'L1', 30, { value: '60.00', currency: 'EUR' }),
    shipped('2', 'S2', 'L1', 10),
    shipped('3', 'S2', 'L2', 5),
  ]);
  expect(await found({ lots: ['L1'] })).toEqual([
    ['consignee', 'S1', 'L1', 30],
    ['consignee', 'S2', 'L1', 10],
    ['stock', 'RC1', 'L1', 60],
  ]);
  const { body } = await traced({ lots: ['L1', 'L9'] });
  expect(body['summary']).toMatchObject({
    units: 100,
    byHolder: { consignee: 40, stock: 60, in_return: 0, shortfall: 0 },
    value: [{ amount: '90.00', currency: 'EUR' }],
    lots: 1,
    consignees: { store: 2 },
    facilities: [{ facility: 'RC1', stock: 60, inReturn: 0, shortfall: 0, possible: 0 }],
    unknownLots: [{ sku, lot: 'L9' }],
  });
});

test('a file may come again, and says by row what is wrong with it', async () => {
  await tell('/v1/consignees/import', [consignee('S3')]);
  const rows = [
    shipped('1', 'S3', 'L1', 3),
    shipped('2', 'NOBODY', 'L1', 3),
    shipped('3', 'S3', 'L1', 0),
    shipped('4', 'S3', 'L1', 1, { facility: 'NOWHERE' }),
    shipped('5', 'S3', 'L1', 2, { serial: 'SN1' }),
    shipped('6', 'S3', 'L1', 1, { shippedAt: '2026-02-30' }),
    shipped('7', 'S3', 'L1', 1, { value: '1.234', currency: 'EUR' }),
    shipped('1', 'S3', 'L1', 4),
    shipped('1', 'S3', 'L1', 3),
  ];
  const first = await told('/v1/lot-shipments/import', rows);
  const errors = ({ row, status, errors: wrong }: Row) => [
    row,
    status,
    ...((wrong as readonly Row[] | undefined) ?? []).map((error) => `${error['column']} ${error['code']}`),
  ];
  expect(first.results.map(errors)).toEqual([
    [1, 'created'],
    [2, 'rejected', 'consignee unknown_consignee'],
    [3, 'rejected', 'quantity quantity_invalid'],
    [4, 'rejected', 'facility unknown_facility'],
    [5, 'rejected', 'quantity quantity_invalid'],
    [6, 'rejected', 'shippedAt time_invalid'],
    [7, 'rejected', 'value amount_precision'],
    [8, 'rejected', ' conflicts_with_row'],
    [9, 'unchanged'],
  ]);
  expect(first.counts).toEqual({ done: true, created: 1, changed: 0, unchanged: 1, rejected: 7 });
  expect((await told('/v1/lot-shipments/import', rows.slice(0, 1))).counts).toMatchObject({ created: 0, unchanged: 1 });
  const other = await told('/v1/lot-shipments/import', [shipped('1', 'S3', 'L1', 4)]);
  expect(other.results.map(errors)).toEqual([[1, 'rejected', 'quantity conflicts_with_stored']]);
  expect(await found({})).toEqual([
    ['consignee', 'S3', 'L1', 3],
    ['shortfall', 'RC1', 'L1', 3],
  ]);
});

test('what is known of a lot is filled in, never changed by a later file', async () => {
  await tell('/v1/lots/import', [{ sku, lot: 'L1', supplier: 'ACME', supplierLot: 'A-7' }]);
  expect((await told('/v1/lots/import', [{ sku, lot: 'L1', expiresOn: '2027-01-31' }])).counts).toMatchObject({
    changed: 1,
  });
  const { results } = await told('/v1/lot-receipts/import', [received('L1', 5, { supplier: 'OTHER' })]);
  expect(results[0]).toMatchObject({
    status: 'rejected',
    errors: [{ column: 'supplier', code: 'conflicts_with_stored' }],
  });
  const misread = await told('/v1/lot-receipts/import', [received('L1', 5, { gtin: '4006381333932' })]);
  expect(misread.results[0]).toMatchObject({ errors: [{ column: 'gtin', code: 'gtin_invalid' }] });
  await tell('/v1/lot-receipts/import', [received('L1', 5, { gtin: '4006381333931' })]);
  expect(await world.db.lot.findUnique({ where: { sku_lot: { sku, lot: 'L1' } } })).toMatchObject({
    supplier: 'ACME',
    gtin: '04006381333931',
    expiresOn: new Date('2027-01-31'),
  });
});

test('what was made of a lot is affected, through rework and repacking, and no lot is made of itself', async () => {
  await tell('/v1/consignees/import', [consignee('S4'), consignee('S5')]);
  const link = (reference: string, from: readonly [string, string], to: readonly [string, string], more: Row = {}) => ({
    ...{
      reference: `${reference}-${sku}`,
      kind: 'repack',
      fromSku: from[0],
      fromLot: from[1],
      toSku: to[0],
      toLot: to[1],
    },
    ...{ used: 20, made: 10, facility: 'RC1', at: '2026-01-20', ...more },
  });
  const mix = `${sku}-MIX`;
  await tell('/v1/lot-receipts/import', [received('L1', 50), received('L2', 50)]);
  await tell('/v1/lot-links/import', [
    link('A', [sku, 'L1'], [mix, 'M1'], { kind: 'made_from' }),
    link('B', [sku, 'L2'], [mix, 'M1'], { kind: 'made_from', made: 5 }),
    link('C', [mix, 'M1'], [mix, 'M1-R'], { kind: 'rework', used: 4, made: 4 }),
  ]);
  await tell('/v1/lot-shipments/import', [
    shipped('1', 'S4', 'L1', 30),
    shipped('2', 'S5', 'M1', 11, { sku: mix, shippedAt: '2026-05-01' }),
    shipped('3', 'S5', 'M1-R', 3, { sku: mix, shippedAt: '2026-05-01' }),
  ]);
  expect(
    await found({ lots: ['L1'], shipped: { from: '2026-02-01T00:00:00Z', until: '2026-02-02T00:00:00Z' } }),
  ).toEqual([
    ['consignee', 'S4', 'L1', 30],
    ['consignee', 'S5', 'M1', 11, `made: ${mix}`],
    ['consignee', 'S5', 'M1-R', 3, `made: ${mix}`],
    ['stock', 'RC1', 'M1-R', 1, `made: ${mix}`],
  ]);
  const circle = await told('/v1/lot-links/import', [
    link('D', [mix, 'M1-R'], [sku, 'L1']),
    link('E', [sku, 'L1'], [sku, 'L1']),
    link('F', [sku, 'L2'], [`${sku}-BOX`, 'B1']),
  ]);
  expect(
    circle.results.map(({ status, errors }) => [status, (errors as readonly Row[] | undefined)?.[0]?.['code']]),
  ).toEqual([
    ['rejected', 'lot_made_of_itself'],
    ['rejected', 'lot_made_of_itself'],
    ['created', undefined],
  ]);
});

test('ranges, serials, date codes, expiry and days of shipping choose exactly what they say', async () => {
  await tell('/v1/consignees/import', [consignee('S6')]);
  await tell('/v1/lots/import', [{ sku, lot: 'L0108', expiresOn: '2026-06-30', dateCode: 'JUN26' }]);
  await tell('/v1/lot-shipments/import', [
    ...['L0099', 'L0100', 'L0108', 'L0110', 'L0111', 'L100', 'L01000', 'M0105', 'L01A5'].map((lot) =>
      shipped(lot, 'S6', lot, 1),
    ),
    ...['SN008', 'SN009', 'SN010', 'SN0090', 'XX009'].map((serial) => shipped(serial, 'S6', null, 1, { serial })),
    shipped('date', 'S6', null, 7, { dateCode: 'BB 01/27' }),
    shipped('late', 'S6', 'L0100', 2, { shippedAt: '2026-03-01' }),
  ]);
  const lots = async (line: Row) =>
    (await found(line))
      .filter((row) => (row as unknown[])[0] === 'consignee' && !(row as unknown[]).includes('possible'))
      .map((row) => (row as unknown[]).slice(2, 4));
  expect(await lots({ lotRanges: [{ from: 'L0100', to: 'L0110' }] })).toEqual([
    ['L0100', 3],
    ['L0108', 1],
    ['L0110', 1],
  ]);
  expect(await lots({ lotRanges: [{ from: 'L0110' }] })).toEqual([
    ['L0110', 1],
    ['L0111', 1],
  ]);
  expect(await lots({ lotRanges: [{ to: 'L0100' }] })).toEqual([
    ['L0099', 1],
    ['L0100', 3],
  ]);
  expect(await lots({ lotRanges: [{ from: 'L100' }] })).toEqual([['L100', 1]]);
  expect(await lots({ lotPrefixes: ['L01', 'M'] })).toEqual([
    ['L0100', 3],
    ['L01000', 1],
    ['L0108', 1],
    ['L0110', 1],
    ['L0111', 1],
    ['L01A5', 1],
    ['M0105', 1],
  ]);
  expect(await lots({ serialRanges: [{ from: 'SN009', to: 'SN010' }] })).toEqual([[null, 2]]);
  expect(await lots({ dateCodes: ['BB 01/27', 'JUN26'] })).toEqual([
    [null, 7],
    ['L0108', 1],
  ]);
  expect(await lots({ expires: { from: '2026-06-30', to: '2026-07-01' } })).toEqual([['L0108', 1]]);
  expect(
    await lots({ lots: ['L0100'], shipped: { from: '2026-03-01T00:00:00Z', until: '2026-03-02T00:00:00Z' } }),
  ).toEqual([['L0100', 2]]);
});

test('goods whose lot nobody told are named apart, as nobody can tell them from the rest', async () => {
  await tell('/v1/consignees/import', [consignee('S7'), consignee('S8')]);
  await tell('/v1/lot-shipments/import', [shipped('1', 'S7', 'L1', 4), shipped('2', 'S8', null, 6)]);
  // More left than ever came in: its receipt was never told.
  const gap = ['shortfall', 'RC1', 'L1', 4];
  expect(await found({ lots: ['L1'] })).toEqual([
    ['consignee', 'S7', 'L1', 4],
    ['consignee', 'S8', null, 6, 'possible'],
    gap,
  ]);
  expect((await traced({ lots: ['L1'] })).body['summary']).toMatchObject({
    units: 4,
    possibleUnits: 6,
    possibleConsignees: 1,
  });
  expect(await found({})).toEqual([['consignee', 'S7', 'L1', 4], ['consignee', 'S8', null, 6], gap]);
});

test('a scope that is empty, says a thing twice or holds nothing is refused with its field', async () => {
  const refused = async (lines: readonly Row[]) => codeOf(await world.call('POST', '/v1/traces', { scope: { lines } }));
  expect(await refused([])).toEqual([422, 'scope_empty', 'scope.lines']);
  expect(await refused([{ sku }, { sku }])).toEqual([422, 'scope_overlap', 'scope.lines[1].sku']);
  expect(await refused([{ sku, lots: ['A', 'B', 'A'] }])).toEqual([422, 'scope_overlap', 'scope.lines[0].lots[2]']);
  expect(await refused([{ sku, lots: ['L5'], lotRanges: [{ from: 'L1', to: 'L9' }] }])).toEqual([
    422,
    'scope_overlap',
    'scope.lines[0].lots[0]',
  ]);
  expect(await refused([{ sku, lotRanges: [{ from: 'L1', to: 'L10' }] }])).toEqual([
    422,
    'range_of_unlike_codes',
    'scope.lines[0].lotRanges[0]',
  ]);
  expect(await refused([{ sku, lotRanges: [{}] }])).toEqual([422, 'range_without_ends', 'scope.lines[0].lotRanges[0]']);
  expect(await refused([{ sku, lots: ['38-25/1'], lotPrefixes: ['38-25'] }])).toEqual([
    422,
    'scope_overlap',
    'scope.lines[0].lots[0]',
  ]);
  expect(await refused([{ sku, shipped: { from: '2026-01-02T00:00:00Z', until: '2026-01-02T00:00:00Z' } }])).toEqual([
    422,
    'window_empty',
    'scope.lines[0].shipped.until',
  ]);
  expect(codeOf(await traced({ lot: 'L1' }))).toEqual([400, 'unknown_field', 'scope.lines[0].lot']);
});

test('pages of a trace hold each row once', async () => {
  await tell(
    '/v1/consignees/import',
    Array.from({ length: 25 }, (_, n) => consignee(`P${n}`)),
  );
  await tell(
    '/v1/lot-shipments/import',
    Array.from({ length: 25 }, (_, n) => shipped(String(n), `P${n}`, 'L1', n + 1)),
  );
  const seen: unknown[] = [];
  for (let cursor: unknown; cursor !== null; ) {
    const reply = await traced({ lots: ['L1'] }, { limit: 7, ...(cursor === undefined ? {} : { cursor }) });
    expect(reply.body['summary']).toMatchObject({ units: 325 });
    seen.push(...rowsOf(reply).map((row) => row['consignee'] ?? row['facility']));
    cursor = reply.body['nextCursor'];
  }
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.length).toBe(26);
  expect(codeOf(await traced({}, { cursor: 'x' }))).toEqual([400, 'cursor_invalid', 'cursor']);
});

test('a lot tells what it was made of, what was made of it, and its sisters', async () => {
  const mix = `${sku}-MIX`;
  const made = (from: string, to: string, at = mix) => ({
    ...{ reference: `${sku}-${from}-${to}`, kind: 'made_from', fromSku: sku, fromLot: from, toSku: at, toLot: to },
    ...{ used: 1, made: 1, facility: 'RC1', at: '2026-01-20' },
  });
  await tell('/v1/consignees/import', [consignee('S9')]);
  await tell('/v1/lot-receipts/import', [
    received('L1', 50, { supplier: 'ACME', supplierLot: `A7-${sku}` }),
    received('L2', 20, { supplier: 'ACME', supplierLot: `A7-${sku}` }),
    received('L3', 10, { supplier: 'ACME', supplierLot: `A8-${sku}` }),
  ]);
  await tell('/v1/lot-links/import', [made('L1', 'M1'), made('L1', 'M2'), made('L2', 'M3'), made('L3', 'M4')]);
  await tell('/v1/lot-links/import', [
    { ...made('L3', 'M1R'), fromSku: mix, fromLot: 'M1', reference: `${sku}-R`, kind: 'rework' },
  ]);
  await tell('/v1/lot-shipments/import', [
    shipped('1', 'S9', 'M1', 3, { sku: mix }),
    shipped('2', 'S9', 'M1', 2, { sku: mix }),
  ]);
  const { status, body } = await world.call('GET', `/v1/lots/${mix}/M1`, undefined, { as: 'viewer' });
  expect(status).toBe(200);
  const names = (list: string) =>
    (body[list] as readonly Row[]).map((row) => `${row['lot']} ${row['supplierLot'] ?? ''}`.trim());
  expect(names('origins')).toEqual([`L1 A7-${sku}`]);
  expect(names('descendants')).toEqual(['M1R']);
  expect(names('sisters')).toEqual([`L2 A7-${sku}`, 'M2', 'M3']);
  expect(body).toMatchObject({
    received: 0,
    shipped: { units: 5, consignees: 1, first: '2026-02-01T00:00:00.000Z' },
    more: false,
  });
  expect((await world.call('GET', `/v1/lots/${sku}/L1`)).body).toMatchObject({ received: 50, supplier: 'ACME' });
  expect(codeOf(await world.call('GET', `/v1/lots/${sku}/L99`))).toEqual([404, 'lot_not_found', undefined]);
});

test('who may not tell of lots is refused, and what is no file of rows is', async () => {
  const body = { raw: 'x', headers: { 'content-type': 'text/csv' } };
  expect(codeOf(await world.call('POST', '/v1/lots/import', undefined, { ...body, as: 'ops' }))[0]).toBe(403);
  const [last] = (await world.call('POST', '/v1/lots/import', undefined, { ...body, as: 'coordinator' })).text
    .trim()
    .split('\n')
    .slice(-1);
  expect(JSON.parse(last ?? '')).toMatchObject({ done: false, code: 'unknown_column' });
  const json = await world.call('POST', '/v1/lots/import', { rows: [] });
  expect(codeOf(json)).toEqual([415, 'content_type_unsupported', undefined]);
});
