import type { PoolClient } from 'pg';
import { type Gathered, leaveGathered } from '../journal/gathered.ts';
import type { WaveName } from './port.ts';

/** That a wave is to look at what is due, also where it has ended. It waits in the inbox, one a wave. */
export type WaveToWake = Gathered & WaveName & { readonly provider: 'recall_wave' };

/** That consignees are to be chosen for effectiveness checks, of those who have come since. One a recall, by its number. */
export type ChecksToDraw = Gathered & { readonly provider: 'recall_draw' };

/**
 * Has consignees who have come since the last draw chosen, where the level checks all of them; of a share, who comes later is a sample of
 * its own, and when that is drawn is a coordinator's. Not before all were notified, when the first draw is due.
 */
export async function drawOnceCommitted(client: PoolClient, recall: string): Promise<void> {
  const { rowCount } = await client.query(
    `SELECT FROM recalls r WHERE r.number = $1 AND r.effectiveness = 'A' AND r.status = 'notified'
      AND EXISTS (SELECT FROM recall_consignees c WHERE c.recall = r.number AND c.stratum IS NULL)`,
    [recall],
  );
  if (rowCount !== 0) await leaveGathered(client, [{ provider: 'recall_draw', eventId: recall }], 0);
}

/** Has waves woken once the transaction that gave them something to do is committed, whoever dies meanwhile. */
export const wakeOnceCommitted = (client: PoolClient, recall: string, waves: readonly number[]): Promise<void> =>
  leaveGathered(
    client,
    waves.map(
      (wave): Omit<WaveToWake, 'mark'> => ({ provider: 'recall_wave', eventId: `${recall}/${wave}`, recall, wave }),
    ),
    0,
  );
