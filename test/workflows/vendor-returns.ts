import { randomBytes, randomUUID } from 'node:crypto';
import type { WantedItem } from '../../domain/execution/item.ts';
import { executionNumber } from '../../domain/execution/number.ts';
import type { ExecutionTold } from '../../domain/execution/told.ts';
import { makeRma } from '../../domain/rma.ts';
import type { Opened } from '../../domain/vendor-return/state.ts';
import { decisionUpdate, stateQuery } from '../../workflows/process/messages.ts';
import {
  type VendorReturnArguments,
  type VendorReturnMessage,
  vendorReturnWorkflowId,
  vendorReturnWorkflowType,
} from '../../workflows/vendor-return/messages.ts';
import { asNew } from '../domain/sale.ts';
import { terms } from '../domain/vendor-return/world.ts';
import { facility } from './orders.ts';
import type { OpenReturn, Processes } from './returns.ts';
import { handOver, receive, refundSucceeds } from './steps.ts';

/** Brings a return of one unit to where its goods wait to go back to their vendor. */
export async function waitsForVendor(its: OpenReturn): Promise<void> {
  await handOver(its);
  await receive(its);
  const worn = { ...asNew, packaging: 'opened', cosmetic: 'damaged' } as const;
  await its.tell({ type: 'inspect', item: 'P1-1', findings: [{ quantity: 1, facts: worn }] });
  await its.tell({ type: 'dispose', item: 'P1-1', disposition: 'return_to_vendor', note: 'N1' });
  await refundSucceeds(its);
}

const wanted = ({ rma }: OpenReturn): WantedItem => ({
  rma,
  item: 'P1-1',
  sku: 'KETTLE',
  quantity: 1,
  lot: null,
  serials: [],
  grade: 'C',
  cost: 2000,
});

/** Asks a vendor to take back what waits in some returns. */
export async function aVendorReturn({ client, taskQueue, runs }: Processes, returns: readonly OpenReturn[]) {
  const number = executionNumber('vendor_return', makeRma(randomBytes(8)));
  const request = { vendor: 'ACME', facility, currency: 'EUR', items: returns.map(wanted), terms };
  const args: [VendorReturnArguments] = [{ number, request: { commandId: 'R1', by: 'test', request } }];
  const workflowId = vendorReturnWorkflowId(number);
  const handle = await client.workflow.start(vendorReturnWorkflowType, { workflowId, taskQueue, args });
  runs.set(handle.firstExecutionRunId, workflowId);
  await handle.executeUpdate<ExecutionTold, []>(decisionUpdate);
  const state = () => handle.query<Opened>(stateQuery);
  return {
    number,
    handle,
    state,
    tell: (command: VendorReturnMessage['command']) =>
      handle.executeUpdate<ExecutionTold, [VendorReturnMessage]>(command.type, {
        args: [{ commandId: randomUUID(), by: 'test', command }],
      }),
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

/** Whether a vendor return has got so many items. */
export const holds = (count: number) => (state: Opened) =>
  Object.values(state.items).filter((item) => item.state === 'held').length === count;
