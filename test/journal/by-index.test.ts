import type pg from 'pg';
import { expect, test, vi } from 'vitest';
import { processEvent, storeEvent, type WebhookEvent } from '../../activities/journal/inbox.ts';
import { asNew } from '../domain/sale.ts';
import { arrive } from './life.ts';
import { aRequest, DrivenReturn } from './process.ts';
import { aSale } from './sale.ts';
import { aJournal, value } from './world.ts';

const aRefund = (eventId: string, reference: string | null): WebhookEvent => ({
  provider: 'stripe',
  eventId,
  kind: 'refund',
  reference,
  providerPaymentId: 'pi_O-1_1',
  providerId: 're_1',
  status: 'succeeded',
  at: '2027-01-01T10:00:00.000Z',
});

/** How often each table was read whole so far, by this pool's one connection among others. */
async function wholeReads(pool: pg.Pool): Promise<Map<string, number>> {
  await pool.query('SELECT pg_stat_force_next_flush()');
  const { rows } = await pool.query<{ relname: string; seq_scan: string }>(
    'SELECT relname, seq_scan FROM pg_stat_user_tables',
  );
  return new Map(rows.map(({ relname, seq_scan }) => [relname, Number(seq_scan)]));
}

/** Whoever set the database up counts its reads when it leaves, which may be a moment after it is done. */
async function alone(pool: pg.Pool): Promise<void> {
  const others = `SELECT count(*)::int FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()`;
  await vi.waitFor(async () => expect(await value(pool, others)).toBe(0), { timeout: 20_000, interval: 100 });
}

test('neither a return nor what is said to it ever reads a table whole', async () => {
  const { pool, journal } = await aJournal(1);
  await aSale(pool);
  await alone(pool);
  const before = await wholeReads(pool);

  const one = new DrivenReturn(journal, 'R-1');
  await one.request(aRequest('O-1', 1));
  await arrive(one);
  await one.send({ type: 'inspect', item: 'P1-1', findings: [{ quantity: 1, facts: asNew }] });
  for (const event of [aRefund('evt_1', 'R-1:refund:S1-1'), aRefund('evt_2', null)]) {
    const row = await storeEvent(pool, event);
    if (row === null) throw new Error('not stored');
    await processEvent(pool, row, { toReturn: async () => undefined });
  }

  const after = await wholeReads(pool);
  const whole = [...after].filter(([table, times]) => times > (before.get(table) ?? 0)).map(([table]) => table);
  // A handful of versions, of which the one in force is picked by reading all.
  expect(whole.filter((table) => table !== 'policies')).toEqual([]);
});
