import { Context } from '@temporalio/activity';
import type { Pool } from 'pg';
import type { Recalls } from '../activities/recalls/port.ts';
import { type AffectedReturn, returnsUnderWay } from '../activities/recalls/returns-under-way.ts';
import { recallWorkflowId } from '../workflows/recall/messages.ts';
import { returns } from './tell-return.ts';

/** So many returns are told at once. */
const AT_ONCE = 20;

/** Tells each return under way that has stopped goods; told again, it takes it once. */
export async function stopReturns(
  pool: Pool,
  { recall, scopeVersion }: Parameters<Recalls['stopReturns']>[0],
): ReturnType<Recalls['stopReturns']> {
  const affected = await returnsUnderWay(pool, recall, 'stopped');
  await tellThem(recall, `stop_returns:${scopeVersion}`, affected, ({ goods }) => ({
    type: 'stop_goods',
    recall,
    goods,
  }));
  return { type: 'returns_stopped', returns: affected.length };
}

/** Tells each return under way whose goods a recall had stopped in error that they may go their way. */
export async function releaseReturns(
  pool: Pool,
  { recall }: Parameters<Recalls['releaseReturns']>[0],
): ReturnType<Recalls['releaseReturns']> {
  const affected = await returnsUnderWay(pool, recall, 'lifted');
  await tellThem(recall, 'release_returns', affected, () => ({ type: 'release_goods', recall }));
  return { type: 'returns_released', returns: affected.length };
}

type Told = Parameters<typeof returns.tellReturn>[0]['message']['command'];

async function tellThem(
  recall: string,
  effect: string,
  affected: readonly AffectedReturn[],
  command: (affected: AffectedReturn) => Told,
): Promise<void> {
  const context = Context.current();
  const by = recallWorkflowId(recall);
  const commandId = `${by}:${effect}`;
  let next = 0;
  const tellInTurn = async () => {
    for (let its = affected[next++]; its !== undefined; its = affected[next++]) {
      await returns.tellReturn({ rma: its.rma, message: { commandId, by, command: command(its) } });
      context.heartbeat();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, tellInTurn));
}
