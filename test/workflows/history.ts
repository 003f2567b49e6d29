import type { History } from '@temporalio/common/lib/proto-utils.js';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';

export type HistoryEvent = NonNullable<History['events']>[number];

/** The history of one run. */
export async function historyOf(env: TestWorkflowEnvironment, workflowId: string, runId: string): Promise<History> {
  return await env.client.workflow.getHandle(workflowId, runId).fetchHistory();
}

/** Replays histories with the code as it is; the errors, by run. One broken history doesn't hide the rest. */
export async function replayAll(
  bundle: WorkflowBundleWithSourceMap,
  histories: readonly { readonly workflowId: string; readonly history: History }[],
  maxCachedWorkflows = 500,
): Promise<string[]> {
  const errors: string[] = [];
  const options = { workflowBundle: bundle, maxCachedWorkflows };
  for await (const { workflowId, error } of Worker.runReplayHistories(options, histories)) {
    if (error !== undefined) errors.push(`${workflowId}: ${error.message}`);
  }
  return errors;
}

/** Replays all runs of a world. */
export async function replayed(
  env: TestWorkflowEnvironment,
  bundle: WorkflowBundleWithSourceMap,
  runs: ReadonlyMap<string, string>,
): Promise<string[]> {
  const histories = await Promise.all(
    [...runs].map(async ([runId, workflowId]) => ({ workflowId, history: await historyOf(env, workflowId, runId) })),
  );
  return await replayAll(bundle, histories);
}
