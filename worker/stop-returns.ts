import { Context } from '@temporalio/activity';
import type { Pool } from 'pg';
import type { Recalls } from '../activities/recalls/port.ts';
import { returnsKeeping, returnsUnderWay, returnsWithoutStock } from '../activities/recalls/returns-under-way.ts';
import type { Told } from '../domain/execution/telling.ts';
import { recallWorkflowId } from '../workflows/recall/messages.ts';
import { returns } from './tell-return.ts';

/** So many returns are told at once. */
const AT_ONCE = 20;

/**
 * Tells each return under way that has stopped goods, and then those whose buyers are to get goods that are stopped; told again, it
 * takes it once.
 *
 * @throws where a return is just asking for such goods: to be tried again
 */
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
  const kept = await returnsKeeping(pool, recall);
  const told = await tellThem(recall, `stop_stock:${scopeVersion}`, kept, () => ({ type: 'stop_stock', recall }));
  if (told.includes('refused')) throw new Error('a return is asking for goods that were stopped');
  return { type: 'returns_stopped', returns: affected.length };
}

/** Tells each return under way whose goods a recall had stopped in error that they may go their way. */
export async function releaseReturns(
  pool: Pool,
  { recall }: Parameters<Recalls['releaseReturns']>[0],
): ReturnType<Recalls['releaseReturns']> {
  const affected = await returnsUnderWay(pool, recall, 'lifted');
  const known = new Set(affected.map(({ rma }) => rma));
  const waiting = (await returnsWithoutStock(pool, recall)).filter(({ rma }) => !known.has(rma));
  await tellThem(recall, 'release_returns', [...affected, ...waiting], () => ({ type: 'release_goods', recall }));
  return { type: 'returns_released', returns: affected.length };
}

type Command = Parameters<typeof returns.tellReturn>[0]['message']['command'];

async function tellThem<A extends { readonly rma: string }>(
  recall: string,
  effect: string,
  affected: readonly A[],
  command: (affected: A) => Command,
): Promise<readonly Told['type'][]> {
  const context = Context.current();
  const by = recallWorkflowId(recall);
  const commandId = `${by}:${effect}`;
  const answers: Told['type'][] = [];
  let next = 0;
  const tellInTurn = async () => {
    for (let its = affected[next++]; its !== undefined; its = affected[next++]) {
      const { type } = await returns.tellReturn({ rma: its.rma, message: { commandId, by, command: command(its) } });
      answers.push(type);
      context.heartbeat();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, tellInTurn));
  return answers;
}
