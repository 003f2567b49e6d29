import type { ExecutionKind } from '../domain/execution/projection.ts';
import type { StopSaleCommand } from '../domain/execution/stop-sale.ts';
import type { Told } from '../domain/execution/telling.ts';
import {
  certifiedDisposalWorkflowId,
  certifiedDisposalWorkflowType,
} from '../workflows/certified-disposal/messages.ts';
import { liquidationWorkflowId, liquidationWorkflowType } from '../workflows/liquidation/messages.ts';
import type { Message } from '../workflows/process/messages.ts';
import { refurbishmentWorkflowId, refurbishmentWorkflowType } from '../workflows/refurbishment/messages.ts';
import { vendorReturnWorkflowId, vendorReturnWorkflowType } from '../workflows/vendor-return/messages.ts';
import { tellProcess } from './tell-process.ts';

const workflows: Readonly<Record<ExecutionKind, readonly [type: string, id: (number: string) => string]>> = {
  vendor_return: [vendorReturnWorkflowType, vendorReturnWorkflowId],
  liquidation: [liquidationWorkflowType, liquidationWorkflowId],
  certified_disposal: [certifiedDisposalWorkflowType, certifiedDisposalWorkflowId],
  refurbishment: [refurbishmentWorkflowType, refurbishmentWorkflowId],
};

/** Tells an execution of a recall; told again, it takes it once. */
export function tellExecution(kind: ExecutionKind, number: string, message: Message<StopSaleCommand>): Promise<Told> {
  const [workflowType, workflowId] = workflows[kind];
  const summary = `${workflowType} ${number}`;
  return tellProcess(
    { workflowType, workflowId: workflowId(number), args: { number, request: null }, summary },
    message,
  );
}
