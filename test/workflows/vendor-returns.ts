import { randomBytes } from 'node:crypto';
import { executionNumber } from '../../domain/execution/number.ts';
import { makeRma } from '../../domain/numbers/rma.ts';
import type { Opened } from '../../domain/vendor-return/state.ts';
import {
  type VendorReturnMessage,
  vendorReturnWorkflowId,
  vendorReturnWorkflowType,
} from '../../workflows/vendor-return/messages.ts';
import { asNew } from '../domain/sale.ts';
import { terms } from '../domain/vendor-return/world.ts';
import { anExecution, wanted } from './executions.ts';
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

/** Asks a vendor to take back what waits in some returns. */
export function aVendorReturn(processes: Processes, returns: readonly OpenReturn[]) {
  const number = executionNumber('vendor_return', makeRma(randomBytes(8)));
  const request = { vendor: 'ACME', facility, currency: 'EUR', items: returns.map(wanted), terms };
  return anExecution<Opened, VendorReturnMessage['command']>(
    processes,
    { workflowType: vendorReturnWorkflowType, workflowId: vendorReturnWorkflowId(number), number },
    request,
  );
}
