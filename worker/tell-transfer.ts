import type { Told } from '../domain/execution/telling.ts';
import { type TransferMessage, transferWorkflowId, transferWorkflowType } from '../workflows/transfer/messages.ts';
import { tellProcess } from './tell-process.ts';

/** Tells a transfer something that another process has to say; told again, it takes it once. */
export function tellTransfer(number: string, message: TransferMessage): Promise<Told> {
  const args = { number, request: null };
  const workflowId = transferWorkflowId(number);
  return tellProcess({ workflowType: transferWorkflowType, workflowId, args, summary: `Transfer ${number}` }, message);
}
