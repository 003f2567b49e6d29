import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { smtpChannel } from '../activities/notices/smtp.ts';
import { writeToFacilities } from '../activities/recalls/confirmations/letters.ts';
import { passTime } from '../activities/recalls/confirmations/overdue.ts';
import type { Config } from '../config/config.ts';
import { type Loop, startLoop } from './loop.ts';

const PAUSE_MS = 1_000;

/** Lets the time of facilities run that are to confirm what recalls have stopped there, and writes to them. */
export function startConfirmations(options: {
  readonly pool: Pool;
  readonly config: Pick<Config, 'notices'>;
  readonly log: Logger;
}): Loop {
  const { pool, config, log } = options;
  const { smtpUrl: url, from } = config.notices;
  const channel = smtpChannel({ url, from, connections: 1 });
  const loops = [
    startLoop('confirmations', log, PAUSE_MS, async () => {
      await passTime(pool);
      return 'idle';
    }),
    // By themselves: a mail server that is away must not keep a person from hearing who is late.
    startLoop('letters to facilities', log, PAUSE_MS, async () =>
      (await writeToFacilities(pool, channel)) > 0 ? 'more' : 'idle',
    ),
  ];
  return {
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()));
      channel.close();
    },
  };
}
