import { randomUUID } from 'node:crypto';
import { Context } from '@temporalio/activity';
import { WithStartWorkflowOperation, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure, type SearchAttributePair, type TypedSearchAttributes } from '@temporalio/common';
import { decisionUpdate, refusedFailure } from '../workflows/process/messages.ts';

/** A decision that isn't there by then is asked for again; well below the activity's own time-out. */
const ANSWER_MS = 8_000;

/** A process that isn't there yet, with what its first run begins with. */
type Beginning = {
  readonly workflowType: string;
  readonly workflowId: string;
  readonly args: object;
  readonly summary: string;
  readonly attributes: SearchAttributePair[] | TypedSearchAttributes;
};

/** The shape of every process's workflow function, for the client's types. */
declare function Process(start: object): Promise<unknown>;

/**
 * Starts a process and waits for its first decision, through the client and on the task queue of the worker that runs the activity. One
 * that runs already answers the same. Throws while nobody answers.
 * @returns the code of the refusal; null where it goes on
 */
export async function startProcess({
  workflowType,
  workflowId,
  args: started,
  summary: staticSummary,
  attributes: typedSearchAttributes,
}: Beginning): Promise<string | null> {
  const { client, info } = Context.current();
  const args: [object] = [started];
  const start = () =>
    client.workflow.executeUpdateWithStart<typeof Process, unknown, []>(decisionUpdate, {
      updateId: randomUUID(),
      startWorkflowOperation: new WithStartWorkflowOperation<typeof Process>(workflowType, {
        taskQueue: info.taskQueue,
        ...{ workflowId, args, staticSummary, typedSearchAttributes },
        workflowIdConflictPolicy: 'USE_EXISTING',
      }),
    });
  try {
    await client.withDeadline(Date.now() + ANSWER_MS, start);
    return null;
  } catch (error) {
    const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
    if (cause instanceof ApplicationFailure && cause.type === refusedFailure) return cause.message;
    throw error;
  }
}
