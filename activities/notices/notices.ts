import type { Pool } from 'pg';
import { withClient } from '../../prisma/client.ts';
import type { Notices } from '../recalls/port.ts';
import type { NoticeChannel } from './port.ts';
import { type Pulse, sendDue } from './send.ts';

/** Notices by a channel; `pulse` is that of the attempt that sends. */
export const makeNotices = (pool: Pool, channel: NoticeChannel, pulse: () => Pulse): Notices => ({
  sendNotices: (input) => sendDue(pool, channel, input, pulse()),
  endWave: async ({ recall, wave }) => {
    const text = 'UPDATE recall_waves SET ended_at = coalesce(ended_at, now()) WHERE recall = $1 AND wave = $2';
    await withClient(pool, (client) => client.query(text, [recall, wave]));
  },
});
