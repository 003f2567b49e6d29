import type { Pool } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { type Claimed, claimDue } from '../../activities/notices/claims.ts';
import { makeNotices } from '../../activities/notices/notices.ts';
import { sendDue } from '../../activities/notices/send.ts';
import { smtpChannel } from '../../activities/notices/smtp.ts';
import { defaultStrategy } from '../../domain/recall/terms.ts';
import { startSink } from '../../local/sandbox/mail/sink.ts';
import { makeConsignees } from '../../local/synthetic-consignees.ts';
import { aRecallOf } from './recall-breaches.ts';
import { aJournal } from './world.ts';

const wave = { recall: 'RC', wave: 1 };
const now = '2026-01-01T00:00:00.000Z';

/** A wave of so many consignees whose first notices are due, and a mail server. */
async function aWave(count: number, perMinute = 1_000_000) {
  const { pool } = await aJournal();
  const { url, received, close } = await startSink(0);
  const channel = smtpChannel({ url, from: 'recalls@shop.example', connections: 4 });
  onTestFinished(async () => {
    channel.close();
    await close();
  });
  await makeConsignees(pool, count);
  await pool.query(aRecallOf('RC'));
  await pool.query('UPDATE recalls SET per_minute = $1, schedules = $2', [
    perMinute,
    JSON.stringify(defaultStrategy.schedules),
  ]);
  await pool.query(
    `INSERT INTO recall_consignees (recall, consignee, wave, scope_version, state, due_kind, due_number, next_due)
      SELECT 'RC', id, 1, 1, 'planned', 'initial', 1, $1 FROM consignees`,
    [now],
  );
  await pool.query(`INSERT INTO recall_waves (recall, wave) VALUES ('RC', 1)`);
  await pool.query(`INSERT INTO recall_rates (recall, tokens) VALUES ('RC', 1000)`);
  await pool.query(
    `INSERT INTO recall_texts (recall, language, product, reason, instructions, contact) VALUES ('RC', 'en', 'p', 'r', 'i', 'c')`,
  );
  const links = {
    url: 'https://shop.example/respond/',
    keys: ['a secret of at least 32 characters'],
    days: 180,
  } as const;
  const means = { channel, reach: 'outside', links } as const;
  const attempt = () => sendDue(pool, means, { ...wave, now, limit: count }, { beat: () => undefined });
  return { pool, means, attempt, received };
}

const claim = (pool: Pool, most: number): Promise<Claimed[]> =>
  claimDue(pool, wave, { now, perMinute: 1_000_000, most });

test('two attempts at one wave share it: nobody is written to twice', async () => {
  const { attempt, received } = await aWave(300);
  const [one, other] = await Promise.all([attempt(), attempt()]);
  expect((one?.done ?? 0) + (other?.done ?? 0)).toBe(300);
  expect(new Set(received().map(({ to }) => to)).size).toBe(300);
  expect(received()).toHaveLength(300);
});

test('what a dead attempt had claimed is sent under the same message id once its claim has run out', async () => {
  const { pool, attempt, received } = await aWave(6);
  const dead = await claim(pool, 4);
  expect(await claim(pool, 1)).toHaveLength(1);
  const others = attempt();
  await expect.poll(() => received()).toHaveLength(1);
  // The claims of the dead, and of the one that was never sent.
  await pool.query(`UPDATE notices SET claimed_until = now() - interval '1 second' WHERE claimed_until IS NOT NULL`);
  expect(await others).toMatchObject({ done: 6, planned: 0 });
  const ids = received().map(({ messageId }) => messageId);
  expect(ids).toEqual(expect.arrayContaining(dead.map(({ messageId }) => messageId)));
  expect(new Set(ids).size).toBe(6);
  const { rows } = await pool.query('SELECT attempts, count(*)::int FROM notices GROUP BY 1 ORDER BY 1');
  expect(rows).toEqual([
    { attempts: 1, count: 1 },
    { attempts: 2, count: 5 },
  ]);
});

test('all attempts together claim no more than the rate lets through', async () => {
  const { pool } = await aWave(100, 600);
  await pool.query('UPDATE recall_rates SET tokens = 10, at = clock_timestamp()');
  const claims = await Promise.all(
    Array.from({ length: 5 }, () => claimDue(pool, wave, { now, perMinute: 600, most: 50 })),
  );
  const claimed = claims.flat().map(({ consignee }) => consignee);
  expect(new Set(claimed).size).toBe(claimed.length);
  // Ten had gathered; a few more come by while these are asked for.
  expect(claimed.length).toBeGreaterThanOrEqual(10);
  expect(claimed.length).toBeLessThan(20);
});

test('the id of a notice is drawn, not made of what anybody knows, and stays with it', async () => {
  const { pool } = await aWave(1);
  const [first] = await claim(pool, 1);
  await pool.query('UPDATE notices SET claimed_until = NULL');
  const [again] = await claim(pool, 1);
  expect(again).toMatchObject({ messageId: first?.messageId, attempts: 2 });
  await pool.query('DELETE FROM notices');
  const [other] = await claim(pool, 1);
  expect(other?.messageId).toMatch(/^<[0-9a-f]{40}@/);
  expect(other?.messageId).not.toBe(first?.messageId);
});

test('a wave that is given something to do while it ends goes on', async () => {
  const { pool, means } = await aWave(1);
  await pool.query(
    `UPDATE recall_consignees SET state = 'responded', due_kind = NULL, due_number = NULL, next_due = NULL`,
  );
  const ended = async () => (await pool.query('SELECT ended_at IS NOT NULL AS ended FROM recall_waves')).rows;
  const { endWave } = makeNotices(pool, means, () => ({ beat: () => undefined }));
  const other = await pool.connect();
  try {
    await other.query(`BEGIN; UPDATE recall_consignees SET state = 'planned', due_kind = 'initial', due_number = 1, next_due = now();
      UPDATE recall_waves SET ended_at = NULL`);
    const ending = endWave(wave);
    await waitsForLock(pool);
    await other.query('COMMIT');
    await ending;
  } finally {
    other.release();
  }
  expect(await ended()).toEqual([{ ended: false }]);
  await pool.query(
    `UPDATE recall_consignees SET state = 'responded', due_kind = NULL, due_number = NULL, next_due = NULL`,
  );
  await endWave(wave);
  expect(await ended()).toEqual([{ ended: true }]);
});

async function waitsForLock(pool: Pool): Promise<void> {
  const text = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  for (let tries = 0; tries < 200; tries += 1) {
    if ((await pool.query(text)).rowCount !== 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('nobody waits');
}
