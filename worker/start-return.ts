import { randomUUID } from 'node:crypto';
import { Context } from '@temporalio/activity';
import { WithStartWorkflowOperation, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { Pool } from 'pg';
import type { Deliveries, StartedReturn } from '../activities/deliveries/port.ts';
import { openDelivery, returnOf } from '../activities/journal/deliveries.ts';
import { returnOfLoan } from '../activities/journal/loan-returns.ts';
import type { Loans } from '../activities/loans/port.ts';
import type { ReturnRequest } from '../domain/return/request.ts';
import { loanWorkflowId } from '../workflows/loan/messages.ts';
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

/** Reads what was sent, and starts the returns of what could not be delivered. */
export const makeDeliveries = (pool: Pool): Deliveries => ({
  openDelivery: (input) => openDelivery(pool, input),
  startReturn: async (comingBack) => {
    const made = await returnOf(pool, comingBack);
    if (made === null) return { type: 'refused', code: 'nowhere_to_go' };
    const skus = comingBack.lines.map(({ sku }) => sku);
    return await start({ ...made, by: `delivery:${comingBack.outbound.tracking}`, skus });
  },
});

/** Starts the returns of what somebody had on loan. */
export const makeLoans = (pool: Pool): Loans => ({
  startLoanReturn: async (goods) => {
    const made = await returnOfLoan(pool, goods);
    return await start({ ...made, by: loanWorkflowId(goods.loan), skus: goods.units.map(({ sku }) => sku) });
  },
});

type ToStart = {
  readonly rma: string;
  readonly commandId: string;
  readonly by: string;
  readonly request: ReturnRequest;
  readonly skus: readonly string[];
};

/** Starts a return through the client and on the task queue of the worker that runs the activity, and waits for its decision. */
async function start({ rma, commandId, by, request, skus }: ToStart): Promise<StartedReturn> {
  const { client, info } = Context.current();
  const args: [ReturnArguments] = [{ rma, request: { commandId, by, request } }];
  const ask = () =>
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
    await client.withDeadline(Date.now() + ANSWER_MS, ask);
    return { type: 'return_started', rma };
  } catch (error) {
    const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
    if (cause instanceof ApplicationFailure && cause.type === refusedFailure) {
      return { type: 'refused', code: cause.message };
    }
    throw error;
  }
}
