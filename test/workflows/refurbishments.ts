import { randomBytes, randomUUID } from 'node:crypto';
import { executionNumber } from '../../domain/execution/number.ts';
import type { ExecutionTold } from '../../domain/execution/told.ts';
import type { RefurbishmentRequest, WorkItem } from '../../domain/refurbishment/events.ts';
import type { Opened } from '../../domain/refurbishment/state.ts';
import { makeRma } from '../../domain/rma.ts';
import { decisionUpdate, stateQuery } from '../../workflows/process/messages.ts';
import {
  type RefurbishmentArguments,
  type RefurbishmentMessage,
  refurbishmentWorkflowId,
  refurbishmentWorkflowType,
} from '../../workflows/refurbishment/messages.ts';
import { aWorkItem, aWorkOrder } from '../domain/refurbishment/world.ts';
import { asNew } from '../domain/sale.ts';
import { facility } from './orders.ts';
import type { OpenReturn, Processes } from './returns.ts';
import { handOver, receive, refundSucceeds } from './steps.ts';

/** Brings a return of one unit to where its goods wait for a bench. */
export async function waitsForWork(its: OpenReturn): Promise<void> {
  await handOver(its);
  await receive(its);
  const broken = { ...asNew, packaging: 'opened', function: 'defective' } as const;
  await its.tell({ type: 'inspect', item: 'P1-1', findings: [{ quantity: 1, facts: broken }] });
  await its.tell({ type: 'dispose', item: 'P1-1', disposition: 'refurbish', note: 'N1' });
  await refundSucceeds(its);
}

const wanted = ({ rma }: OpenReturn): WorkItem => aWorkItem({ rma, quantity: 1, cost: 2000, budget: 1500 });

/** Has what waits in some returns worked on. */
export async function aRefurbishment(
  { client, taskQueue, runs }: Processes,
  returns: readonly OpenReturn[],
  changes: Partial<RefurbishmentRequest> = {},
) {
  const number = executionNumber('refurbishment', makeRma(randomBytes(8)));
  const request = aWorkOrder({ facility, items: returns.map(wanted), ...changes });
  const args: [RefurbishmentArguments] = [{ number, request: { commandId: 'R1', by: 'test', request } }];
  const workflowId = refurbishmentWorkflowId(number);
  const handle = await client.workflow.start(refurbishmentWorkflowType, { workflowId, taskQueue, args });
  runs.set(handle.firstExecutionRunId, workflowId);
  await handle.executeUpdate<ExecutionTold, []>(decisionUpdate);
  const state = () => handle.query<Opened>(stateQuery);
  return {
    number,
    handle,
    state,
    tell: (command: RefurbishmentMessage['command']) =>
      handle.executeUpdate<ExecutionTold, [RefurbishmentMessage]>(command.type, {
        args: [{ commandId: randomUUID(), by: 'test', command }],
      }),
    /** So many days from now, by the server's clock. */
    in: async (days: number) => new Date(Date.parse((await returns[0]?.now()) ?? '') + days * 86_400_000).toISOString(),
    until: async (is: (state: Opened) => boolean) => {
      for (let attempt = 0; attempt < 400; attempt += 1) {
        const now = await state();
        if (is(now)) return now;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      throw new Error(JSON.stringify(await state(), null, 1));
    },
  };
}

/** Whether the work has begun. */
export const isInWork = ({ phase }: Opened): boolean => phase === 'in_work';

/** A unit of a return that passed its test. */
export const passed = ({ rma }: OpenReturn) =>
  ({
    type: 'test',
    units: { rma, item: 'P1-1', quantity: 1, serials: [] },
    passed: true,
    facts: { ...asNew, packaging: 'opened' },
  }) as const;
