import type { Pool } from 'pg';
import { unreadLots } from '../activities/stock/unread-lots.ts';
import type { ToldTransfers } from '../activities/transfers/port.ts';
import type { Told } from '../domain/execution/telling.ts';
import { type TransferMessage, transferWorkflowId, transferWorkflowType } from '../workflows/transfer/messages.ts';
import { tellProcess } from './tell-process.ts';

/** Tells a transfer something that another process has to say; told again, it takes it once. */
export function tellTransfer(number: string, message: TransferMessage): Promise<Told> {
  const args = { number, request: null };
  const workflowId = transferWorkflowId(number);
  return tellProcess({ workflowType: transferWorkflowType, workflowId, args, summary: `Transfer ${number}` }, message);
}

/** Transfers, as trips tell them. What a driver takes along, whose lot nobody has read, stays while lots of it are stopped. */
export const makeToldTransfers = (pool: Pool): ToldTransfers => ({
  tellTransfer: async ({ transfer, message }) =>
    (await unreadLots(pool, transfer)) === null
      ? await tellTransfer(transfer, message)
      : { type: 'refused', code: 'lot_needed' },
});
