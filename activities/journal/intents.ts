import type { Pool } from 'pg';
import { withClient } from '../../prisma/client.ts';
import type { Intent, IntentKind, Intents } from '../intents.ts';

/** Intents as rows of PostgreSQL: one statement, committed before it answers. */
export function makeIntents(pool: Pool): Intents {
  return {
    begin: (reference: string, kind: IntentKind, process: string): Promise<Intent> =>
      withClient(pool, async (client) => {
        const { rows } = await client.query<{ attempts: number; created_at: Date; kind: string }>({
          name: 'begin intent',
          text: `INSERT INTO intents (reference, kind, process) VALUES ($1, $2, $3)
            ON CONFLICT (reference) DO UPDATE SET attempts = intents.attempts + 1, updated_at = now()
            RETURNING attempts, created_at, kind`,
          values: [reference, kind, process],
        });
        const row = rows[0];
        if (row === undefined || row.kind !== kind) throw new Error(`The intent ${reference} is of another kind.`);
        return { attempts: row.attempts, createdAt: row.created_at.toISOString() };
      }),
  };
}
