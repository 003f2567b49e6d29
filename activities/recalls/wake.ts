import type { PoolClient } from 'pg';
import { type Gathered, leaveGathered } from '../journal/gathered.ts';
import type { WaveName } from './port.ts';

/** That a wave is to look at what is due, also where it has ended. It waits in the inbox, one a wave. */
export type WaveToWake = Gathered & WaveName & { readonly provider: 'recall_wave' };

/** Has waves woken once the transaction that gave them something to do is committed, whoever dies meanwhile. */
export const wakeOnceCommitted = (client: PoolClient, recall: string, waves: readonly number[]): Promise<void> =>
  leaveGathered(
    client,
    waves.map(
      (wave): Omit<WaveToWake, 'mark'> => ({ provider: 'recall_wave', eventId: `${recall}/${wave}`, recall, wave }),
    ),
    0,
  );
