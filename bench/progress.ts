import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';

export type Progress = {
  /** Settles when the return's journal has come to a version. */
  readonly reaches: (rma: string, version: number) => Promise<void>;
  readonly stop: () => Promise<void>;
};

const everyMs = 10;

/**
 * The eyes of carrier and people: nobody scans a parcel before its label exists. Looks at the read model, which both
 * sides keep, with one statement for all who wait.
 */
export function watchProgress(pool: Pool): Progress {
  const waiting = new Map<string, { readonly version: number; readonly tell: () => void }>();
  let stopped = false;
  const look = async () => {
    const { rows } = await pool.query<{ rma: string; version: number }>({
      name: 'progress',
      text: 'SELECT rma, version FROM returns WHERE rma = ANY($1)',
      values: [[...waiting.keys()]],
    });
    for (const { rma, version } of rows) {
      const wait = waiting.get(rma);
      if (wait === undefined || version < wait.version) continue;
      waiting.delete(rma);
      wait.tell();
    }
  };
  const looking = (async () => {
    while (!stopped) {
      if (waiting.size > 0) await look();
      await sleep(everyMs);
    }
  })();
  return {
    reaches: (rma, version) => new Promise((tell) => waiting.set(rma, { version, tell })),
    stop: async () => {
      stopped = true;
      await looking;
    },
  };
}
