import { type Client, WorkflowNotFoundError } from '@temporalio/client';

/** What Temporal's own records say of the returns. */
export type Histories = {
  /** Whether the workflow task in which something happened at that time has still not ended. */
  readonly taskIsOpen: (process: string, since: Date) => Promise<boolean>;
  /** Processes whose last run has not completed. */
  readonly unfinished: (processes: readonly string[]) => Promise<readonly string[]>;
  /** Counts over all runs of these processes. */
  readonly count: (processes: readonly string[]) => Promise<Counts>;
};

export type Counts = {
  /** One line a failed workflow task. */
  readonly failures: readonly string[];
  /** Tasks that Temporal gave again because a message came while they closed their return (`UnhandledCommand`). */
  readonly repeated: number;
  /** Tasks whose worker went away. */
  readonly timeouts: number;
};

const AT_ONCE = 8;
/** Temporal's WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND. */
const UNHANDLED_COMMAND = 1;

export function readHistories(client: Client): Histories {
  return {
    taskIsOpen: async (process, since) => {
      const { raw } = await client.workflow.getHandle(process).describe();
      const started = raw.pendingWorkflowTask?.startedTime?.seconds;
      return started != null && Number(started) * 1_000 <= since.getTime();
    },
    unfinished: async (processes) => {
      const found: string[] = [];
      await eachOf(processes, async (process) => {
        const last = await lastRun(client, process);
        if (last?.status !== 'COMPLETED') found.push(`${process} ${last?.status ?? 'was never started'}`);
      });
      return found;
    },
    count: async (processes) => {
      const failures: string[] = [];
      let repeated = 0;
      let timeouts = 0;
      await eachOf(processes, async (process) => {
        for (const runId of await runsOf(client, process)) {
          const { events } = await client.workflow.getHandle(process, runId).fetchHistory();
          for (const event of events ?? []) {
            const failed = event.workflowTaskFailedEventAttributes;
            if (failed?.cause === UNHANDLED_COMMAND) repeated += 1;
            else if (failed != null)
              failures.push(`${process} cause ${failed.cause}: ${failed.failure?.message ?? ''}`);
            if (event.workflowTaskTimedOutEventAttributes != null) timeouts += 1;
          }
        }
      });
      return { failures, repeated, timeouts };
    },
  };
}

async function lastRun(client: Client, process: string): Promise<{ runId: string; status: string } | null> {
  try {
    const { runId, status } = await client.workflow.getHandle(process).describe();
    return { runId, status: status.name };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}

/** A reopened return, and one that continued as new, has several; the last may not be in the list yet. */
async function runsOf(client: Client, process: string): Promise<Iterable<string>> {
  const last = await lastRun(client, process);
  const runs = new Set(last === null ? [] : [last.runId]);
  for await (const { runId } of client.workflow.list({ query: `WorkflowId = "${process}"` })) runs.add(runId);
  return runs;
}

async function eachOf(processes: readonly string[], work: (process: string) => Promise<void>): Promise<void> {
  const left = [...processes];
  const next = async () => {
    for (let process = left.pop(); process !== undefined; process = left.pop()) await work(process);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
}
