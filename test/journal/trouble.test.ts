import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { makeAddresses } from '../../activities/journal/addresses.ts';
import { readRequestFacts } from '../../activities/journal/facts.ts';
import { makeIntents } from '../../activities/journal/intents.ts';
import { withClient } from '../../prisma/client.ts';
import { loadSampleData } from '../../prisma/sample-data.ts';
import { arrive } from './life.ts';
import { aRequest, DrivenReturn } from './process.ts';
import { aPlainPolicy, aSale } from './sale.ts';
import { aJournal, value } from './world.ts';

test('a connection that dies in the middle throws, writes nothing, and the next try works', async () => {
  const { pool, journal } = await aJournal(1);
  await aSale(pool);
  const one = new DrivenReturn(journal, 'R-1');
  await one.request(aRequest('O-1', 1));
  const killer = await aJournal(1);
  const pid = await value<number>(pool, 'SELECT pg_backend_pid()');
  await killer.pool.query('SELECT pg_terminate_backend($1)', [pid]);
  const input = one.decided({ type: 'sync' });
  const tried = await journal.append(input).catch(() => null);
  const again = tried ?? (await journal.append(input));
  expect(again.rows).toHaveLength(1);
  expect(await value(pool, 'SELECT count(*)::int FROM journal')).toBe(2);
});

test('a connection that the server ends while it is held between two statements ends nothing else', async () => {
  const { pool } = await aJournal(1);
  const killer = await aJournal(1);
  const held = withClient(pool, async (client) => {
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    await killer.pool.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
    await sleep(100);
    await client.query('SELECT 1');
  });
  await expect(held).rejects.toThrow(/not queryable|terminat/);
  expect(await value(pool, 'SELECT 1')).toBe(1);
});

test('a database that answers too late is not waited for', async () => {
  const { pool } = await aJournal(1);
  await pool.query('SET statement_timeout = 100');
  await expect(pool.query('SELECT pg_sleep(5)')).rejects.toThrow(/statement timeout/);
});

test('an intent counts its attempts and keeps its first time', async () => {
  const { pool } = await aJournal(4);
  const intents = makeIntents(pool);
  const first = await intents.begin('R-1:label:P1', 'label', 'return:R-1');
  const more = await Promise.all([1, 2, 3].map(() => intents.begin('R-1:label:P1', 'label', 'return:R-1')));
  expect(first.attempts).toBe(1);
  expect(more.map(({ attempts }) => attempts).sort()).toEqual([2, 3, 4]);
  expect(new Set([first, ...more].map(({ createdAt }) => createdAt)).size).toBe(1);
  await expect(intents.begin('R-1:label:P1', 'refund', 'return:R-1')).rejects.toThrow(/another kind/);
});

test('a preview reads the facts and holds nothing', async () => {
  const { pool, journal } = await aJournal();
  await aSale(pool, { quantity: 5, buyer: 'B-9' });
  await aSale(pool, { order: 'O-2', buyer: 'B-9' });
  await new DrivenReturn(journal, 'R-1').request(aRequest('O-2', 1));
  await journal.openReturn({ rma: 'R-2', request: aRequest('O-1', 2) });
  const facts = await readRequestFacts(pool, aRequest('O-1', 4));
  expect(facts?.order).toMatchObject({
    buyer: 'B-9',
    recentReturns: 1,
    lines: [{ orderLine: 'O-1:1', fulfilled: 5, returnable: 3, held: [[2, 5]] }],
    payments: [{ payment: 'O-1:P1', captured: 5000, refunded: 0 }],
  });
  expect(facts?.order.lines[0]?.deliveredAt).toMatch(/^\d{4}-.*\.\d{3}Z$/);
  expect(await value(pool, 'SELECT count(*)::int FROM unit_holds')).toBe(2);
  expect(await readRequestFacts(pool, aRequest('O-9'))).toBeNull();
});

test('a sale freezes the policy that was in force, or the one it names', async () => {
  const { pool } = await aJournal();
  await aSale(pool);
  const add = (version: number, from: string) =>
    pool.query(
      `INSERT INTO policies (id, version, program, document, effective_from) VALUES ('plain', $1, 'customer', $2, $3)`,
      [version, JSON.stringify(aPlainPolicy({ version })), from],
    );
  await add(2, '2026-02-20');
  await add(3, '2026-02-27');
  const policy = async () => (await readRequestFacts(pool, aRequest('O-1')))?.policy.version;
  expect(await policy()).toBe(2);
  await pool.query(`UPDATE orders SET policy_id = 'plain', policy_version = 3`);
  expect(await policy()).toBe(3);
  await pool.query(`UPDATE orders SET policy_id = NULL, policy_version = NULL, placed_at = '2020-01-01'`);
  expect(await policy()).toBe(1);
});

test('sample data comes once, and a return of it has addresses', async () => {
  const { pool, journal, url } = await aJournal();
  await loadSampleData({ databaseUrl: url });
  const orders = await value(pool, 'SELECT count(*)::int FROM orders');
  await loadSampleData({ databaseUrl: url });
  expect(await value(pool, 'SELECT count(*)::int FROM orders')).toBe(orders);

  const one = new DrivenReturn(journal, 'R-1');
  const line = { line: 'L1', orderLine: '1001-1', quantity: 4, reason: 'changed_mind' } as const;
  await one.request(aRequest('1001', 4, { lines: [line] }));
  await arrive(one, 4, 'MUG-BLUE');
  const addresses = makeAddresses(pool);
  expect(await addresses.ofReturn('R-1')).toMatchObject({ name: 'Sample buyer 1', country: 'US' });
  expect(await addresses.ofFacility('RC-1')).toMatchObject({ company: 'Sample shop' });
  await pool.query(`DELETE FROM contacts`);
  expect(await addresses.ofReturn('R-1')).toBeNull();
});
