import { Context } from '@temporalio/activity';
import type { Pool } from 'pg';
import type { Recalls } from '../activities/recalls/port.ts';
import { returnsUnderWay } from '../activities/recalls/returns-under-way.ts';
import { recallWorkflowId } from '../workflows/recall/messages.ts';
import { returns } from './tell-return.ts';

/** So many returns are told at once. */
const AT_ONCE = 20;

/** Tells each return under way that has stopped goods; told again, it takes it once. */
export async function stopReturns(
  pool: Pool,
  { recall, scopeVersion }: Parameters<Recalls['stopReturns']>[0],
): ReturnType<Recalls['stopReturns']> {
  const context = Context.current();
  const affected = await returnsUnderWay(pool, recall);
  const by = recallWorkflowId(recall);
  const commandId = `${by}:stop_returns:${scopeVersion}`;
  let next = 0;
  const tellThem = async () => {
    for (let its = affected[next++]; its !== undefined; its = affected[next++]) {
      const { rma, goods } = its;
      await returns.tellReturn({ rma, message: { commandId, by, command: { type: 'stop_goods', recall, goods } } });
      context.heartbeat();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, tellThem));
  return { type: 'returns_stopped', returns: affected.length };
}
