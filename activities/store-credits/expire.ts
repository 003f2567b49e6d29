import type { Pool } from 'pg';
import { expire } from '../../domain/store-credit/decide.ts';
import type { Instant } from '../../domain/time/duration.ts';
import { withClient } from '../../prisma/client.ts';
import { takeCreditCommand } from '../journal/store-credits.ts';

const BATCH = 500;

/**
 * Books off what is left of credits whose time is over, each in a transaction of its own. Any number of workers may at once.
 *
 * @throws {AggregateError} once all were tried, where some can't be booked off: they bar nobody else's
 */
export async function expireCredits(pool: Pool, at: Instant): Promise<void> {
  const failed: unknown[] = [];
  let after = '';
  for (;;) {
    const { rows } = await withClient(pool, (client) =>
      client.query<{ credit: string; version: number }>(
        `SELECT credit, version FROM store_credits WHERE NOT closed AND balance > 0 AND expires_at <= $1 AND credit > $2
         ORDER BY credit LIMIT ${BATCH}`,
        [at, after],
      ),
    );
    for (const { credit, version } of rows) {
      after = credit;
      await takeCreditCommand(pool, {
        ...{ credit, commandId: `expiry:${credit}:${version}`, at, by: 'expiry', name: 'expire' },
        decide: (state) => (state === null ? { type: 'accepted', events: [] } : expire(state, at)),
      }).catch((error: unknown) => failed.push(error));
    }
    if (rows.length < BATCH) break;
  }
  if (failed.length > 0) throw new AggregateError(failed, `${failed.length} store credits could not be booked off`);
}
