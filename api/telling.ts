import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { WithStartWorkflowOperation } from '@temporalio/client';
import type { SearchAttributePair } from '@temporalio/common';
import { decisionUpdate, type Message } from '../workflows/process/messages.ts';
import { Problem } from './problem.ts';
import type { Processes } from './processes.ts';
import { type RefusalGiven, refusalOf, troubleOf } from './trouble.ts';

/** A process as the API speaks to it: how it is found, and started where it has no run. */
export type Target = {
  readonly workflowType: string;
  readonly workflowId: string;
  /** What a run is started with: the request of a new process; nothing but its number for one that is woken. */
  readonly args: object;
  readonly summary: string;
  /** The problem that a refusal of it becomes. */
  readonly refused: (refusal: RefusalGiven, command: object) => Problem;
};

/**
 * What came of a command: its outcome, the promise that it will be taken up when a worker is back, or that it was taken
 * up before and only its answer was lost.
 */
export type Sent<Told> =
  | { readonly type: 'answered'; readonly outcome: Told }
  | { readonly type: 'accepted' }
  | { readonly type: 'recorded' };

type AnyMessage = Message<{ readonly type: string }>;

/** How long a person waits before they are told that it will be done. */
const PATIENCE_MS = 9_000;
const ATTEMPT_MS = 5_000;
const SIGNAL_MS = 4_000;

/**
 * Sends a command to a process that exists and waits for its outcome. The same commandId may be sent again and again: the
 * journal takes it once. A finished process is reopened by it, unless the command is what finished it.
 * @param isRecorded whether the journal has the command; asked where it may have been taken without an answer reaching us
 * @throws {Problem} the refusal, or 503 `temporal_unavailable`
 */
export async function tellProcess<Told>(
  processes: Processes,
  target: Target,
  message: AnyMessage,
  isRecorded: () => Promise<boolean>,
): Promise<Sent<Told>> {
  const wasTaken = async () => await isRecorded().catch(() => false);
  let start = false;
  const outcome = await patiently(processes, target, message.command, async () => {
    try {
      return start
        ? await updateWithStart<Told>(processes, target, message)
        : await update<Told>(processes, target, message);
    } catch (error) {
      if (troubleOf(error) === 'gone' && !start) {
        if (await wasTaken()) return 'recorded';
        start = true;
      }
      throw error;
    }
  });
  if (outcome === 'recorded' || (outcome === null && (await wasTaken()))) return { type: 'recorded' };
  if (outcome !== null) return { type: 'answered', outcome };
  await signalProcess(processes, target, message);
  return { type: 'accepted' };
}

/** Leaves a command with the process, which is started for it where it has no run, and doesn't wait. */
export async function signalProcess(processes: Processes, target: Target, message: AnyMessage): Promise<void> {
  const { client } = processes;
  await unlessAway(async () => {
    await client.withDeadline(Date.now() + SIGNAL_MS, async () => {
      const signal = { signal: message.command.type, signalArgs: [message] };
      await client.workflow.signalWithStart(target.workflowType, { ...startOptions(processes, target), ...signal });
    });
  });
}

/**
 * Starts a new process and waits for its decision. The request travels in the start arguments, as update-with-start isn't
 * atomic: a lost update still leaves a process that decides.
 * @param request what a refusal's sentence is filled from
 * @param attributes by which engineers find the run
 * @throws {Problem} the refusal, or 503 `temporal_unavailable`
 */
export async function startProcess<Told>(
  processes: Processes,
  target: Target,
  request: object,
  attributes: SearchAttributePair[],
): Promise<Sent<Told>> {
  const { client } = processes;
  const options = { ...startOptions(processes, target), typedSearchAttributes: attributes };
  const outcome = await patiently(
    processes,
    target,
    request,
    async () =>
      await client.workflow.executeUpdateWithStart<typeof Process, Told, []>(decisionUpdate, {
        updateId: randomUUID(),
        startWorkflowOperation: new WithStartWorkflowOperation<typeof Process>(target.workflowType, {
          ...options,
          workflowIdConflictPolicy: 'USE_EXISTING',
        }),
      }),
  );
  if (outcome !== null) return { type: 'answered', outcome };
  await unlessAway(async () => {
    await client.withDeadline(Date.now() + SIGNAL_MS, async () => {
      await client.workflow.start<typeof Process>(target.workflowType, {
        ...options,
        workflowIdConflictPolicy: 'USE_EXISTING',
      });
    });
  });
  return { type: 'accepted' };
}

/** The shape of a workflow function, for the client's types; the functions themselves live in the worker. */
declare function Process(start: object): Promise<void>;

async function update<Told>(processes: Processes, target: Target, message: AnyMessage): Promise<Told> {
  const handle = processes.client.workflow.getHandle(target.workflowId);
  return await handle.executeUpdate<Told, [AnyMessage]>(message.command.type, {
    args: [message],
    // Fresh for each attempt: a repeated update id would answer with the failure of the attempt before.
    updateId: randomUUID(),
  });
}

async function updateWithStart<Told>(processes: Processes, target: Target, message: AnyMessage): Promise<Told> {
  return await processes.client.workflow.executeUpdateWithStart<typeof Process, Told, [AnyMessage]>(
    message.command.type,
    {
      args: [message],
      updateId: randomUUID(),
      startWorkflowOperation: new WithStartWorkflowOperation<typeof Process>(target.workflowType, {
        ...startOptions(processes, target),
        workflowIdConflictPolicy: 'USE_EXISTING',
      }),
    },
  );
}

function startOptions(processes: Processes, { workflowId, args, summary }: Target) {
  const start: [object] = [args];
  return { taskQueue: processes.taskQueue, workflowId, args: start, staticSummary: summary };
}

/** Tries until it is answered or refused; null when the caller's patience ends. */
async function patiently<T>(
  processes: Processes,
  target: Target,
  command: object,
  attempt: () => Promise<T>,
): Promise<T | null> {
  const end = Date.now() + PATIENCE_MS;
  for (let pause = 100; ; pause = Math.min(pause * 2, 1_000)) {
    const deadline = Math.min(Date.now() + ATTEMPT_MS, end);
    try {
      return await processes.client.withDeadline(deadline, attempt);
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal !== null) throw target.refused(refusal, command);
      const trouble = troubleOf(error);
      if (trouble === null) throw error;
      if (Date.now() + pause >= end) return null;
      // A finished process is reopened at once; an absent worker gets a moment.
      if (trouble !== 'gone') await sleep(pause);
    }
  }
}

/** What cannot even be left with Temporal is refused, and may be sent again. */
export async function unlessAway(leave: () => Promise<void>): Promise<void> {
  try {
    await leave();
  } catch (error) {
    if (troubleOf(error) === null) throw error;
    throw new Problem(
      503,
      'temporal_unavailable',
      'the engine does not answer, so this could not be taken; send it again with the same Idempotency-Key',
      { headers: { 'retry-after': '5' } },
    );
  }
}
