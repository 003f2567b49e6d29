import { randomUUID } from 'node:crypto';
import { Context } from '@temporalio/activity';
import { WithStartWorkflowOperation, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { Pool } from 'pg';
import type { Deliveries } from '../activities/deliveries/port.ts';
import { openDelivery, returnOf } from '../activities/journal/deliveries.ts';
import { decisionUpdate, refusedFailure } from '../workflows/process/messages.ts';
import { lastingAttributes } from '../workflows/return/attributes.ts';
import {
  type CommandOutcome,
  type ReturnArguments,
  returnWorkflowId,
  returnWorkflowType,
} from '../workflows/return/messages.ts';

/** A decision that isn't there by then is asked for again; well below the activity's own time-out. */
const ANSWER_MS = 8_000;

/** The shape of the workflow function, for the client's types. */
declare function Return(start: ReturnArguments): Promise<void>;

/** Reads what was sent, and starts returns through the client and on the task queue of the worker that runs the activity. */
export const makeDeliveries = (pool: Pool): Deliveries => ({
  openDelivery: (input) => openDelivery(pool, input),
  startReturn: async (comingBack) => {
    const { client, info } = Context.current();
    const made = await returnOf(pool, comingBack);
    if (made === null) return { type: 'refused', code: 'nowhere_to_go' };
    const { rma, commandId, request } = made;
    const skus = comingBack.lines.map(({ sku }) => sku);
    const args: [ReturnArguments] = [
      { rma, request: { commandId, by: `delivery:${comingBack.outbound.tracking}`, request } },
    ];
    const start = () =>
      client.workflow.executeUpdateWithStart<typeof Return, CommandOutcome, []>(decisionUpdate, {
        updateId: randomUUID(),
        startWorkflowOperation: new WithStartWorkflowOperation<typeof Return>(returnWorkflowType, {
          taskQueue: info.taskQueue,
          workflowId: returnWorkflowId(rma),
          args,
          staticSummary: `Return ${rma} of order ${request.order}`,
          typedSearchAttributes: lastingAttributes(request, skus),
          workflowIdConflictPolicy: 'USE_EXISTING',
        }),
      });
    try {
      await client.withDeadline(Date.now() + ANSWER_MS, start);
      return { type: 'return_started', rma };
    } catch (error) {
      const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
      if (cause instanceof ApplicationFailure && cause.type === refusedFailure) {
        return { type: 'refused', code: cause.message };
      }
      throw error;
    }
  },
});
