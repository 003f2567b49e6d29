import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultPolicies } from '../../domain/policy/defaults.ts';
import { asNew } from '../domain/sale.ts';
import { eventually, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  await world.close();
});

/** Puts the default policy in force, with what it gives for a unit. */
async function inForce(version: number, takeBackCredit?: object): Promise<void> {
  const policy = defaultPolicies.find(({ program }) => program === 'end_of_life');
  if (policy === undefined) throw new Error('end_of_life has no default policy');
  const credit = takeBackCredit === undefined ? {} : { takeBackCredit };
  const document = JSON.parse(JSON.stringify({ ...policy, version, ...credit }));
  const { id, program } = policy;
  await world.db.policy.create({ data: { id, version, program, document, effectiveFrom: new Date(version) } });
}

const collect = (takeBack: string, line: object = {}) =>
  world.call('POST', '/v1/take-backs', {
    takeBack,
    holder: 'school-7',
    currency: 'EUR',
    country: 'DE',
    contact: { name: 'School 7', street1: '5 Main Street', city: 'Berlin', zip: '10115', phone: '+49 30 000000' },
    lines: [{ sku: 'LAPTOP-14', serials: [`SN-${takeBack}`], dataBearing: true, unitWeightGrams: 1800, ...line }],
  });

async function received(takeBack: string, instrument: string) {
  const created = await world.call('POST', '/v1/returns', {
    program: 'end_of_life',
    order: takeBack,
    lines: [{ sku: 'LAPTOP-14', quantity: 1, reason: 'no_longer_needed' }],
    method: 'drop_off',
    instrument,
  });
  expect(created.status, created.text).toBe(201);
  const path = `/v1/returns/${String(created.body['rma'])}`;
  const tell = async (what: string, body: object) => {
    const answer = await world.call('POST', `${path}/${what}`, body);
    expect(answer.status, answer.text).toBe(200);
  };
  await tell('receipts', { parcel: 'P1', contents: [{ sku: 'LAPTOP-14', quantity: 1, serials: [`SN-${takeBack}`] }] });
  const facts = { ...asNew, packaging: 'missing', cosmetic: 'damaged', function: 'untested' };
  await tell('items/P1-1/inspections', { findings: [{ quantity: 1, facts }] });
  return { path, tell, rma: String(created.body['rma']) };
}

test('a laptop at the end of its life is collected, wiped, and recycled to the gram', async () => {
  await inForce(1);
  const made = await collect('TB-1');
  expect(made.body).toEqual({ takeBack: 'TB-1', lines: 1, creditPerUnit: { amount: '0.00', currency: 'EUR' } });
  expect((await world.call('GET', '/v1/orders/TB-1')).body).toMatchObject({ kind: 'take_back' });
  const { path, tell, rma } = await received('TB-1', 'original');
  expect((await world.call('GET', path)).body).toMatchObject({
    program: 'end_of_life',
    items: [{ disposition: 'quarantine', vetoes: ['data_not_wiped'] }],
  });
  const wipe = { kind: 'data_wiped', certificate: 'WIPE-1', serials: ['SN-TB-1'], method: 'destroy', tool: 'SHREDDER' };
  await tell('items/P1-1/evidence', wipe);
  const byHand = await world.call('POST', `${path}/items/P1-1/confirmations`, { evidence: 'BIN-1' });
  expect([byHand.status, byHand.body['code']]).toEqual([409, 'certificate_needed']);

  const items = [{ rma, item: 'P1-1' }];
  const request = { disposition: 'recycle', organisation: 'GREEN-EX', facility: 'RC1', items };
  const { body } = await world.call('POST', '/v1/certified-disposals', request);
  const disposal = `/v1/certified-disposals/${String(body['number'])}`;
  await eventually(async () =>
    expect((await world.call('GET', disposal)).body).toMatchObject({ items: [{ state: 'held' }] }),
  );
  await world.call('POST', `${disposal}/handover`, { document: 'WB-1', weightGrams: 1800 });
  const certified = await world.call('POST', `${disposal}/certificate`, {
    ...{ kind: 'recycling', certificate: 'RC-1', issuedOn: '2026-03-01', weightGrams: 1800 },
    ...{ materials: [{ material: 'aluminium', grams: 1100 }], residueGrams: 700, charge: '1.50' },
  });
  expect(certified.status, certified.text).toBe(200);
  await eventually(async () =>
    expect((await world.call('GET', path)).body).toMatchObject({ outcome: 'completed', refunds: [] }),
  );
});

test('a policy that gives a little for each unit pays it as store credit', async () => {
  await inForce(2, { EUR: 500 });
  expect((await collect('TB-2')).body).toMatchObject({ creditPerUnit: { amount: '5.00', currency: 'EUR' } });
  const { path } = await received('TB-2', 'store_credit');
  await eventually(async () =>
    expect((await world.call('GET', path)).body).toMatchObject({ settled: { amount: '5.00', currency: 'EUR' } }),
  );
});

test('a take-back names each unit once', async () => {
  expect((await collect('TB-3', { serials: ['A', 'A'], quantity: 2 })).body).toMatchObject({
    status: 422,
    code: 'serials_exceed_quantity',
  });
});
