import { randomUUID } from 'node:crypto';
import { Context } from '@temporalio/activity';
import { WithStartWorkflowOperation, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { Told } from '../domain/execution/telling.ts';
import { type Message, refusedFailure } from '../workflows/process/messages.ts';

/** An update that isn't answered by then is sent again; well below the activity's own time-out. */
const ANSWER_MS = 8_000;

/** A process, and what a run of it that is woken begins with. */
type Target = {
  readonly workflowType: string;
  readonly workflowId: string;
  readonly args: object;
  readonly summary: string;
};

/** The shape of every process's workflow function, for the client's types. */
declare function Process(start: object): Promise<unknown>;

/**
 * Tells a process by an update, through the client and on the task queue of the worker that runs the activity: running, finished, or
 * without a run yet. Throws while nobody answers.
 */
export async function tellProcess(
  { workflowType, workflowId, args: started, summary: staticSummary }: Target,
  message: Message<{ readonly type: string }>,
): Promise<Told> {
  const { client, info } = Context.current();
  const args: [object] = [started];
  const update = () =>
    client.workflow.executeUpdateWithStart<typeof Process, unknown, [typeof message]>(message.command.type, {
      args: [message],
      // Fresh for each attempt: a repeated update id would answer with the failure of the attempt before.
      updateId: randomUUID(),
      startWorkflowOperation: new WithStartWorkflowOperation<typeof Process>(workflowType, {
        taskQueue: info.taskQueue,
        ...{ workflowId, args, staticSummary },
        workflowIdConflictPolicy: 'USE_EXISTING',
      }),
    });
  try {
    await client.withDeadline(Date.now() + ANSWER_MS, update);
    return { type: 'accepted' };
  } catch (error) {
    const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
    if (cause instanceof ApplicationFailure && cause.type === refusedFailure) {
      return { type: 'refused', code: cause.message };
    }
    throw error;
  }
}
