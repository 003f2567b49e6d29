import { Context } from '@temporalio/activity';
import type { Pool } from 'pg';
import { planRebalance } from '../activities/rebalances/plan.ts';
import type { Rebalances } from '../activities/rebalances/port.ts';
import { lookAtTransfers, startTransfers } from '../activities/rebalances/transfers.ts';
import { beating } from './beating.ts';
import { makeTransfers } from './start-transfer.ts';

/** Makes plans in threads of their own, and starts their transfers. */
export const makeRebalances = (pool: Pool): Rebalances => ({
  planRebalance: (input) => beating(() => planRebalance(pool, input, Context.current().cancellationSignal)),
  startTransfers: (input) => startTransfers(pool, input, makeTransfers(pool), () => Context.current().heartbeat()),
  lookAtTransfers: (input) => lookAtTransfers(pool, input),
});
