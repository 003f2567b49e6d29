import { expect, test } from 'vitest';
import { checkLedgers } from '../../activities/journal/ledgers.ts';
import type { AppendInput } from '../../activities/journal/port.ts';
import { processOf } from '../../activities/journal/process.ts';
import { rebuildAll } from '../../activities/journal/rebuild.ts';
import { readTail } from '../../activities/journal/tail.ts';
import { withClient } from '../../prisma/client.ts';
import { asNew } from '../domain/sale.ts';
import { arrive, buyLabel, liveToTheEnd } from './life.ts';
import { aRequest, DrivenReturn } from './process.ts';
import { aSale } from './sale.ts';
import { aJournal, value, type World } from './world.ts';

async function requested(world: World, quantity = 1, rma = 'R-1', order = 'O-1'): Promise<DrivenReturn> {
  const one = new DrivenReturn(world.journal, rma);
  await one.request(aRequest(order, quantity));
  return one;
}

test('a whole life: what was appended is what is read, rebuilt and balanced', async () => {
  const world = await aJournal();
  await aSale(world.pool);
  const one = await requested(world, 2);
  await liveToTheEnd(one, 2);

  expect(one.opened.phase).toBe('closed');
  expect(await value(world.pool, `SELECT goods || ' ' || money FROM returns`)).toBe('closed full');
  expect(await value(world.pool, 'SELECT refunded::int FROM payments')).toBe(2000);
  expect(await value(world.pool, `SELECT units::text || pending::text FROM unit_holds`)).toBe('{[0,2)}{}');
  expect(await rebuildAll(world.pool)).toEqual({ processes: 1, differences: [] });
  const report = await checkLedgers(world.pool);
  expect(report).toMatchObject({ balanced: true, disagreements: [] });
  expect(report.stock).toEqual([
    { account: 'customer', of: 'MUG-1', balance: -2 },
    { account: 'inspected', of: 'MUG-1', balance: 0 },
    { account: 'quarantine', of: 'MUG-1', balance: 0 },
    { account: 'sellable', of: 'MUG-1', balance: 2 },
  ]);

  const { rows } = await withClient(world.pool, (client) => readTail(client, 'return:R-1', 0));
  const again = new DrivenReturn(world.journal, 'R-1');
  await again.append({ ...nothing('R-1'), items: [] });
  expect(rows.map((row) => row.version)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(again.state).toEqual(one.state);
});

test('a changed row of the read model is found by rebuilding', async () => {
  const world = await aJournal();
  await aSale(world.pool);
  await requested(world);
  await world.pool.query(
    `UPDATE returns SET facility = facility, goods = 'lost'; UPDATE unit_holds SET units = '{[1,2)}'`,
  );
  const { differences } = await rebuildAll(world.pool);
  expect(differences.map(({ table, side }) => `${table} ${side}`)).toEqual([
    'returns rebuilt',
    'returns live',
    'unit_holds rebuilt',
    'unit_holds live',
  ]);
});

test('a known command writes nothing and is answered with its row, however old', async () => {
  const world = await aJournal();
  await aSale(world.pool);
  const one = await requested(world);
  await one.send({ type: 'sync' });
  const result = await one.send({ type: 'sync' }, { commandId: 'c1' });
  expect(result).toMatchObject({ conflict: true, behind: null, stale: null });
  expect(result.rows.map(({ version, commandId }) => [version, commandId])).toEqual([[1, 'c1']]);
  expect(await value(world.pool, 'SELECT count(*)::int FROM journal')).toBe(2);
});

test('a moved version writes nothing and is answered with the tail', async () => {
  const world = await aJournal();
  await aSale(world.pool);
  const one = await requested(world);
  const late = one.decided({ type: 'cancel', note: null }, { commandId: 'late' });
  await arrive(one);
  const result = await world.journal.append(late);
  expect(result).toMatchObject({ conflict: true, behind: null });
  expect(result.rows.map(({ version }) => version)).toEqual([2, 3, 4]);
  expect(await value(world.pool, 'SELECT goods FROM returns')).toBe('received');
});

test('refusals are echoed and not stored; a batch of nothing else writes nothing', async () => {
  const world = await aJournal();
  await aSale(world.pool);
  const one = await requested(world);
  const result = await one.send({ type: 'review', decisions: [] });
  expect(result).toMatchObject({
    conflict: false,
    rows: [],
    refused: [{ commandId: 'c2', refusal: { code: 'not_in_review' } }],
  });
  expect(one.version).toBe(1);
  await one.send({ type: 'sync' });
  expect(one.version).toBe(2);
});

test('a command that was taken is not refused when it comes again beside another', async () => {
  const world = await aJournal();
  await aSale(world.pool);
  const one = await requested(world);
  await buyLabel(one);
  const receive = { type: 'receive', parcel: 'P1', contents: [{ sku: 'MUG-1', quantity: 1 }], partial: false } as const;
  await one.send(receive, { commandId: 'again' });
  const known = one.version;
  // The sender had no answer; meanwhile the carrier has news.
  const again = one.decided(receive, { commandId: 'again' });
  const news = one.decided({ type: 'track', parcel: 'P1', status: 'delivered', at: new Date().toISOString() });
  expect(again.items[0]?.refusal?.code).toBe('parcel_already_received');
  const result = await one.append({ ...news, items: [...again.items, ...news.items] });
  expect(result.conflict).toBe(true);
  expect(result.rows.map(({ version, commandId }) => [version, commandId])).toEqual([[known, 'again']]);
  const next = await one.append(news);
  expect(next.conflict).toBe(false);
});

test('an append without items reads the tail', async () => {
  const world = await aJournal();
  await aSale(world.pool);
  const one = await requested(world);
  expect(await world.journal.append({ ...nothing('R-1'), expectedVersion: 1 })).toMatchObject({
    conflict: false,
    rows: [],
  });
  const result = await world.journal.append(nothing('R-1'));
  expect(result.conflict).toBe(true);
  expect(result.rows).toHaveLength(one.version);
});

test('a journal that lost its end is noticed, and nothing is written on top of it', async () => {
  const world = await aJournal();
  await aSale(world.pool);
  const one = await requested(world);
  const ahead = { ...one.decided({ type: 'cancel', note: null }), expectedVersion: 7 };
  expect(await world.journal.append(ahead)).toMatchObject({ conflict: true, behind: 1, rows: [] });
  expect(await value(world.pool, 'SELECT count(*)::int FROM journal')).toBe(1);
});

test('two returns of one order never refund more than was captured', async () => {
  const world = await aJournal();
  await aSale(world.pool, { captured: [1500] });
  const first = await requested(world, 1, 'R-1');
  const second = await requested(world, 1, 'R-2');
  await arrive(first);
  await arrive(second);
  const findings = [{ quantity: 1, facts: asNew }];
  // Decided before the other's refund was known.
  const late = second.decided({ type: 'inspect', item: 'P1-1', findings });
  await first.send({ type: 'inspect', item: 'P1-1', findings });
  const result = await world.journal.append(late);
  expect(result).toMatchObject({ conflict: true, rows: [] });
  expect(result.stale).toEqual({
    type: 'payments',
    payments: [
      {
        payment: 'O-1:P1',
        provider: 'stripe',
        providerPaymentId: 'pi_O-1_1',
        captured: 1500,
        refunded: 1000,
        disputed: false,
      },
    ],
  });
  expect(await value(world.pool, `SELECT goods FROM returns WHERE rma = 'R-2'`)).toBe('received');

  // With what it was told, it decides again and stays within the cap.
  if (result.stale?.type === 'payments')
    await second.send({ type: 'payments_changed', payments: result.stale.payments });
  await second.send({ type: 'inspect', item: 'P1-1', findings });
  expect(await value(world.pool, 'SELECT refunded::int FROM payments')).toBe(1500);
  expect(Object.values(second.opened.refunds).map(({ to, amount }) => [to, amount])).toContainEqual(['payment', 500]);
});

test('a refund that failed gives its payment back', async () => {
  const world = await aJournal();
  await aSale(world.pool);
  const one = await requested(world);
  await arrive(one);
  await one.send({ type: 'inspect', item: 'P1-1', findings: [{ quantity: 1, facts: asNew }] });
  expect(await value(world.pool, 'SELECT refunded::int FROM payments')).toBe(1000);
  const outcome = { type: 'refunded', status: 'failed', providerId: 're_1', code: 'declined' } as const;
  await one.send({ type: 'outcome', effect: 'refund:S1-1', outcome });
  expect(await value(world.pool, 'SELECT refunded::int FROM payments')).toBe(0);
  expect((await rebuildAll(world.pool)).differences).toEqual([]);
});

test('a return whose ledgers disagree does not close', async () => {
  const world = await aJournal();
  await aSale(world.pool);
  const one = await requested(world);
  await arrive(one);
  await world.pool.query(
    `INSERT INTO stock_entries (process, entry, version, from_account, to_account, facility, sku, owner, quantity, item)
     VALUES ('return:R-1', 'stray', 1, 'customer', 'quarantine', 'RC-1', 'MUG-1', 'ours', 2, 'P1-1')`,
  );
  await one.send({ type: 'inspect', item: 'P1-1', findings: [{ quantity: 1, facts: asNew }] });
  const outcome = { type: 'refunded', status: 'succeeded', providerId: 're_1' } as const;
  await one.send({ type: 'outcome', effect: 'refund:S1-1', outcome });
  const result = await one.send({ type: 'confirm_disposition', item: 'P1-1', evidence: 'BIN-1' });
  expect(result).toMatchObject({ conflict: true, rows: [], stale: { type: 'ledger', detail: 'quarantine:MUG-1 2' } });
  expect((await checkLedgers(world.pool)).disagreements).toEqual([]);
  expect(one.opened.phase).toBe('open');
});

test('what is told outside is in the outbox, with the version of its journal row', async () => {
  const world = await aJournal();
  await aSale(world.pool);
  const one = await requested(world);
  await arrive(one);
  const { rows } = await world.pool.query<{ version: number; event_type: string; payload: { rma: string } }>(
    'SELECT version, event_type, payload FROM outbox ORDER BY version, seq',
  );
  expect(rows.map(({ version, event_type }) => `${version} ${event_type}`)).toEqual([
    '1 return.requested',
    '1 return.authorized',
    '2 return.label_bought',
    '4 return.parcel_received',
  ]);
  expect(JSON.stringify(rows)).not.toContain('facts');
});

const nothing = (rma: string): AppendInput => ({
  process: processOf(rma),
  expectedVersion: 0,
  items: [],
  projection: null,
  stock: [],
  money: [],
});

test('what the database bars is told with its rule instead of being tried for ever', async () => {
  const world = await aJournal();
  await aSale(world.pool);
  const one = await requested(world);
  const result = await world.journal.append({
    ...nothing('R-1'),
    expectedVersion: one.version,
    items: [
      { commandId: 'c-1', at: '2026-03-02T10:00:00.000Z', by: 'test', command: 'sync', events: [], refusal: null },
    ],
    money: [{ entry: 'e-1', debit: 'tax', credit: 'tax', amount: 0, currency: 'EUR', subject: 'S1' }],
  });
  expect(result).toMatchObject({ conflict: true, rows: [], behind: null, stale: null });
  expect(result.forbidden).toMatch(/^money_entries_/);
  expect(await value(world.pool, 'SELECT count(*)::int FROM journal')).toBe(one.version);
});

test('a value that no column takes is told as well', async () => {
  const world = await aJournal();
  await aSale(world.pool);
  const one = await requested(world);
  const input = one.decided({ type: 'cancel', note: null });
  if (input.projection === null) throw new Error('a cancellation changes the read model');
  const { return: row } = input.projection;
  const far = { ...input.projection, return: { ...row, nextDeadline: '+029404-01-01T00:00:00.000Z' } };
  expect(await world.journal.append({ ...input, projection: far })).toMatchObject({
    conflict: true,
    forbidden: expect.stringMatching(/^22/),
  });
  expect(await value(world.pool, 'SELECT count(*)::int FROM journal')).toBe(one.version);
});
