import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { raiseAgedPackaging } from '../activities/packaging/aged.ts';
import { expireCredits } from '../activities/store-credits/expire.ts';
import { withClient } from '../prisma/client.ts';
import { type Loop, startLoop } from './loop.ts';

/** How long done rows stay: longer than any provider repeats a webhook, and than anyone looks for a delivery. */
const KEPT = '30 days';
const BATCH = 5_000;

const expired = [
  `DELETE FROM inbox WHERE id IN (SELECT id FROM inbox WHERE processed_at < now() - interval '${KEPT}' LIMIT ${BATCH})`,
  `DELETE FROM outbox WHERE (process, version, seq) IN (
     SELECT process, version, seq FROM outbox WHERE delivered_at < now() - interval '${KEPT}' LIMIT ${BATCH})`,
  `DELETE FROM idempotency_keys WHERE (api_key_id, key) IN (
     SELECT api_key_id, key FROM idempotency_keys WHERE expires_at < now() LIMIT ${BATCH})`,
];

const EVERY_MS = 3_600_000;

/**
 * Clears away what has had its time, books off store credit that has expired, and has people look at packaging that partners have had for
 * too long: each in a loop of its own, so that none waits for another that fails.
 */
export function startExpiry({ pool, log }: { readonly pool: Pool; readonly log: Logger }): Loop {
  const hourly = (name: string, work: (now: string) => Promise<void>) =>
    startLoop(name, log, EVERY_MS, async () => {
      await work(new Date().toISOString());
      return 'idle';
    });
  const loops = [
    hourly('expiry', () => expireRows(pool)),
    hourly('store credit', (now) => expireCredits(pool, now)),
    hourly('packaging', (now) => raiseAgedPackaging(pool, now)),
  ];
  return {
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}

/** Deletes what has had its time, in small steps, so that no lock lasts. What waits for a person stays. */
export async function expireRows(pool: Pool): Promise<void> {
  for (const statement of expired) {
    let deleted: number | null;
    do {
      deleted = await withClient(pool, async (client) => (await client.query(statement)).rowCount);
    } while (deleted === BATCH);
  }
}
