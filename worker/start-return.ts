import type { Pool } from 'pg';
import type { Deliveries, StartedReturn } from '../activities/deliveries/port.ts';
import { openDelivery, returnOf } from '../activities/journal/deliveries.ts';
import { returnOfLoan } from '../activities/journal/loan-returns.ts';
import type { Loans } from '../activities/loans/port.ts';
import type { ReturnRequest } from '../domain/return/request.ts';
import { loanWorkflowId } from '../workflows/loan/messages.ts';
import { lastingAttributes } from '../workflows/return/attributes.ts';
import { type ReturnArguments, returnWorkflowId, returnWorkflowType } from '../workflows/return/messages.ts';
import { startProcess } from './start-process.ts';

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

/** Starts a return and waits for its decision. */
async function start({ rma, commandId, by, request, skus }: ToStart): Promise<StartedReturn> {
  const args: ReturnArguments = { rma, request: { commandId, by, request } };
  const refusal = await startProcess({
    ...{ workflowType: returnWorkflowType, workflowId: returnWorkflowId(rma), args },
    summary: `Return ${rma} of order ${request.order}`,
    attributes: lastingAttributes(request, skus),
  });
  return refusal === null ? { type: 'return_started', rma } : { type: 'refused', code: refusal };
}
