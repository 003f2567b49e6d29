import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { rebuildAll } from '../../activities/journal/rebuild.ts';
import { defaultPolicies } from '../../domain/policy/defaults.ts';
import { startInbox } from '../../worker/inbox.ts';
import { asNew } from '../domain/sale.ts';
import { codeOf, type Row, recallsOf } from './recall-world.ts';
import { type CallOptions, type Reply, startWorld, type World } from './world.ts';

let world: World;
let inbox: Awaited<ReturnType<typeof startInbox>>;
beforeAll(async () => {
  world = await startWorld();
  const policy = defaultPolicies.find(({ program }) => program === 'recall');
  if (policy === undefined) throw new Error('recall has no default policy');
  const { id, version, program } = policy;
  const document = JSON.parse(JSON.stringify(policy));
  await world.db.policy.create({ data: { id, version, program, document, effectiveFrom: new Date(0) } });
  inbox = await startInbox({ pool: world.pool, config: world.config, log: pino({ level: 'silent' }) });
});
afterAll(async () => {
  await inbox.stop();
  await world.close();
});

const { post, get, shipped, scopeOf, until, notified } = recallsOf(() => world);

/** Each test has a SKU and a recall of its own: 30 units went to store A, 10 to store B. */
let sku = '';
let number = '';
let tests = 0;
beforeEach(async () => {
  tests += 1;
  sku = `SKU-${tests}`;
  await shipped(sku, 'L1', [
    { store: idOf('A'), units: 30 },
    { store: idOf('B'), units: 10 },
  ]);
  number = await notified(scopeOf(sku, 'L1'));
});

const idOf = (name: string) => `${name}-${sku}`;
const placeOf = (name: string) => `/${number}/consignees/${encodeURIComponent(name)}/responses`;
const respond = (name: string, said: Row, options: CallOptions = {}) =>
  post(placeOf(idOf(name)), { positions: [{ sku, lot: 'L1', ...said }] }, options);
const positionOf = ({ body }: Reply): Row => (body['positions'] as Row[])[0] ?? {};

/** The recall's account: what is affected, and what of it became of what, each unit at its last known holder. */
async function account(): Promise<Row> {
  const { _sum } = await world.db.recallPosition.aggregate({
    where: { recall: number, NOT: { consignee: null } },
    _sum: {
      affected: true,
      passedOn: true,
      claimedHeld: true,
      claimedSoldOn: true,
      claimedDestroyed: true,
      unaccounted: true,
    },
  });
  const { affected, passedOn, claimedHeld: held, claimedSoldOn, claimedDestroyed: destroyed, unaccounted } = _sum;
  const passed = passedOn ?? 0;
  return { affected: (affected ?? 0) - passed, held, destroyed, soldOn: (claimedSoldOn ?? 0) - passed, unaccounted };
}

test('a consignee answers, says the same again, and puts it right', async () => {
  const first = await respond('A', { held: 20, soldOn: 6, destroyed: 4, proof: 'CERT-1' });
  expect(first.status, first.text).toBe(200);
  expect(first.body).toMatchObject({ state: 'responded', responses: [{ number: 1, channel: 'api' }] });
  expect(positionOf(first)).toMatchObject({
    affected: 30,
    unaccounted: 0,
    claimed: { held: 20 },
    verified: { held: 0 },
  });
  const again = await respond('A', { held: 20, soldOn: 6, destroyed: 4, proof: 'CERT-1' });
  expect(again.body).toEqual(first.body);
  const righted = await respond('A', { held: 15, soldOn: 6, destroyed: 4, proof: 'CERT-1' });
  expect(positionOf(righted)).toMatchObject({ response: 2, unaccounted: 5 });
  expect((righted.body['responses'] as Row[]).map(({ number: each }) => each)).toEqual([2, 1]);
  expect(await account()).toEqual({ affected: 40, held: 15, destroyed: 4, soldOn: 6, unaccounted: 15 });
  expect((await get(`/${number}/consignees?state=responded`)).body['data']).toMatchObject([
    { consignee: idOf('A'), nextDue: null },
  ]);
  // With an Idempotency-Key the first answer comes again, whatever was said since.
  const key = { headers: { 'idempotency-key': `once-${sku}` } };
  const once = await respond('B', { held: 1 }, key);
  await respond('B', { held: 2 });
  expect((await respond('B', { held: 1 }, key)).body).toEqual(once.body);
});

test('what contradicts what was shipped is refused with its field, and changes nothing', async () => {
  expect(codeOf(await respond('A', { held: 31 }))).toEqual([422, 'more_than_shipped', 'positions[0].held']);
  expect(codeOf(await respond('A', { held: 1, soldOn: 30 }))).toEqual([
    422,
    'more_than_shipped',
    'positions[0].soldOn',
  ]);
  expect(codeOf(await respond('A', { lot: 'L2', held: 1 }))).toEqual([422, 'not_shipped', 'positions[0].lot']);
  expect(codeOf(await respond('A', {}))).toEqual([400, expect.any(String), 'positions[0].held']);
  expect(codeOf(await respond('A', { held: -1 }))).toEqual([400, expect.any(String), 'positions[0].held']);
  expect(codeOf(await respond('A', { held: 1.5 }))).toEqual([400, expect.any(String), 'positions[0].held']);
  expect(codeOf(await respond('A', { lost: 1 }))).toEqual([400, expect.any(String), 'positions[0].lost']);
  const both = await post(placeOf(idOf('A')), {
    positions: [
      { sku, lot: 'L1', held: 31 },
      { sku, lot: 'L1', held: 1 },
    ],
  });
  expect((both.body['errors'] as Row[]).map(({ code, field }) => [code, field])).toEqual([
    ['more_than_shipped', 'positions[0].held'],
    ['position_twice', 'positions[1]'],
  ]);
  expect(codeOf(await post(placeOf('NOBODY'), { positions: [{ sku, held: 1 }] }))).toEqual([
    404,
    'consignee_not_in_recall',
    undefined,
  ]);
  expect((await respond('A', { held: 1 }, { as: 'viewer' })).status).toBe(403);
  const passedOn = (name: string, quantity: number) => [{ consignee: idOf(name), quantity }];
  expect(codeOf(await respond('A', { soldOn: 2, passedOn: passedOn('A', 2) }))).toEqual([
    ...[422, 'sub_consignee_itself', 'positions[0].passedOn[0].consignee'],
  ]);
  expect(codeOf(await respond('A', { soldOn: 2, passedOn: passedOn('B', 3) }))).toEqual([
    ...[422, 'more_passed_on_than_sold', 'positions[0].passedOn'],
  ]);
  expect(codeOf(await respond('A', { soldOn: 2, passedOn: [{ consignee: 'NOBODY', quantity: 1 }] }))).toEqual([
    ...[422, 'sub_consignee_unknown', 'positions[0].passedOn[0].consignee'],
  ]);
  expect(await world.db.recallResponse.count({ where: { recall: number } })).toBe(0);
  expect(await account()).toMatchObject({ affected: 40, unaccounted: 40 });
  expect((await post(`/${number}/complete`, { note: 'What is left is not to be had.' })).status).toBe(200);
  expect((await respond('A', { held: 1 })).status).toBe(200);
  await until(number, ({ wavesEnded }) => wavesEnded === 1);
  await post(`/${number}/terminate`);
  expect(codeOf(await respond('A', { held: 2 }))).toEqual([409, 'recall_closed', undefined]);
});

test('a unit that was passed on counts where it went', async () => {
  const shop = { reference: 'SHOP-9', kind: 'store', name: 'Corner shop', email: 'corner@example.com', language: 'de' };
  const passed = await respond('A', {
    held: 10,
    soldOn: 20,
    passedOn: [
      { new: shop, quantity: 8 },
      { consignee: idOf('B'), quantity: 5 },
    ],
  });
  expect(passed.status, passed.text).toBe(200);
  const sub = `sub:${idOf('A')}/SHOP-9`;
  expect(positionOf(passed)).toMatchObject({
    passedOn: [
      { consignee: idOf('B'), quantity: 5 },
      { consignee: sub, quantity: 8 },
    ],
  });
  expect(await account()).toEqual({ affected: 40, held: 10, destroyed: 0, soldOn: 7, unaccounted: 23 });
  expect(positionOf(await get(placeOf(idOf('B'))))).toMatchObject({ affected: 15, takenOver: 5 });
  // B can't have passed it back, and A can't take back what B has answered for.
  expect(codeOf(await respond('B', { soldOn: 1, passedOn: [{ consignee: idOf('A'), quantity: 1 }] }))).toEqual([
    ...[422, 'goods_came_from_there', 'positions[0].passedOn[0].consignee'],
  ]);
  expect((await respond('B', { held: 14 })).status).toBe(200);
  expect(codeOf(await respond('A', { held: 10, soldOn: 20, passedOn: [{ new: shop, quantity: 8 }] }))).toEqual([
    ...[422, 'answered_for_already', 'positions[0].passedOn'],
  ]);
  const less = await respond('A', {
    held: 16,
    soldOn: 14,
    passedOn: [
      { new: shop, quantity: 8 },
      { consignee: idOf('B'), quantity: 4 },
    ],
  });
  expect(less.status, less.text).toBe(200);
  expect(await account()).toEqual({ affected: 40, held: 30, destroyed: 0, soldOn: 2, unaccounted: 8 });
  expect(await rebuildAll(world.pool)).toMatchObject({ differences: [] });
});

test('of a file with bad rows the good ones are taken, and each bad one is named with its field', async () => {
  const csv = [
    'consignee,sku,lot,held,returned,soldOn',
    `${idOf('A')},${sku},L1,12,,3`,
    `${idOf('A')},${sku},L9,12,,`,
    `${idOf('B')},${sku},L1,-4,,`,
    `NOBODY,${sku},L1,1,,`,
    `${idOf('B')},${sku},L1,9,9,`,
    `${idOf('B')},${sku},L1,5,4,`,
    `,${sku},L1,1,,`,
    `${idOf('A')},${sku},L1,12,,3`,
    `${idOf('B')},${sku},L1,,,`,
  ].join('\n');
  const send = () => post(`/${number}/responses`, undefined, { raw: csv, headers: { 'content-type': 'text/csv' } });
  const lines = async () =>
    (await send()).text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Row);
  const first = await lines();
  const told = first.map(({ row, status, errors }) => [
    row,
    status,
    ...((errors ?? []) as Row[]).map(({ column, code }) => `${column}: ${code}`),
  ]);
  expect(told).toEqual([
    [1, 'taken'],
    [2, 'rejected', 'lot: not_shipped'],
    [3, 'rejected', 'held: quantity_invalid'],
    [4, 'rejected', 'consignee: consignee_not_in_recall'],
    [5, 'rejected', 'held: more_than_shipped'],
    [6, 'taken'],
    [7, 'rejected', 'consignee: missing'],
    [8, 'unchanged'],
    [9, 'rejected', ': nothing_said'],
    [undefined, undefined],
  ]);
  expect(first.at(-1)).toEqual({ done: true, taken: 2, unchanged: 1, rejected: 6 });
  expect((await lines()).at(-1)).toEqual({ done: true, taken: 0, unchanged: 3, rejected: 6 });
  expect(await account()).toMatchObject({ affected: 40, held: 17, unaccounted: 16 });
  expect(
    codeOf(
      await post('/RC-7K3M-Q9TX-1/responses', undefined, {
        raw: '',
        headers: { 'content-type': 'application/x-ndjson' },
      }),
    ),
  ).toEqual([400, 'number_malformed', 'number']);
});

test('what a consignee holds comes back as a return, and the account follows its goods', async () => {
  const claimed = async () => positionOf(await get(placeOf(idOf('A'))));
  expect((await respond('A', { held: 20, soldOn: 10 })).status).toBe(200);
  let rma = '';
  for (let attempt = 0; attempt < 200 && rma === ''; attempt += 1) {
    await sleep(100);
    rma = String(((await get(placeOf(idOf('A')))).body['returns'] as string[])[0] ?? '');
  }
  const its = await world.call('GET', `/v1/returns/${rma}`);
  expect(its.body).toMatchObject({
    program: 'recall',
    order: `${number}:${idOf('A')}`,
  });
  const tell = async (what: string, body: object) => {
    const answer = await world.call('POST', `/v1/returns/${rma}/${what}`, body);
    expect(answer.status, answer.text).toBe(200);
  };
  // Two fewer than were said, which a person hears of.
  await tell('receipts', { parcel: 'P1', contents: [{ sku, lot: 'L1', quantity: 18 }] });
  expect(await claimed()).toMatchObject({
    ...{ affected: 30, unaccounted: 0 },
    claimed: { held: 2, returned: 18, soldOn: 10 },
    verified: { returned: 18, destroyed: 0 },
  });
  expect((await world.call('GET', `/v1/returns/${rma}`)).body['attention']).toMatchObject([{ reason: 'short' }]);
  await tell('items/P1-1/inspections', {
    findings: [
      { quantity: 12, facts: asNew },
      { quantity: 6, facts: asNew },
    ],
  });
  const { body } = await world.call('GET', `/v1/returns/${rma}`);
  expect((body['items'] as Row[]).map(({ item, disposition }) => [item, disposition])).toEqual([
    ['P1-1.1', 'quarantine'],
    ['P1-1.2', 'quarantine'],
  ]);
  await tell('items/P1-1.1/dispositions', { disposition: 'destroy', note: 'As the recall says' });
  await tell('items/P1-1.1/confirmations', { evidence: 'CERT-7' });
  expect(await claimed()).toMatchObject({
    claimed: { held: 2, returned: 6, destroyed: 12 },
    verified: { returned: 6, destroyed: 12 },
  });
  expect(
    codeOf(await respond('A', { held: 20, soldOn: 10, returned: 0, consumed: 0, destroyed: 0, proof: 'X' })),
  ).toEqual([...[422, 'less_than_came_back', 'positions[0].returned']]);
  expect((await respond('A', { held: 1, returned: 18, soldOn: 11 })).status).toBe(200);
  expect(((await get(placeOf(idOf('A')))).body['returns'] as string[]).length).toBe(1);
  expect(await rebuildAll(world.pool)).toMatchObject({ differences: [] });
});
