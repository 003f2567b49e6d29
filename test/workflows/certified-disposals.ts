import { randomBytes } from 'node:crypto';
import type { CertifiedDisposition } from '../../domain/certified-disposal/events.ts';
import type { Opened } from '../../domain/certified-disposal/state.ts';
import { executionNumber } from '../../domain/execution/number.ts';
import { makeRma } from '../../domain/numbers/rma.ts';
import {
  type CertifiedDisposalMessage,
  certifiedDisposalWorkflowId,
  certifiedDisposalWorkflowType,
} from '../../workflows/certified-disposal/messages.ts';
import { terms } from '../domain/certified-disposal/world.ts';
import { asNew } from '../domain/sale.ts';
import { anExecution, wanted } from './executions.ts';
import { facility } from './orders.ts';
import type { OpenReturn, Processes } from './returns.ts';
import { handOver, receive, refundSucceeds } from './steps.ts';

/** Brings a return of one unit to where its goods wait to be donated, recycled or destroyed. */
export async function waitsForDisposal(its: OpenReturn, disposition: CertifiedDisposition): Promise<void> {
  await handOver(its);
  await receive(its);
  const worn = { ...asNew, packaging: 'opened', cosmetic: 'damaged' } as const;
  await its.tell({ type: 'inspect', item: 'P1-1', findings: [{ quantity: 1, facts: worn }] });
  await its.tell({ type: 'dispose', item: 'P1-1', disposition, note: 'N1' });
  await refundSucceeds(its);
}

/** Gathers what waits in some returns for an organisation. */
export function aCertifiedDisposal(
  processes: Processes,
  returns: readonly OpenReturn[],
  disposition: CertifiedDisposition,
) {
  const number = executionNumber('certified_disposal', makeRma(randomBytes(8)));
  const request = {
    ...{ disposition, organisation: 'RECYCLER', facility, currency: 'EUR', dutyClaimed: false },
    ...{ items: returns.map(wanted), terms },
  };
  return anExecution<Opened, CertifiedDisposalMessage['command']>(
    processes,
    { workflowType: certifiedDisposalWorkflowType, workflowId: certifiedDisposalWorkflowId(number), number },
    request,
  );
}

export const handedOver = { type: 'hand_over', document: 'WB-1', weightGrams: 3000, kept: [] } as const;
