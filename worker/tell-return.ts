import { randomUUID } from 'node:crypto';
import { Context } from '@temporalio/activity';
import { WithStartWorkflowOperation, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { Returns } from '../activities/returns/port.ts';
import { refusedFailure } from '../workflows/process/messages.ts';
import {
  type CommandOutcome,
  type ReturnArguments,
  type ReturnMessage,
  returnWorkflowId,
  returnWorkflowType,
} from '../workflows/return/messages.ts';

/** An update that isn't answered by then is sent again; well below the activity's own time-out. */
const ANSWER_MS = 8_000;

/** The shape of the workflow function, for the client's types. */
declare function Return(start: ReturnArguments): Promise<void>;

/** Tells returns by updates, through the client and on the task queue of the worker that runs the activity. */
export const returns: Returns = {
  tellReturn: async ({ rma, message }) => {
    const { client, info } = Context.current();
    const args: [ReturnArguments] = [{ rma, request: null }];
    const update = () =>
      client.workflow.executeUpdateWithStart<typeof Return, CommandOutcome, [ReturnMessage]>(message.command.type, {
        args: [message],
        // Fresh for each attempt: a repeated update id would answer with the failure of the attempt before.
        updateId: randomUUID(),
        startWorkflowOperation: new WithStartWorkflowOperation<typeof Return>(returnWorkflowType, {
          taskQueue: info.taskQueue,
          workflowId: returnWorkflowId(rma),
          args,
          staticSummary: `Return ${rma}`,
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
  },
};
