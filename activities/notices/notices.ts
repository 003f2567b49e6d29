import type { Pool } from 'pg';
import { inTransaction } from '../../prisma/client.ts';
import type { Notices } from '../recalls/port.ts';
import type { Means } from './deliver.ts';
import { type Pulse, sendDue } from './send.ts';

/** Notices, by what they leave; `pulse` is that of the attempt that sends. */
export const makeNotices = (pool: Pool, means: Means, pulse: () => Pulse): Notices => ({
  sendNotices: (input) => sendDue(pool, means, input, pulse()),
  endWave: ({ recall, wave }) =>
    inTransaction(pool, async (client) => {
      // Whoever has somebody written to again changes the wave with it: what follows sees that, and not what was before.
      await client.query('SELECT FROM recall_waves WHERE recall = $1 AND wave = $2 FOR UPDATE', [recall, wave]);
      // Not where somebody is to be written to again: then it goes on, and must hear of what changes.
      const text = `UPDATE recall_waves w SET ended_at = coalesce(ended_at, now()) FROM recalls r
        WHERE w.recall = $1 AND w.wave = $2 AND r.number = w.recall AND (r.status IN ('completed', 'closed') OR NOT EXISTS (
          SELECT FROM recall_consignees c WHERE c.recall = w.recall AND c.wave = w.wave AND c.next_due IS NOT NULL))`;
      await client.query(text, [recall, wave]);
    }),
});
