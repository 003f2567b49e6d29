import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createKey } from '../../api/keys/keys.ts';
import { parseRma } from '../../domain/numbers/rma.ts';
import { anOrder, asked } from './orders.ts';
import { type CallOptions, startWorld, type World } from './world.ts';

/** A request that must be refused, with the status and code that it gets. */
type Bad = {
  readonly what: string;
  readonly send: readonly [method: string, path: string, body?: unknown, options?: CallOptions];
  readonly status: number;
  readonly code: string;
  readonly field?: string;
  readonly says?: RegExp;
};

let world: World;
/** An order of which one unit is in a return that waits for its parcel. */
let order: string;
let rma: string;
let expired: string;
beforeAll(async () => {
  world = await startWorld();
  order = await anOrder(world, [{ quantity: 3 }, { sku: 'TWICE' }, { sku: 'TWICE' }, { sku: 'NEW', delivered: false }]);
  const created = await world.call('POST', '/v1/returns', asked(order));
  rma = String(created.body['rma']);
  expired = (await createKey(world.db, { name: 'old', role: 'admin', expiresAt: new Date(Date.now() - 1000) })).secret;
});
afterAll(async () => {
  await world.close();
});

const line = (change: object) => ({
  order,
  lines: [{ sku: 'SKU-1', quantity: 1, reason: 'defective', ...change }],
  method: 'drop_off',
});
const bearer = (key: string): CallOptions => ({ as: null, headers: { authorization: `Bearer ${key}` } });
const raw = (text: string): CallOptions => ({ raw: text });

const facts = {
  packaging: 'opened',
  cosmetic: 'pristine',
  function: 'works',
  completeness: 'complete',
  expiry: 'fresh',
  contamination: 'none',
};

/** Functions, as the order and the return only exist once the world stands. */
const requests: readonly (() => Bad)[] = [
  () => ({
    what: 'an unknown order',
    send: create({ ...line({}), order: 'NOPE' }),
    status: 422,
    code: 'unknown_order',
    field: 'order',
  }),
  () => ({
    what: 'an unknown order line',
    send: create(line({ sku: undefined, orderLine: 'X-9' })),
    status: 422,
    code: 'unknown_order_line',
    field: 'lines[0].orderLine',
  }),
  () => ({
    what: 'an unknown SKU',
    send: create(line({ sku: 'NOPE' })),
    status: 422,
    code: 'unknown_sku',
    field: 'lines[0].sku',
  }),
  () => ({ what: 'a SKU of two lines', send: create(line({ sku: 'TWICE' })), status: 422, code: 'ambiguous_sku' }),
  () => ({
    what: 'neither line nor SKU',
    send: create(line({ sku: undefined })),
    status: 400,
    code: 'invalid_value',
    field: 'lines[0].orderLine',
  }),
  () => ({
    what: 'one line twice',
    send: create({ ...line({}), lines: [...line({}).lines, ...line({}).lines] }),
    status: 422,
    code: 'duplicate_line',
  }),
  () => ({
    what: 'an unknown facility',
    send: create({ ...line({}), facility: 'NOPE' }),
    status: 422,
    code: 'unknown_facility',
  }),
  () => ({
    what: 'an unknown reason',
    send: create(line({ reason: 'boredom' })),
    status: 400,
    code: 'invalid_value',
    field: 'lines[0].reason',
    says: /^lines\[0\]\.reason: must be one of changed_mind, ordered_by_mistake, .*recalled$/,
  }),
  ...[0, -1, 1.5, 1_000_001, 1e21, '2', null, true].map((quantity) => () => ({
    what: `quantity ${JSON.stringify(quantity)}`,
    send: create(line({ quantity })),
    status: 400,
    code: 'quantity_invalid',
    field: 'lines[0].quantity',
  })),
  () => ({
    what: 'a quantity no float can hold',
    send: create(undefined, raw(JSON.stringify(line({})).replace('"quantity":1', '"quantity":9007199254740993'))),
    status: 400,
    code: 'quantity_invalid',
  }),
  () => ({
    what: 'more than is still returnable',
    send: create(line({ quantity: 3 })),
    status: 422,
    code: 'exceeds_returnable',
    field: 'lines[0].quantity',
    says: new RegExp(`quantity 3 exceeds the 2 units still returnable on line 1 \\(1 already in RMA ${rma}\\)`),
  }),
  () => ({
    what: 'more than was sold and not sent out',
    send: create(line({ sku: 'NEW', quantity: 9 })),
    status: 422,
    code: 'exceeds_returnable',
  }),
  () => ({
    what: 'an unknown field',
    send: create({ ...line({}), discount: 5 }),
    status: 400,
    code: 'unknown_field',
    field: 'discount',
  }),
  () => ({
    what: 'an unknown field of a line',
    send: create(line({ colour: 'red' })),
    status: 400,
    code: 'unknown_field',
    field: 'lines[0].colour',
  }),
  () => ({
    what: 'a missing field',
    send: create({ ...line({}), method: undefined }),
    status: 400,
    code: 'missing_field',
    field: 'method',
  }),
  () => ({
    what: 'an order that is a number',
    send: create({ ...line({}), order: 1001 }),
    status: 400,
    code: 'invalid_value',
    field: 'order',
    says: /^order: must be text, in quotes$/,
  }),
  () => ({
    what: 'a body that is a list',
    send: create([]),
    status: 400,
    code: 'invalid_value',
    says: /^the body: must be an object, in \{ \}$/,
  }),
  () => ({
    what: 'a time without its hour',
    send: command('extensions', { until: '2030-01-01', note: 'asked by phone' }),
    status: 400,
    code: 'invalid_value',
    field: 'until',
    says: /^until: must be a time with its zone, as in 2026-12-01T09:00:00Z$/,
  }),
  () => ({
    what: 'no lines',
    says: /^lines: must have at least 1 entry$/,
    send: create({ ...line({}), lines: [] }),
    status: 400,
    code: 'invalid_value',
    field: 'lines',
  }),
  () => ({ what: 'malformed JSON', send: create(undefined, raw('{"order": ')), status: 400, code: 'json_malformed' }),
  () => ({ what: 'JSON that is no object', send: create(undefined, raw('[1]')), status: 400, code: 'invalid_value' }),
  () => ({
    what: 'a body that is no JSON',
    send: create(undefined, { raw: 'order=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
    status: 415,
    code: 'content_type_unsupported',
  }),
  () => ({ what: 'no body', send: ['POST', '/v1/returns'], status: 400, code: 'missing_field' }),
  () => ({
    what: 'an oversize body',
    send: create(undefined, raw(JSON.stringify({ order: 'x'.repeat(300_000) }))),
    status: 413,
    code: 'body_too_large',
  }),
  () => ({
    what: 'a control character in an order',
    send: create({ ...line({}), order: 'A\u0000B' }),
    status: 400,
    code: 'invalid_value',
    field: 'order',
  }),
  () => ({ what: 'no key', send: create(line({}), { as: null }), status: 401, code: 'key_missing' }),
  () => ({
    what: 'an unknown key',
    send: create(line({}), bearer(`hw_${'A'.repeat(43)}`)),
    status: 401,
    code: 'key_unknown',
  }),
  () => ({
    what: 'nonsense for a key',
    send: create(line({}), bearer("' or 1=1 --")),
    status: 401,
    code: 'key_unknown',
  }),
  () => ({ what: 'an expired key', send: create(line({}), bearer(expired)), status: 401, code: 'key_expired' }),
  () => ({ what: 'the wrong role', send: create(line({}), { as: 'viewer' }), status: 403, code: 'role_not_allowed' }),
  () => ({
    what: 'a wrong Idempotency-Key',
    send: create(line({}), { headers: { 'idempotency-key': 'a b' } }),
    status: 400,
    code: 'idempotency_key_invalid',
  }),
  () => ({
    what: 'an RMA with a wrong check character',
    send: ['GET', `/v1/returns/${wrongCheck(rma)}`],
    status: 400,
    code: 'rma_check_character',
    field: 'rma',
  }),
  () => ({ what: 'something that is no RMA', send: ['GET', '/v1/returns/hello'], status: 400, code: 'rma_malformed' }),
  () => ({
    what: 'a path that climbs out',
    send: ['GET', '/v1/returns/..%2f..%2fetc%2fpasswd'],
    status: 400,
    code: 'rma_malformed',
  }),
  () => ({ what: 'a malformed address', send: ['GET', '/v1/returns/%zz'], status: 400, code: 'address_malformed' }),
  () => ({
    what: 'an RMA that nobody has',
    send: ['GET', '/v1/returns/0000-0000-0'],
    status: 404,
    code: 'return_not_found',
  }),
  () => ({
    what: 'a command on such',
    send: ['POST', '/v1/returns/0000-0000-0/cancellation', {}],
    status: 404,
    code: 'return_not_found',
  }),
  () => ({
    what: 'an unknown filter',
    send: ['GET', '/v1/returns?colour=red'],
    status: 400,
    code: 'unknown_field',
    field: 'colour',
  }),
  () => ({
    what: 'a wrong status filter',
    send: ['GET', '/v1/returns?status=lovely'],
    status: 400,
    code: 'invalid_value',
    field: 'status',
  }),
  () => ({
    what: 'a filter twice',
    send: ['GET', '/v1/returns?status=closed&status=lost'],
    status: 400,
    code: 'invalid_value',
    field: 'status',
  }),
  () => ({
    what: 'a wrong limit',
    send: ['GET', '/v1/returns?limit=0'],
    status: 400,
    code: 'invalid_value',
    field: 'limit',
  }),
  () => ({ what: 'a made-up cursor', send: ['GET', '/v1/returns?cursor=abc'], status: 400, code: 'cursor_invalid' }),
  () => ({ what: 'an unknown route', send: ['GET', '/v1/nothing'], status: 404, code: 'route_not_found' }),
  () => ({ what: 'a wrong method', send: ['DELETE', `/v1/returns/${rma}`], status: 405, code: 'method_not_allowed' }),
  () => ({
    what: 'an unknown order asked for',
    send: ['GET', '/v1/orders/NOPE'],
    status: 404,
    code: 'order_not_found',
  }),
  () => ({
    what: 'a review where none waits',
    send: command('reviews', { decisions: [{ line: 'L1', approve: true, note: 'ok' }] }),
    status: 409,
    code: 'not_in_review',
  }),
  () => ({
    what: 'an override of an eligible line',
    send: command('overrides', { decisions: [{ line: 'L1', note: 'ok' }] }),
    status: 409,
    code: 'nothing_ineligible',
  }),
  () => ({
    what: 'an override of an unknown line',
    send: command('overrides', { decisions: [{ line: 'L9', note: 'ok' }] }),
    status: 404,
    code: 'unknown_line',
    says: /no line L9/,
  }),
  () => ({
    what: 'a review without a note',
    send: command('reviews', { decisions: [{ line: 'L1', approve: true, note: ' ' }] }),
    status: 400,
    code: 'invalid_value',
    field: 'decisions[0].note',
  }),
  () => ({
    what: 'a note with a NUL',
    send: command('reviews', { decisions: [{ line: 'L1', approve: true, note: 'a\u0000b' }] }),
    status: 400,
    code: 'invalid_value',
    field: 'decisions[0].note',
  }),
  () => ({
    what: 'a search for a NUL',
    send: ['GET', '/v1/returns?text=a%00b'],
    status: 400,
    code: 'invalid_value',
    field: 'text',
  }),
  () => ({
    what: 'a key named with half a character',
    send: ['POST', '/v1/keys', undefined, { as: 'admin', raw: '{"name":"\\ud800","role":"ops"}' }],
    status: 400,
    code: 'invalid_value',
    field: 'name',
  }),
  () => ({
    what: 'an inspection of an unknown item',
    send: command('items/P9-1/inspections', { findings: [{ quantity: 1, facts }] }),
    status: 404,
    code: 'unknown_item',
    says: /no item P9-1/,
  }),
  () => ({
    what: 'an inspection without facts',
    send: command('items/P9-1/inspections', { findings: [{ quantity: 1 }] }),
    status: 400,
    code: 'invalid_value',
    says: /facts or by answers/,
  }),
  () => ({
    what: 'a disposition of an unknown item',
    send: command('items/P9-1/dispositions', { disposition: 'restock', note: 'x' }),
    status: 404,
    code: 'unknown_item',
  }),
  () => ({
    what: 'a confirmation with prose',
    send: command('items/P9-1/confirmations', { evidence: 'two\nlines' }),
    status: 400,
    code: 'invalid_value',
  }),
  () => ({
    what: 'a resolution of nothing',
    send: command('attention/A9/resolutions', { resolution: 'retry', note: 'x' }),
    status: 404,
    code: 'unknown_attention',
  }),
  () => ({
    what: 'an unknown resolution',
    send: command('attention/A9/resolutions', { resolution: 'pray', note: 'x' }),
    status: 400,
    code: 'invalid_value',
  }),
  () => ({
    what: 'tracking of an unknown parcel',
    send: command('parcels/P9/tracking', { status: 'delivered' }),
    status: 404,
    code: 'unknown_parcel',
  }),
  () => ({
    what: 'a report of an unknown pickup',
    send: command('pickups/K9/reports', { outcome: 'failed' }),
    status: 404,
    code: 'unknown_pickup',
  }),
  () => ({
    what: 'a receipt of an unknown parcel',
    send: command('receipts', { parcel: 'P9', contents: [] }),
    status: 404,
    code: 'unknown_parcel',
  }),
  () => ({
    what: 'a receipt of no units',
    send: command('receipts', { contents: [{ sku: 'SKU-1', quantity: 0 }] }),
    status: 400,
    code: 'quantity_invalid',
  }),
  () => ({
    what: 'an extension into the past',
    send: command('extensions', { until: '2020-01-01T00:00:00Z', note: 'x' }),
    status: 422,
    code: 'schedule_in_the_past',
  }),
  () => ({
    what: 'an extension by days and to a time',
    send: command('extensions', { days: 1, until: '2099-01-01T00:00:00Z', note: 'x' }),
    status: 400,
    code: 'invalid_value',
  }),
  () => ({
    what: 'ops overriding the rules',
    send: [...command('overrides', { decisions: [{ line: 'L1', note: 'ok' }] }), { as: 'ops' }],
    status: 403,
    code: 'role_not_allowed',
  }),
  () => ({
    what: 'a lead making keys',
    send: ['POST', '/v1/keys', { name: 'x', role: 'admin' }],
    status: 403,
    code: 'role_not_allowed',
  }),
  () => ({
    what: 'a key with an unknown role',
    send: ['POST', '/v1/keys', { name: 'x', role: 'king' }, { as: 'admin' }],
    status: 400,
    code: 'invalid_value',
    field: 'role',
  }),
  () => ({
    what: 'a key that expired before it is made',
    send: ['POST', '/v1/keys', { name: 'x', role: 'ops', expiresAt: '2020-01-01T00:00:00Z' }, { as: 'admin' }],
    status: 422,
    code: 'expiry_in_the_past',
  }),
  () => ({
    what: 'revoking an unknown key',
    send: ['DELETE', '/v1/keys/key_00000000-0000-0000-0000-000000000000', undefined, { as: 'admin' }],
    status: 404,
    code: 'key_not_found',
  }),
  () => ({
    what: 'a carrier webhook with a wrong signature',
    send: webhook('easypost', { 'x-hmac-signature': 'hmac-sha256-hex=00' }),
    status: 401,
    code: 'signature_invalid',
  }),
  () => ({
    what: 'a carrier webhook without one',
    send: webhook('easypost', {}),
    status: 401,
    code: 'signature_invalid',
  }),
  () => ({
    what: 'a payment webhook with a wrong signature',
    send: webhook('stripe', { 'stripe-signature': 't=1,v1=00' }),
    status: 401,
    code: 'signature_invalid',
  }),
  () => ({
    what: 'an import of neither CSV nor JSON lines',
    send: ['POST', '/v1/orders/import', {}],
    status: 415,
    code: 'content_type_unsupported',
  }),
  () => ({
    what: 'an import with a wrong mapping',
    send: [
      'POST',
      '/v1/orders/import?columns=colour:Colour',
      undefined,
      { raw: 'a', headers: { 'content-type': 'text/csv' } },
    ],
    status: 400,
    code: 'mapping_invalid',
  }),
];

const create = (body: unknown, options: CallOptions = {}) => ['POST', '/v1/returns', body, options] as const;
const command = (path: string, body: unknown) => ['POST', `/v1/returns/${rma}/${path}`, body] as const;
const webhook = (provider: string, headers: Record<string, string>) =>
  ['POST', `/v1/webhooks/${provider}`, { id: 'evt_1' }, { as: null, headers }] as const;

/** The same number with another check character that doesn't fit. */
function wrongCheck(number: string): string {
  const other = [...'0123456789'].map((last) => number.slice(0, -1) + last).find((text) => parseRma(text) === null);
  return String(other);
}

describe('bad input is answered with a problem, and changes nothing', () => {
  test.each(requests.map((request, index) => [index, request] as const))('case %i', async (_index, request) => {
    const { what, send, status, code, field, says } = request();
    const before = await everything();
    const reply = await world.call(...send);
    expect([what, reply.status, reply.body['code']], reply.text).toEqual([what, status, code]);
    if (field !== undefined) expect(reply.body['field'], what).toBe(field);
    if (says !== undefined) expect(reply.body['detail'], what).toMatch(says);
    expect(reply.body['requestId']).toBe(reply.headers.get('x-request-id'));
    expect(reply.text).not.toMatch(/node_modules|\.ts:|at async/);
    expect(await everything(), what).toEqual(before);
  });
});

/** How many rows each table has, and how far the return's journal is. */
async function everything(): Promise<unknown> {
  const tables = await world.db.$queryRaw<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema = 'public' order by 1`;
  const counts = tables.map(async ({ name }) => [
    name,
    await world.db.$queryRawUnsafe(`select count(*)::int as n from "${name}"`),
  ]);
  const states = await world.db.return.findMany({ select: { rma: true, version: true, goods: true } });
  return [Object.fromEntries(await Promise.all(counts)), states];
}

test('a field is told to be wrong once, however many checks it fails', async () => {
  const answer = await world.call('POST', `/v1/returns/${rma}/items/P1-1/confirmations`, { evidence: '' });
  expect(answer.body['errors']).toMatchObject([{ field: 'evidence' }]);
});
