import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rebuildAll } from '../../activities/journal/rebuild.ts';
import { defaultPolicies } from '../../domain/policy/defaults.ts';
import { startInbox } from '../../worker/inbox.ts';
import type { Loop } from '../../worker/loop.ts';
import { worn } from '../domain/loan/world.ts';
import { eventually, startWorld, type World } from './world.ts';

let world: World;
let inbox: Loop;
beforeAll(async () => {
  world = await startWorld();
  inbox = await startInbox({ pool: world.pool, config: world.config, log: pino({ level: 'error' }) });
  for (const { id, version, program, ...rules } of defaultPolicies) {
    if (program !== 'rental') continue;
    const document = JSON.parse(JSON.stringify({ id, version, program, ...rules }));
    await world.db.policy.create({ data: { id, version, program, document, effectiveFrom: new Date(0) } });
  }
});
afterAll(async () => {
  await inbox.stop();
  await world.close();
});

const post = async (path: string, body: unknown, as: 'ops' | 'lead' = 'ops') =>
  await world.call('POST', path, body, { as });
const get = async (path: string) => (await world.call('GET', path, undefined, { as: 'viewer' })).body;

const day = (fromNow: number) => new Date(Date.now() + fromNow * 86_400_000).toISOString().slice(0, 10);
const aUnit = (serial: string, changes: object = {}) => ({
  ...{
    sku: 'DRILL',
    serial,
    category: 'tools',
    bookValue: '200.00',
    replacementPrice: '300.00',
    purchasePrice: '250.00',
  },
  ...changes,
});
const asked = (units: readonly object[], changes: object = {}) => ({
  borrower: 'B-1',
  contact: { name: 'A Builder', street1: '5 Main Street', city: 'Berlin', zip: '10115', phone: '+49 30 000000' },
  ...{ country: 'DE', facility: 'RC1', currency: 'EUR', from: day(0), until: day(30), deposit: '80.00', units },
  ...changes,
});

/** A loan whose goods the borrower has. */
async function lent(serials: readonly string[], changes: object = {}): Promise<string> {
  const created = await post(
    '/v1/loans',
    asked(
      serials.map((serial) => aUnit(serial)),
      changes,
    ),
  );
  expect(created.status, created.text).toBe(201);
  const path = `/v1/loans/${String(created.body['number'])}`;
  const units = serials.map((_, index) => ({ unit: `U${index + 1}`, facts: worn }));
  const handed = await post(`${path}/handover`, { units, deposit: 'DEP-1' });
  expect(handed.body, handed.text).toMatchObject({ status: 'handed_over', events: ['handed_over', 'deposit_taken'] });
  return path;
}

type Units = { readonly units: readonly { readonly rma: string | null }[] };
async function rmaOf(path: string, unit: number): Promise<string> {
  return await eventually(async () => {
    const { units } = (await get(path)) as unknown as Units;
    const rma = units[unit]?.rma;
    expect(typeof rma).toBe('string');
    return String(rma);
  });
}

async function told(path: string, body: object, as: 'ops' | 'lead' = 'ops'): Promise<void> {
  const answer = await post(path, body, as);
  expect(answer.status, answer.text).toBe(200);
}

test('two drills come back early by a return, which tells the loan what it found: the deposit pays, the rest is paid back', async () => {
  const path = await lent(['S-1', 'S-2']);
  await told(`${path}/early-return`, {});
  const rma = await rmaOf(path, 0);
  const back = `/v1/returns/${rma}`;
  expect(await get(back)).toMatchObject({ program: 'rental', lines: [{ quantity: 1 }, { quantity: 1 }] });
  const contents = [{ sku: 'DRILL', quantity: 2, serials: ['S-2', 'S-1'] }];
  await told(`${back}/receipts`, { parcel: 'P1', contents });
  await eventually(async () =>
    expect(await get(path)).toMatchObject({ status: 'returning', units: [{ stage: 'back' }, { stage: 'back' }] }),
  );
  // The second drill was named first.
  await told(`${back}/items/P1-1/inspections`, {
    findings: [{ quantity: 1, facts: { ...worn, cosmetic: 'damaged' } }],
  });
  await told(`${back}/items/P1-2/inspections`, { findings: [{ quantity: 1, facts: worn }] });
  await eventually(async () =>
    expect(await get(path)).toMatchObject({
      status: 'settling',
      units: [
        { gradeBack: 'B', damage: { amount: '0.00' } },
        { gradeBack: 'C', damage: { amount: '75.00' } },
      ],
      charges: { damages: { amount: '75.00' } },
      owed: { amount: '-5.00' },
      needsPerson: ['loan_repayment'],
    }),
  );
  const { attention } = (await get(path)) as unknown as { attention: { attention: string; detail: string }[] };
  expect(attention[0]?.detail).toContain('5.00 EUR');
  await told(
    `${path}/attention/${attention[0]?.attention}/resolutions`,
    { resolution: 'paid', note: 'By transfer' },
    'lead',
  );
  expect(await get(path)).toMatchObject({ status: 'closed', outcome: 'returned', owed: { amount: '0.00' } });

  // Where the goods go from there is no news to a loan that has closed.
  const process = `loan:${path.split('/').at(-1)}`;
  const entries = await world.db.journalEntry.count({ where: { process } });
  await told(`${back}/items/P1-2/confirmations`, { evidence: 'A-01-01' });
  await eventually(async () =>
    expect(await world.db.inboxEvent.count({ where: { provider: 'loan', processedAt: null } })).toBe(0),
  );

  const statement = await get(`${path}/statement`);
  expect(statement).toMatchObject({
    entries: [
      { what: 'loan_deposits', held: { amount: '80.00' } },
      { what: 'damage_charges', owed: { amount: '75.00' } },
      { what: 'loan_deposits', owed: { amount: '-5.00' }, held: { amount: '0.00' } },
      { what: 'cash_clearing', owed: { amount: '0.00' } },
    ],
    owed: { amount: '0.00' },
  });
  const csv = await world.call('GET', `${path}/statement?format=csv`, undefined, { as: 'viewer' });
  expect(csv.text.split('\r\n')).toHaveLength(6);
  expect((await rebuildAll(world.pool)).differences).toEqual([]);
  expect(await world.db.journalEntry.count({ where: { process } })).toBe(entries);
});

test('a thing is in one loan at a time, also where two ask at once', async () => {
  const both = await Promise.all([1, 2].map(() => post('/v1/loans', asked([aUnit('S-9')], { deposit: '0' }))));
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  const refused = both.find(({ status }) => status === 409);
  expect(refused?.body).toMatchObject({ code: 'unit_on_loan', field: 'units[0].serial' });
  const made = both.find(({ status }) => status === 201);
  const path = `/v1/loans/${String(made?.body['number'])}`;
  await told(`${path}/cancellation`, {});
  expect((await post('/v1/loans', asked([aUnit('S-9')], { deposit: '0' }))).status).toBe(201);
});

test('a request that is sent again finds the loan that it made', async () => {
  const headers = { 'idempotency-key': 'loan-again' };
  const send = () => world.call('POST', '/v1/loans', asked([aUnit('S-11')]), { as: 'ops', headers });
  const [first, second] = [await send(), await send()];
  expect([first.status, second.body['number']]).toEqual([201, first.body['number']]);
});

test('what is lost is charged, and found again is taken back', async () => {
  const path = await lent(['S-21', 'S-22'], { deposit: '80.00' });
  await told(`${path}/losses`, { units: ['U1'] });
  await told(`${path}/purchases`, { units: ['U2'] });
  expect(await get(path)).toMatchObject({
    status: 'settling',
    charges: { prices: { amount: '550.00' } },
    owed: { amount: '470.00' },
    needsPerson: ['borrower_owes'],
  });
  expect((await post(`${path}/payments`, { reference: 'T-1', amount: '470.01' })).body).toMatchObject({
    code: 'more_than_owed',
  });
  await told(`${path}/payments`, { reference: 'T-1', amount: '470.00' });
  expect(await get(path)).toMatchObject({ status: 'closed', outcome: 'mixed' });
  // It turns up at the door.
  const number = path.split('/').at(-1);
  const created = await post('/v1/returns', {
    ...{ program: 'rental', order: number, method: 'drop_off' },
    lines: [{ orderLine: `${number}:U1`, quantity: 1, reason: 'term_ended' }],
  });
  expect(created.status, created.text).toBe(201);
  const rma = String(created.body['rma']);
  await told(`/v1/returns/${rma}/receipts`, {
    parcel: 'P1',
    contents: [{ sku: 'DRILL', quantity: 1, serials: ['S-21'] }],
  });
  await eventually(async () =>
    expect(await get(path)).toMatchObject({ status: 'returning', owed: { amount: '-300.00' } }),
  );
});

test('a longer term is agreed to by a lead, and refused what is none', async () => {
  const path = await lent(['S-31']);
  expect((await post(`${path}/extensions`, { until: day(1) })).body).toMatchObject({ code: 'not_longer' });
  const asks = await post(`${path}/extensions`, { until: day(60) });
  expect(asks.body).toMatchObject({ attention: ['extension_asked'] });
  const answer = { agreed: true, fee: '45.00' };
  expect((await post(`${path}/extensions/E1/answer`, answer)).body).toMatchObject({ code: 'role_not_allowed' });
  expect((await post(`${path}/extensions/E1/answer`, answer, 'lead')).body).toMatchObject({ attention: [] });
  expect(await get(path)).toMatchObject({ owed: { amount: '45.00' }, charges: { extensionFees: { amount: '45.00' } } });
  await told(`${path}/losses`, {});
  const listed = (await get('/v1/loans?borrower=B-1')) as unknown as { data: { termUntil: string }[] };
  expect(listed.data.map(({ termUntil }) => termUntil)).toEqual(listed.data.map(({ termUntil }) => termUntil).sort());
});
