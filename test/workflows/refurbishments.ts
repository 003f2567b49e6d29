import { randomBytes } from 'node:crypto';
import { executionNumber } from '../../domain/execution/number.ts';
import { makeRma } from '../../domain/numbers/rma.ts';
import type { RefurbishmentRequest, WorkItem } from '../../domain/refurbishment/events.ts';
import type { Opened } from '../../domain/refurbishment/state.ts';
import {
  type RefurbishmentMessage,
  refurbishmentWorkflowId,
  refurbishmentWorkflowType,
} from '../../workflows/refurbishment/messages.ts';
import { aWorkItem, aWorkOrder } from '../domain/refurbishment/world.ts';
import { asNew } from '../domain/sale.ts';
import { anExecution } from './executions.ts';
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
  processes: Processes,
  returns: readonly OpenReturn[],
  changes: Partial<RefurbishmentRequest> = {},
) {
  const number = executionNumber('refurbishment', makeRma(randomBytes(8)));
  const started = await anExecution<Opened, RefurbishmentMessage['command']>(
    processes,
    { workflowType: refurbishmentWorkflowType, workflowId: refurbishmentWorkflowId(number), number },
    aWorkOrder({ facility, items: returns.map(wanted), ...changes }),
  );
  return {
    ...started,
    /** So many days from now, by the server's clock. */
    in: async (days: number) => new Date(Date.parse((await returns[0]?.now()) ?? '') + days * 86_400_000).toISOString(),
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
