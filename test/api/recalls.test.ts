import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { codeOf, type Row, recallsOf } from './recall-world.ts';
import { startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  await world.close();
});

/** Each test has a SKU of its own: a lot is in one recall. */
let sku = '';
let tests = 0;
beforeEach(async () => {
  tests += 1;
  sku = `SKU-${tests}`;
  await upload('/v1/consignees/import', [consignee('A', 'de'), consignee('B', 'en'), consignee('C', 'fr', 'shopper')]);
  await upload('/v1/lot-receipts/import', [
    {
      reference: `PO-${sku}`,
      facility: 'RC1',
      sku,
      lot: 'L1',
      quantity: 100,
      receivedAt: '2026-01-10',
      ...worth('200.00'),
    },
    { reference: `PQ-${sku}`, facility: 'RC1', sku, lot: 'L2', quantity: 10, receivedAt: '2026-01-10' },
  ]);
  await upload('/v1/lot-shipments/import', [shipped('A', 'L1', 30), shipped('B', 'L1', 10), shipped('C', 'L1', 1)]);
});

const worth = (value: string) => ({ value, currency: 'EUR' });
const idOf = (name: string) => `${name}-${sku}`;
const consignee = (name: string, language: string, kind = 'store') => ({
  ...{ consignee: idOf(name), kind, country: 'DE', language },
  ...(kind === 'shopper' ? {} : { name: idOf(name) }),
  email: `${idOf(name).toLowerCase()}@example.com`,
});
const shipped = (name: string, lot: string, quantity: number) => ({
  ...{ reference: `DN-${sku}-${lot}`, line: name, consignee: idOf(name), facility: 'RC1', sku, lot, quantity },
  shippedAt: '2026-02-01',
  ...(name === 'A' ? worth('60.00') : {}),
});

const { post, get, upload, until } = recallsOf(() => world);

const text = (language: string) => ({
  language,
  product: `Kettle (${language})`,
  reason: 'The handle may come off.',
  instructions: 'Stop selling it.',
  contact: 'recalls@shop.example',
});
const scopeOf = (...lots: string[]) => ({ lines: [{ sku, lots }] });
const drafted = (more: Row = {}) => ({
  depth: 'retail',
  scope: scopeOf('L1'),
  texts: [text('en'), text('de')],
  ...more,
});

async function draft(more: Row = {}): Promise<string> {
  const reply = await post('', drafted(more));
  expect(reply.status, reply.text).toBe(201);
  return String(reply.body['number']);
}

test('a dry run says what a launch would find, and stores nothing', async () => {
  const reply = await post('', drafted({ dryRun: true }));
  expect([reply.status, reply.body]).toEqual([
    200,
    {
      ...{ lots: 1, consignees: 2, facilities: 1, shippedUnits: 41, heldUnits: 59, possibleUnits: 0 },
      ...{ waves: 1, overlaps: null, questions: [] },
      values: [{ shipped: { amount: '60.00', currency: 'EUR' }, held: { amount: '118.00', currency: 'EUR' } }],
      // What B and C paid was never told.
      unvaluedUnits: 11,
      byFacility: { rows: [{ facility: 'RC1', stock: 59, inReturns: 0 }], more: 0 },
      byConsignees: [
        { kind: 'shopper', country: 'DE', consignees: 1, units: 1, told: false },
        { kind: 'store', country: 'DE', consignees: 2, units: 40, told: true },
      ],
      scope: { lines: [expect.objectContaining({ sku, lots: ['L1'] })] },
    },
  ]);
  expect(await world.db.recallScope.count()).toBe(0);
  const deeper = await post('', drafted({ dryRun: true, depth: 'consumer' }));
  expect(deeper.body).toMatchObject({ consignees: 3 });
});

test('a recall goes from its draft to its end', async () => {
  const number = await draft({ hazardClass: 'II' });
  const before = await get(`/${number}`);
  expect(before.body).toMatchObject({ status: 'drafted', consignees: 0, stoppedAt: null });
  expect((await post(`/${number}/launch`)).status).toBe(200);
  const now = await until(number, ({ status }) => status === 'notified');
  expect(now).toMatchObject({ consignees: 2, lots: 1, shippedUnits: 41, heldUnits: 59, waves: 1, needsPerson: [] });
  expect(String(now['stoppedAt']) <= String(now['notifiedAt'])).toBe(true);

  const { body } = await get(`/${number}/consignees`);
  expect(body['data']).toMatchObject([
    { consignee: idOf('A'), state: 'notified', nextNotice: 'reminder', notices: [{ kind: 'initial', state: 'sent' }] },
    { consignee: idOf('B'), state: 'notified' },
  ]);
  const sent = await fetch(`${world.sandboxUrl}/_sandbox/mail?to=${idOf('A').toLowerCase()}@example.com`);
  const { received } = (await sent.json()) as { received: { subject: string }[] };
  expect(received.map(({ subject }) => subject)).toEqual([`DRINGEND: Produktrückruf: Kettle (de) (${number})`]);

  await until(number, ({ timeline }) => JSON.stringify(timeline).includes('"2 effectiveness check(s)'));
  const refused = await post(`/${number}/complete`);
  expect(codeOf(refused)).toEqual([422, 'still_open', 'note']);
  expect(refused.body['detail']).toMatch(
    /^2 effectiveness check\(s\) are still open and 41 unit\(s\) nobody accounted for/,
  );
  expect(await until(number, ({ status }) => status === 'notified')).toMatchObject({ completedAt: null });
  expect((await post(`/${number}/complete`, { note: 'The stores have closed.' })).status).toBe(200);
  const followed = get(`/${number}/progress`);
  await until(number, ({ wavesEnded }) => wavesEnded === 1);
  expect((await post(`/${number}/terminate`)).status).toBe(200);
  await until(number, ({ status }) => status === 'closed');
  const events = (await followed).text.split('\n\n').filter((event) => event.startsWith('event: progress'));
  expect(events.at(-1)).toContain('"status":"closed"');
  const own = await world.db.recallPosition.findMany({ where: { recall: number, consignee: null } });
  expect(own.map(({ facility, affected, claimedHeld }) => [facility, affected, claimedHeld])).toEqual([
    ['RC1', 59, 59],
  ]);
  const stop = await world.db.stopSale.findMany({ where: { recall: number } });
  expect(stop.map(({ lot }) => lot)).toEqual(['L1']);
});

test('a recall is steered while it runs', async () => {
  const number = await draft({ perMinute: 1 });
  expect((await post(`/${number}/launch`)).status).toBe(200);
  await until(number, ({ status }) => status === 'notifying');
  expect((await post(`/${number}/pause`)).body).toMatchObject({ events: ['paused'] });
  expect(codeOf(await post(`/${number}/pause`))).toEqual([409, 'already_paused', undefined]);
  expect((await post(`/${number}/rate`, { perMinute: 6000 })).status).toBe(200);
  expect((await post(`/${number}/class`, { hazardClass: 'I' })).status).toBe(200);
  expect((await post(`/${number}/resume`)).status).toBe(200);
  await until(number, ({ status }) => status === 'notified');
  await upload('/v1/lot-shipments/import', [shipped('A', 'L2', 2)]);
  expect(codeOf(await post(`/${number}/scope`, { scope: scopeOf('L2') }))).toEqual([
    422,
    'scope_narrower',
    'scope.lines[0].lots',
  ]);
  expect((await post(`/${number}/scope`, { scope: scopeOf('L1', 'L2') })).body).toMatchObject({
    events: ['scope_widened'],
  });
  const now = await until(number, ({ status, waves }) => status === 'notified' && waves === 2);
  expect(now).toMatchObject({ scopeVersion: 2, consignees: 2, hazardClass: 'I', lots: 2, heldUnits: 67 });
  const { body } = await get(`/${number}/consignees?state=notified`);
  const [first] = body['data'] as { notices: { kind: string }[] }[];
  expect(first?.notices.map(({ kind }) => kind)).toEqual(['initial', 'amended']);
});

test('what can’t be right is refused with its field, and changes nothing', async () => {
  const wrong = async (more: Row) => codeOf(await post('', drafted(more)));
  expect(await wrong({ scope: { lines: [] } })).toEqual([422, 'scope_empty', 'scope.lines']);
  expect(await wrong({ scope: scopeOf('L1', 'L9') })).toEqual([422, 'lot_unknown', 'scope.lines[0].lots[1]']);
  expect(await wrong({ scope: { lines: [{ sku: 'NOTHING' }] } })).toEqual([422, 'scope_finds_nothing', 'scope']);
  expect(await wrong({ hazardClass: 'IV' })).toEqual([400, expect.any(String), 'hazardClass']);
  expect(await wrong({ texts: [] })).toEqual([400, expect.any(String), 'texts']);
  expect(await wrong({ texts: [text('en'), text('en')] })).toEqual([400, expect.any(String), 'texts']);
  expect(await world.db.recall.count({ where: { status: 'drafted' } })).toBe(0);
  expect(codeOf(await post('/RC-7K3M-Q9TX-1/launch'))).toEqual([400, 'number_malformed', 'number']);
  expect((await post('', drafted(), { as: 'ops' })).status).toBe(403);

  const number = await draft();
  const other = await draft();
  expect((await post(`/${number}/launch`)).status).toBe(200);
  await until(number, ({ status }) => status === 'notified');
  expect(codeOf(await post(`/${number}/launch`))).toEqual([409, 'already_launched', undefined]);
  expect(codeOf(await post(`/${number}/cancel`))).toEqual([409, 'already_launched', undefined]);
  expect(codeOf(await post(`/${number}/terminate`))).toEqual([409, 'recall_not_completed', undefined]);
  expect(codeOf(await post(`/${other}/launch`))).toEqual([409, 'scope_overlaps', 'scope']);
  expect((await get(`/${other}`)).body).toMatchObject({ status: 'drafted' });
  expect((await post(`/${other}/cancel`)).status).toBe(200);
});

test('who can’t be reached waits in the people’s queue', async () => {
  await world.db.contact.updateMany({
    where: { email: `${idOf('B').toLowerCase()}@example.com` },
    data: { email: null },
  });
  const number = await draft();
  await post(`/${number}/launch`);
  await until(number, ({ needsPerson }) => String(needsPerson) === 'notices_undeliverable');
  const queue = await world.call('GET', '/v1/attention?reason=notices_undeliverable');
  expect(queue.body['data']).toMatchObject([{ recall: number, subject: 'W1', resolutions: ['acknowledge'] }]);
  const id = `${number}/A1`;
  const elsewhere = await world.call('POST', '/v1/attention/resolutions', { id, resolution: 'acknowledge' });
  expect(codeOf(elsewhere)).toEqual([422, 'attention_of_a_recall', 'id']);
  const done = await post(`/${number}/attention/A1/resolutions`, { resolution: 'acknowledge', note: 'Called them.' });
  expect(done.body).toMatchObject({ attention: [] });
});
