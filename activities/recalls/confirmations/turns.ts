import type { Pool, PoolClient } from 'pg';
import type { ConfirmationRefusal } from '../../../domain/recall/confirmation.ts';
import { inTransaction } from '../../../prisma/client.ts';
import { recalledFacilityProcess } from '../../journal/process.ts';
import { type Append, journalAt } from './journal.ts';
import { readCountStanding, type StandingAt } from './standing.ts';

/** What came of something that was said of a facility's goods. */
export type Taken =
  | { readonly type: 'taken' }
  | { readonly type: 'refused'; readonly refusals: readonly ConfirmationRefusal[] }
  /** There is no such recall, or no such facility. */
  | { readonly type: 'unknown' };

/**
 * Counts of facilities wait while a wider scope takes its places, which asks facilities and adds to their goods, and while a recall ends; else
 * they would wait for each other in the middle. Lasts until the transaction ends.
 */
export const whileNoneCounts = (client: PoolClient, recall: string) =>
  client.query(`SELECT pg_advisory_xact_lock(hashtextextended('confirmations:' || $1, 0))`, [recall]);

/**
 * Takes down what is said of a facility's goods, in its turn: those of one facility go one after the other, those of others beside them.
 * What was taken under a command's id already is taken.
 *
 * @param work decides on what is known then, and writes
 */
export const takeInTurn = (
  pool: Pool,
  { recall, facility, commandId }: { readonly recall: string; readonly facility: string; readonly commandId: string },
  work: (client: PoolClient, standing: StandingAt, append: Append) => Promise<readonly ConfirmationRefusal[]>,
): Promise<Taken> =>
  inTransaction(pool, async (client): Promise<Taken> => {
    await client.query(
      `SELECT pg_advisory_xact_lock_shared(hashtextextended('confirmations:' || $1, 0)),
        pg_advisory_xact_lock(hashtextextended('confirmation:' || $1 || '/' || $2, 0))`,
      [recall, facility],
    );
    const standing = await readCountStanding(client, recall, facility);
    if (standing === null) return { type: 'unknown' };
    const journal = await journalAt(client, recalledFacilityProcess(recall, facility), commandId);
    if (journal.isKnown) return { type: 'taken' };
    const refusals = await work(client, standing, journal.append);
    return refusals.length === 0 ? { type: 'taken' } : { type: 'refused', refusals };
  });
