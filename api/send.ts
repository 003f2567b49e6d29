import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { WithStartWorkflowOperation } from '@temporalio/client';
import { decisionUpdate } from '../workflows/process/messages.ts';
import { lastingAttributes } from '../workflows/return/attributes.ts';
import {
  type CommandOutcome,
  type MessageType,
  type ReturnArguments,
  type ReturnMessage,
  returnWorkflowId,
  returnWorkflowType,
} from '../workflows/return/messages.ts';
import { Problem } from './problem.ts';
import type { Processes } from './processes.ts';
import { refusalProblem } from './refusals.ts';
import { refusalOf, troubleOf } from './trouble.ts';

/**
 * What came of a command: its outcome, the promise that it will be taken up when a worker is back, or that it was taken
 * up before and only its answer was lost.
 */
export type Sent =
  | { readonly type: 'answered'; readonly outcome: CommandOutcome }
  | { readonly type: 'accepted' }
  | { readonly type: 'recorded' };

/** How long a person waits before they are told that it will be done. */
const PATIENCE_MS = 9_000;
const ATTEMPT_MS = 5_000;
const SIGNAL_MS = 4_000;

/**
 * Sends a command to a return that exists and waits for its outcome. The same commandId may be sent again and again: the
 * journal takes it once. A finished return is reopened by it, unless the command is what finished it.
 * @param isRecorded whether the journal has the command; asked where it may have been taken without an answer reaching us
 * @throws {Problem} the refusal, or 503 `temporal_unavailable`
 */
export async function send(
  processes: Processes,
  rma: string,
  message: ReturnMessage,
  isRecorded: () => Promise<boolean>,
): Promise<Sent> {
  const wasTaken = async () => await isRecorded().catch(() => false);
  let start = false;
  const outcome = await patiently(processes, message.command, async () => {
    try {
      return start ? await updateWithStart(processes, rma, message) : await update(processes, rma, message);
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
  await signal(processes, rma, message);
  return { type: 'accepted' };
}

/** Leaves a command with the process and doesn't wait. */
export async function signal(processes: Processes, rma: string, message: ReturnMessage): Promise<void> {
  const { client } = processes;
  await unlessAway(async () => {
    await client.withDeadline(Date.now() + SIGNAL_MS, async () => {
      await client.workflow.signalWithStart(returnWorkflowType, {
        ...startOptions(processes, rma, null),
        signal: message.command.type,
        signalArgs: [message],
      });
    });
  });
}

/**
 * Starts the process of a new return and waits for its decision. The request travels in the start arguments, as
 * update-with-start isn't atomic: a lost update still leaves a process that decides.
 * @param skus of the lines asked for; engineers find the run by them
 * @throws {Problem} the refusal, or 503 `temporal_unavailable`
 */
export async function startReturn(
  processes: Processes,
  rma: string,
  request: NonNullable<ReturnArguments['request']>,
  skus: readonly string[],
): Promise<Sent> {
  const { client } = processes;
  const options = {
    ...startOptions(processes, rma, request),
    typedSearchAttributes: lastingAttributes(request.request, skus),
  };
  const outcome = await patiently(
    processes,
    request.request,
    async () =>
      await client.workflow.executeUpdateWithStart<typeof Return, CommandOutcome, []>(decisionUpdate, {
        updateId: randomUUID(),
        startWorkflowOperation: new WithStartWorkflowOperation<typeof Return>(returnWorkflowType, {
          ...options,
          workflowIdConflictPolicy: 'USE_EXISTING',
        }),
      }),
  );
  if (outcome !== null) return { type: 'answered', outcome };
  await unlessAway(async () => {
    await client.withDeadline(Date.now() + SIGNAL_MS, async () => {
      await client.workflow.start<typeof Return>(returnWorkflowType, {
        ...options,
        workflowIdConflictPolicy: 'USE_EXISTING',
      });
    });
  });
  return { type: 'accepted' };
}

/** The shape of the workflow function, for the client's types; the function itself lives in the worker. */
declare function Return(start: ReturnArguments): Promise<void>;

async function update(processes: Processes, rma: string, message: ReturnMessage): Promise<CommandOutcome> {
  const handle = processes.client.workflow.getHandle(returnWorkflowId(rma));
  return await handle.executeUpdate<CommandOutcome, [ReturnMessage], MessageType>(message.command.type, {
    args: [message],
    // Fresh for each attempt: a repeated update id would answer with the failure of the attempt before.
    updateId: randomUUID(),
  });
}

async function updateWithStart(processes: Processes, rma: string, message: ReturnMessage): Promise<CommandOutcome> {
  return await processes.client.workflow.executeUpdateWithStart<typeof Return, CommandOutcome, [ReturnMessage]>(
    message.command.type,
    {
      args: [message],
      updateId: randomUUID(),
      startWorkflowOperation: new WithStartWorkflowOperation<typeof Return>(returnWorkflowType, {
        ...startOptions(processes, rma, null),
        workflowIdConflictPolicy: 'USE_EXISTING',
      }),
    },
  );
}

function startOptions(processes: Processes, rma: string, request: ReturnArguments['request']) {
  const args: [ReturnArguments] = [{ rma, request }];
  return {
    taskQueue: processes.taskQueue,
    workflowId: returnWorkflowId(rma),
    args,
    staticSummary: request === null ? `Return ${rma}` : `Return ${rma} of order ${request.request.order}`,
  };
}

/** Tries until it is answered or refused; null when the caller's patience ends. */
async function patiently<T>(processes: Processes, command: object, attempt: () => Promise<T>): Promise<T | null> {
  const end = Date.now() + PATIENCE_MS;
  for (let pause = 100; ; pause = Math.min(pause * 2, 1_000)) {
    const deadline = Math.min(Date.now() + ATTEMPT_MS, end);
    try {
      return await processes.client.withDeadline(deadline, attempt);
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal !== null) throw refusalProblem(refusal, command);
      const trouble = troubleOf(error);
      if (trouble === null) throw error;
      if (Date.now() + pause >= end) return null;
      // A finished process is reopened at once; an absent worker gets a moment.
      if (trouble !== 'gone') await sleep(pause);
    }
  }
}

/** What cannot even be left with Temporal is refused, and may be sent again. */
async function unlessAway(leave: () => Promise<void>): Promise<void> {
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
