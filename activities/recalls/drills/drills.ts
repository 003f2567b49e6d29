import type { Pool } from 'pg';
import type { RecallStatus } from '../../../domain/recall/state.ts';
import { withClient } from '../../../prisma/client.ts';
import type { NoticeChannel } from '../../notices/port.ts';
import { beginDrill, isRecallUnderWay } from './begin.ts';
import type { RecallDrills } from './port.ts';
import { scoreDrill } from './score.ts';
import { tellDrill } from './tell.ts';

/** Drills, and the letters that say how they went. */
export const makeRecallDrills = (pool: Pool, channel: NoticeChannel): RecallDrills => ({
  beginDrill: (input) => beginDrill(pool, input),
  drillStands: ({ recall }) =>
    withClient(pool, async (client) => {
      const { rows } = await client.query<{ status: RecallStatus; unconfirmed: number }>(
        `SELECT status, (SELECT count(*)::int FROM recall_facilities WHERE recall = $1 AND state = 'asked') AS unconfirmed
          FROM recalls WHERE number = $1`,
        [recall],
      );
      const { status = null, unconfirmed = 0 } = rows[0] ?? {};
      return { status, mustYield: await isRecallUnderWay(client), unconfirmed };
    }),
  scoreDrill: (input) => scoreDrill(pool, input),
  tellDrill: (input) => tellDrill(pool, channel, input),
});
