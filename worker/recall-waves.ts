import { Context } from '@temporalio/activity';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import type { Pool } from 'pg';
import { drawChecks } from '../activities/recalls/draw-checks.ts';
import { keepReport } from '../activities/recalls/keep-report.ts';
import { planWaves } from '../activities/recalls/plan-waves.ts';
import type { Recalls } from '../activities/recalls/port.ts';
import { placeStopSale } from '../activities/recalls/stop-sale.ts';
import { withClient } from '../prisma/client.ts';
import { lastingAttributes } from '../workflows/recall/attributes.ts';
import {
  lookSignal,
  type RecallWaveArguments,
  recallWaveWorkflowId,
  recallWaveWorkflowType,
} from '../workflows/recall-wave/messages.ts';
import { stopReturns } from './stop-returns.ts';

/** So many waves are woken at once. */
const AT_ONCE = 20;

/** The shape of the workflow function, for the client's types. */
declare function RecallWave(start: RecallWaveArguments): Promise<void>;

/** Recalls in the database, and their waves through the client and on the task queue of the worker that runs the activity. */
export const makeRecalls = (pool: Pool): Recalls => ({
  placeStopSale: (input) => placeStopSale(pool, input),
  planWaves: (input) => planWaves(pool, input),
  drawChecks: (input) => drawChecks(pool, input),
  keepReport: (input) => keepReport(pool, input),
  stopReturns: (input) => stopReturns(pool, input),
  startWave: async ({ recall, wave }) => {
    const { client, info } = Context.current();
    const text = 'UPDATE recall_waves SET started_at = coalesce(started_at, now()) WHERE recall = $1 AND wave = $2';
    await withClient(pool, (connection) => connection.query(text, [recall, wave]));
    const args: [RecallWaveArguments] = [{ recall, wave }];
    try {
      await client.workflow.start<typeof RecallWave>(recallWaveWorkflowType, {
        taskQueue: info.taskQueue,
        workflowId: recallWaveWorkflowId(recall, wave),
        args,
        staticSummary: `Wave ${wave} of ${recall}`,
        typedSearchAttributes: lastingAttributes(recall),
        // One that has run is not run again: it has told its consignees.
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
      });
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
    return { type: 'done' };
  },
  tellWaves: async ({ recall }) => {
    const { client } = Context.current();
    const text =
      'SELECT wave FROM recall_waves WHERE recall = $1 AND started_at IS NOT NULL AND ended_at IS NULL ORDER BY wave';
    const { rows } = await withClient(pool, (connection) => connection.query<{ wave: number }>(text, [recall]));
    const waves = rows.map(({ wave }) => client.workflow.getHandle(recallWaveWorkflowId(recall, wave)));
    for (let from = 0; from < waves.length; from += AT_ONCE) {
      await Promise.all(
        waves.slice(from, from + AT_ONCE).map((handle) =>
          handle.signal(lookSignal).catch((error: unknown) => {
            // It has ended, and has no need to know.
            if (!(error instanceof WorkflowNotFoundError)) throw error;
          }),
        ),
      );
    }
    return { type: 'done' };
  },
});
