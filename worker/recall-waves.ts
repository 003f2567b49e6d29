import { Context } from '@temporalio/activity';
import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import type { Pool } from 'pg';
import { drawChecks } from '../activities/recalls/draw-checks.ts';
import { keepReport } from '../activities/recalls/keep-report.ts';
import { liftStopSale } from '../activities/recalls/lift-stop-sale.ts';
import { planWaves } from '../activities/recalls/plan-waves.ts';
import type { Recalls } from '../activities/recalls/port.ts';
import { recordTermination } from '../activities/recalls/record-termination.ts';
import { placeStopSale } from '../activities/recalls/stop-sale.ts';
import { withClient } from '../prisma/client.ts';
import {
  lookSignal,
  type RecallWaveArguments,
  recallWaveWorkflowId,
  recallWaveWorkflowType,
} from '../workflows/recall-wave/messages.ts';
import { beating } from './beating.ts';
import { releaseReturns, stopReturns } from './stop-returns.ts';
import { type RecallWave, wakeWave, waveOptions } from './wake-wave.ts';

/** So many waves are woken at once. */
const AT_ONCE = 20;

/** Recalls in the database, and their waves through the client and on the task queue of the worker that runs the activity. */
export const makeRecalls = (pool: Pool): Recalls => ({
  placeStopSale: (input) => beating(() => placeStopSale(pool, input)),
  planWaves: (input) => beating(() => planWaves(pool, input)),
  drawChecks: (input) => beating(() => drawChecks(pool, input)),
  keepReport: (input) => beating(() => keepReport(pool, input)),
  stopReturns: (input) => stopReturns(pool, input),
  startWave: async ({ recall, wave }) => {
    const { client, info } = Context.current();
    const args: [RecallWaveArguments] = [{ recall, wave }];
    try {
      await client.workflow.start<typeof RecallWave>(recallWaveWorkflowType, {
        ...waveOptions(info.taskQueue, { recall, wave }),
        args,
        // One that has run is not run again: it has told its consignees.
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
      });
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
    // Only now: whoever finds it started may wake it, and would start it as one that has told its consignees already.
    const text = 'UPDATE recall_waves SET started_at = coalesce(started_at, now()) WHERE recall = $1 AND wave = $2';
    await withClient(pool, (connection) => connection.query(text, [recall, wave]));
    // What the waves were told meanwhile went past it.
    await look(client, recall, wave);
    return { type: 'done' };
  },
  liftStopSale: (input) => beating(() => liftStopSale(pool, input)),
  releaseReturns: (input) => releaseReturns(pool, input),
  tellWaves: async ({ recall }) => {
    const { client } = Context.current();
    const running = 'started_at IS NOT NULL AND ended_at IS NULL';
    await forEachWave(pool, recall, running, (wave) => look(client, recall, wave));
    return { type: 'done' };
  },
  recordTermination: (input) => beating(() => recordTermination(pool, input)),
  tellWithdrawal: ({ recall }) => wakeThatWrote(pool, recall),
  tellTermination: ({ recall }) => wakeThatWrote(pool, recall),
});

/** Waves, `w`, that have written to somebody, or are to write again to whom another has written. */
export const HAS_WRITTEN = `started_at IS NOT NULL OR EXISTS (SELECT FROM recall_consignees c
  WHERE c.recall = w.recall AND c.wave = w.wave AND c.last_sent_at IS NOT NULL)`;

/** Has waves write the last word to whom they had written. One that has ended runs once more, and so does one that was to write again to whom another has written. */
async function wakeThatWrote(pool: Pool, recall: string): Promise<{ readonly type: 'done' }> {
  const { client, info } = Context.current();
  await forEachWave(pool, recall, HAS_WRITTEN, (wave) => wakeWave(client, info.taskQueue, { recall, wave }));
  return { type: 'done' };
}

async function look(client: Client, recall: string, wave: number): Promise<void> {
  try {
    await client.workflow.getHandle(recallWaveWorkflowId(recall, wave)).signal(lookSignal);
  } catch (error) {
    // It has ended, and has no need to know.
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}

/** Does something with each wave of a recall that is so, some at once. */
async function forEachWave(
  pool: Pool,
  recall: string,
  isSo: string,
  work: (wave: number) => Promise<void>,
): Promise<void> {
  const text = `SELECT wave FROM recall_waves w WHERE recall = $1 AND (${isSo}) ORDER BY wave`;
  const { rows } = await withClient(pool, (connection) => connection.query<{ wave: number }>(text, [recall]));
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    await Promise.all(rows.slice(from, from + AT_ONCE).map(({ wave }) => work(wave)));
  }
}
