import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { refused } from '../activities/failures.ts';
import { withUnitCosts } from '../activities/journal/unit-costs.ts';
import type { Transfers } from '../activities/transfers/port.ts';
import { networkNumber } from '../domain/network/number.ts';
import { makeRma } from '../domain/numbers/rma.ts';
import { withClient } from '../prisma/client.ts';
import { lastingPairs } from '../workflows/process/attributes.ts';
import { type TransferArguments, transferWorkflowId, transferWorkflowType } from '../workflows/transfer/messages.ts';
import { startProcess } from './start-process.ts';

/** Starts transfers for who plans them. */
export const makeTransfers = (pool: Pool): Transfers => ({
  startTransfer: async ({ commandId, by, request: asked }) => {
    const number = networkNumber('transfer', makeRma(createHash('sha256').update(`transfer\n${commandId}`).digest()));
    const request = await withClient(pool, (client) => withUnitCosts(client, asked));
    const { from, to, lines } = request;
    const args: TransferArguments = { number, request: { commandId, by, request } };
    const skus = lines.map(({ sku }) => sku);
    const refusal = await startProcess({
      ...{ workflowType: transferWorkflowType, workflowId: transferWorkflowId(number), args },
      summary: `Transfer ${number} from ${from} to ${to}`,
      attributes: lastingPairs('transfer', from, [], skus),
    });
    if (refusal !== null) throw refused('transfer.refused', refusal);
    return { number };
  },
});
