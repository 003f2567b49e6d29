import {
  condition,
  continueAsNew,
  defineSignal,
  ParentClosePolicy,
  proxyActivities,
  setHandler,
  startChild,
  workflowInfo,
} from '@temporalio/workflow';
import type { TwinNotices } from './activities.ts';

const { listConsignees, sendNotice } = proxyActivities<TwinNotices>({ startToCloseTimeout: '1 minute' });

/** As long as the engine's first reminder of class II waits. */
const ANSWER_WITHIN = '3 days';
/** Starts that are under way at once: a parent may have two thousand, and each waits for the server's word. */
const AT_ONCE = 100;

/**
 * The naive twin: a recall as it is written first. Its consignees are child workflows, started in a loop; each sends its
 * notice in one activity and waits for the answer with one timer. Where a choice was open it was made in the twin's favour:
 *
 * - **Starts go out together**, a page of consignees at a time, and not one after the other, which would take a workflow
 *   task of the parent each. Children are abandoned, so that their ends don't come back into the parent's history.
 * - **No trace, no stop sale, no plan**: it begins with a table of consignees and their goods.
 * - **One read, one letter, one row**: nothing is claimed before it is sent, so a crash may send twice and can't tell.
 *   Letters are written by the same code and leave by the same channel, and the row is written with the same fsync.
 * - **Nothing steers it**: no rate, no pause, no counts for anybody who asks how far it is.
 */
export async function NaiveRecall({ recall, after = '' }: { recall: string; after?: string }): Promise<void> {
  for (let last = after; ; ) {
    const consignees = await listConsignees({ recall, after: last, limit: AT_ONCE });
    if (consignees.length === 0) return;
    await Promise.all(
      consignees.map((consignee) =>
        startChild(NaiveConsignee, {
          workflowId: `naive:${recall}:${consignee}`,
          args: [{ recall, consignee }],
          parentClosePolicy: ParentClosePolicy.ABANDON,
        }),
      ),
    );
    last = consignees.at(-1) ?? last;
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof NaiveRecall>({ recall, after: last });
  }
}

/** One consignee: a notice, and a while to answer it. */
export async function NaiveConsignee({ recall, consignee }: { recall: string; consignee: string }): Promise<string> {
  let answered = false;
  setHandler(defineSignal('answer'), () => {
    answered = true;
  });
  await sendNotice({ recall, consignee });
  return (await condition(() => answered, ANSWER_WITHIN)) ? 'answered' : 'silent';
}
