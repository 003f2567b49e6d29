import fc from 'fast-check';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { checkLedgers } from '../../activities/journal/ledgers.ts';
import { raiseAgedPackaging } from '../../activities/packaging/aged.ts';
import { balanceOf, type PackagingMovement, packagingDirections } from '../../domain/packaging/account.ts';
import { openPool } from '../../prisma/client.ts';
import { startExpiry } from '../../worker/expiry.ts';
import { freshDatabase } from '../setup/fresh-database.ts';
import { eventually, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ worker: false });
});
afterAll(async () => {
  expect((await checkLedgers(world.pool)).disagreements).toEqual([]);
  await world.close();
});

const DAY = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY).toISOString();
const agree = async (partner: string, terms: object = {}) => {
  const reply = await world.call('POST', '/v1/packaging/accounts', { partner, type: 'EUR-PALLET', ...terms });
  expect(reply.status, reply.text).toBe(200);
};
const move = (partner: string, direction: string, quantity: number, reference: string, more: object = {}) =>
  world.call(
    'POST',
    '/v1/packaging/movements',
    { partner, type: 'EUR-PALLET', direction, quantity, reference, ...more },
    { as: 'ops' },
  );
const get = async (path: string) => (await world.call('GET', path, undefined, { as: 'viewer' })).body;

test('pallets go out and come back: a balance, a statement, and no more than was agreed', async () => {
  await agree('DC-1', { most: 40, depositPerPiece: '12.50', currency: 'EUR' });
  await move('DC-1', 'out', 30, 'DN-1', { at: daysAgo(70), facility: 'RC1' });
  await move('DC-1', 'out', 10, 'DN-2', { at: daysAgo(5) });
  expect((await move('DC-1', 'out', 1, 'DN-3')).body).toMatchObject({ status: 409, code: 'above_limit' });
  await move('DC-1', 'in', 25, 'CN-1', { at: daysAgo(2) });
  expect((await move('DC-1', 'in', 25, 'CN-1')).body).toMatchObject({ balance: 15, cameBack: 25 });
  expect((await move('DC-1', 'in', 24, 'CN-1')).body).toMatchObject({ status: 409, code: 'movement_differs' });
  expect((await move('DC-1', 'lost', 16, 'L-1')).body).toMatchObject({ status: 409, code: 'more_than_balance' });
  expect((await move('DC-1', 'lost', 1, 'L-1')).body).toMatchObject({
    balance: 14,
    deposit: { amount: '175.00' },
    lossBasisPoints: 250,
    byAge: { upTo30Days: 10, upTo60Days: 0, upTo90Days: 4, longer: 0 },
  });
  expect(await get('/v1/packaging/balances?partner=DC-1')).toMatchObject({ data: [{ balance: 14 }] });
  const statement = '/v1/packaging/balances/DC-1/EUR-PALLET/statement';
  expect(await get(statement)).toMatchObject({
    entries: [{ balance: 30 }, { balance: 40 }, { balance: 15 }, { balance: 14 }],
  });
  const csv = await world.call('GET', `${statement}?format=csv`, undefined, { as: 'viewer' });
  expect(csv.text.split('\r\n')[1]).toContain(',out,30,DN-1,RC1,30');
});

test('of many that book at once no more go out than was agreed', async () => {
  await agree('DC-2', { most: 5 });
  const replies = await Promise.all(Array.from({ length: 12 }, (_, index) => move('DC-2', 'out', 1, `DN-${index}`)));
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(5);
  expect(await get('/v1/packaging/balances?partner=DC-2')).toMatchObject({ data: [{ balance: 5, wentOut: 5 }] });
});

test('a partner without an account, a place that is none, and times to come are refused', async () => {
  await agree('DC-3');
  expect((await move('DC-X', 'out', 1, 'DN-1')).body).toMatchObject({ status: 404 });
  expect((await move('DC-3', 'out', 1, 'DN-1', { facility: 'NOWHERE' })).body).toMatchObject({
    code: 'unknown_facility',
  });
  expect((await move('DC-3', 'out', 1, 'DN-1', { at: daysAgo(-1) })).body).toMatchObject({
    code: 'time_in_the_future',
  });
  const half = { partner: 'DC-3', type: 'KEG', depositPerPiece: '1.00' };
  expect((await world.call('POST', '/v1/packaging/accounts', half)).body).toMatchObject({ code: 'deposit_incomplete' });
});

test('what a partner has had for too long waits for a person until it comes back', async () => {
  await agree('DC-4', { agedAfterDays: 30 });
  await move('DC-4', 'out', 4, 'DN-1', { at: daysAgo(40) });
  const queue = async () => {
    const { data } = (await get('/v1/attention?reason=packaging_aged')) as {
      data: { subject: string; attention: string }[];
    };
    return data.map(({ subject, attention }) => [subject, attention]);
  };
  const entry = ['DC-4 EUR-PALLET', 'packaging/DC-4/EUR-PALLET'];
  await raiseAgedPackaging(world.pool, daysAgo(0));
  expect(await queue()).toEqual([entry]);
  const resolved = await world.call('POST', '/v1/attention/resolutions', { id: entry[1], resolution: 'acknowledge' });
  expect(resolved.status, resolved.text).toBe(204);
  await raiseAgedPackaging(world.pool, daysAgo(-29));
  expect(await queue()).toEqual([]);
  await raiseAgedPackaging(world.pool, daysAgo(-31));
  expect(await queue()).toEqual([entry]);
  await move('DC-4', 'in', 4, 'CN-1');
  await raiseAgedPackaging(world.pool, daysAgo(-31));
  expect(await queue()).toEqual([]);
});

test('what is out for too long after the rest came back is raised at once, and tells what is out today', async () => {
  await agree('DC-5', { agedAfterDays: 30 });
  await move('DC-5', 'out', 10, 'DN-1', { at: daysAgo(60) });
  await move('DC-5', 'out', 10, 'DN-2', { at: daysAgo(40) });
  const codes = async () => {
    const { data } = (await get('/v1/attention?reason=packaging_aged')) as { data: Record<string, unknown>[] };
    return data.filter((entry) => entry['subject'] === 'DC-5 EUR-PALLET').map((entry) => entry['facts']);
  };
  await raiseAgedPackaging(world.pool, daysAgo(29));
  expect(await codes()).toMatchObject([{ balance: 20 }]);
  await move('DC-5', 'in', 4, 'CN-1', { at: daysAgo(15) });
  await raiseAgedPackaging(world.pool, daysAgo(28));
  expect(await codes()).toMatchObject([{ balance: 16 }]);
  await move('DC-5', 'in', 6, 'CN-2', { at: daysAgo(11) });
  await raiseAgedPackaging(world.pool, daysAgo(11));
  expect(await codes()).toEqual([]);
  await raiseAgedPackaging(world.pool, daysAgo(9));
  expect(await codes()).toMatchObject([{ balance: 10 }]);
});

test('whatever moves in whatever order, what is raised are the balance and the oldest pieces of the account', async () => {
  const movement = fc.record({
    direction: fc.constantFrom(...packagingDirections),
    quantity: fc.integer({ min: 1, max: 9 }),
    days: fc.integer({ min: 1, max: 90 }),
  });
  let accounts = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(movement, { maxLength: 8, size: 'max' }), async (movements) => {
      accounts += 1;
      const partner = `AGED-${accounts}`;
      await agree(partner, { agedAfterDays: 30 });
      const taken: PackagingMovement[] = [];
      for (const [index, { direction, quantity, days }] of movements.entries()) {
        const at = daysAgo(days);
        const { status } = await move(partner, direction, quantity, `M-${index}`, { at });
        if (status === 200) taken.push({ direction, quantity, at });
      }
      await raiseAgedPackaging(world.pool, daysAgo(0));
      const { rows } = await world.pool.query(
        `SELECT codes FROM attention WHERE id = 'packaging/' || $1 || '/EUR-PALLET' AND resolved_at IS NULL`,
        [partner],
      );
      const { balance, layers } = balanceOf(taken);
      const [oldest] = layers;
      const isAged = oldest !== undefined && oldest.at < daysAgo(30);
      expect(rows.map(({ codes }) => [codes.balance, new Date(codes.since).toISOString()])).toEqual(
        isAged ? [[balance, oldest.at]] : [],
      );
    }),
    { numRuns: 25 },
  );
});

test('store credit expires and rows are cleared away while packaging can’t be looked at', async () => {
  const url = await freshDatabase();
  const pool = openPool({ ...world.config.database, url });
  onTestFinished(() => pool.end());
  await pool.query('DROP TABLE packaging_movements CASCADE');
  await pool.query(
    `INSERT INTO inbox (provider, event_id, payload, next_attempt_at, processed_at) VALUES ('loan', 'x', '{}', now(), now() - interval '1 year')`,
  );
  const failed: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => failed.push(String(JSON.parse(line).loop)) });
  const loops = startExpiry({ pool, log });
  await eventually(async () => {
    expect((await pool.query('SELECT id FROM inbox')).rows).toEqual([]);
    expect(failed).toContain('packaging');
  });
  await loops.stop();
  expect(new Set(failed)).toEqual(new Set(['packaging']));
});
