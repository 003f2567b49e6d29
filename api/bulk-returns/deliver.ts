import { type Deliver, type InboxRow, processEvent } from '../../activities/journal/inbox.ts';
import { processOf } from '../../activities/journal/process.ts';
import type { Api } from '../api.ts';
import { Problem } from '../problem.ts';
import { send, startReturn } from '../send.ts';

/** Sections that are spoken to at once: enough to keep a worker busy, too few to hold up others' returns. */
const LANES = 4;

/**
 * Brings sections what lies in the inbox for them, and waits for them. What one can't take now stays there, whose sweeper
 * brings it again; so nothing is thrown.
 */
export async function deliverToSections(api: Api, eventIds: readonly string[]): Promise<void> {
  const { rows } = await api.pool.query<InboxRow>(
    `SELECT id::text, payload, attempts FROM inbox
     WHERE provider = 'bulk' AND event_id = ANY($1) AND processed_at IS NULL AND dead_at IS NULL ORDER BY id`,
    [eventIds],
  );
  let isAway = false;
  await inLanes(rows, async (row) => {
    // While nobody answers the others needn't be waited for as well.
    if (isAway) return;
    try {
      const toReturn: Deliver = async ({ rma, message, start, skus = [] }) => {
        if (start === undefined) await send(api.processes, rma, message, () => isRecorded(api, rma, message.commandId));
        else await startReturn(api.processes, rma, start, skus);
      };
      const result = await processEvent(api.pool, row, { toReturn });
      isAway ||= result === 'pending';
    } catch (error) {
      const why = error instanceof Problem ? error.code : String(error);
      api.log.warn({ inbox: row.id, why }, 'a section of a bulk return waits for what it was to be told');
    }
  });
}

/** Whether a return's journal has a command. */
export const isRecorded = async (api: Api, rma: string, commandId: string): Promise<boolean> =>
  (await api.db.journalEntry.findUnique({
    where: { process_commandId: { process: processOf(rma), commandId } },
    select: { version: true },
  })) !== null;

/** Does work for each, a few at a time; answers in their order. */
export async function inLanes<T, R>(all: readonly T[], work: (each: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const lane = async () => {
    for (let index = next++; index < all.length; index = next++) {
      const each = all[index];
      if (each !== undefined) results[index] = await work(each);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return results;
}
