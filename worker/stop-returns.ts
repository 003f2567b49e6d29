import { Context } from '@temporalio/activity';
import type { Pool } from 'pg';
import { executionsUnderWay } from '../activities/recalls/executions-under-way.ts';
import type { Recalls } from '../activities/recalls/port.ts';
import { returnsKeeping, returnsUnderWay, returnsWithoutStock } from '../activities/recalls/returns-under-way.ts';
import type { Told } from '../domain/execution/telling.ts';
import { recallWorkflowId } from '../workflows/recall/messages.ts';
import { tellExecution } from './tell-execution.ts';
import { returns } from './tell-return.ts';

/** So many are told at once. */
const AT_ONCE = 20;

/**
 * Tells whoever has goods under way that a recall has stopped: returns, then executions, which from then on get none from these, then
 * returns whose buyers are to get such goods. Told again, each takes it once.
 *
 * @throws where a return is just asking for such goods: to be tried again
 */
export async function stopReturns(
  pool: Pool,
  { recall, scopeVersion }: Parameters<Recalls['stopReturns']>[0],
): ReturnType<Recalls['stopReturns']> {
  const by = recallWorkflowId(recall);
  const ofScope = (effect: string) => ({ by, commandId: `${by}:${effect}:${scopeVersion}` });
  const affected = await returnsUnderWay(pool, recall, 'stopped');
  await inTurn(affected, ({ rma, goods }) =>
    returns.tellReturn({
      rma,
      message: { ...ofScope('stop_returns'), command: { type: 'stop_goods', recall, goods } },
    }),
  );
  await inTurn(await executionsUnderWay(pool, recall, 'stopped'), ({ kind, number, items }) =>
    tellExecution(kind, number, { ...ofScope('stop_returns'), command: { type: 'stop_goods', recall, items } }),
  );
  const told = await inTurn(await returnsKeeping(pool, recall), ({ rma }) =>
    returns.tellReturn({ rma, message: { ...ofScope('stop_stock'), command: { type: 'stop_stock', recall } } }),
  );
  if (told.some(({ type }) => type === 'refused')) throw new Error('a return is asking for goods that were stopped');
  return { type: 'returns_stopped', returns: affected.length };
}

/** Tells all of them whose goods a recall had stopped in error that these may go their way. */
export async function releaseReturns(
  pool: Pool,
  { recall }: Parameters<Recalls['releaseReturns']>[0],
): ReturnType<Recalls['releaseReturns']> {
  const affected = await returnsUnderWay(pool, recall, 'lifted');
  const known = new Set(affected.map(({ rma }) => rma));
  const waiting = (await returnsWithoutStock(pool, recall)).filter(({ rma }) => !known.has(rma));
  const by = recallWorkflowId(recall);
  const message = { by, commandId: `${by}:release_returns`, command: { type: 'release_goods', recall } } as const;
  await inTurn([...affected, ...waiting], ({ rma }) => returns.tellReturn({ rma, message }));
  await inTurn(await executionsUnderWay(pool, recall, 'lifted'), ({ kind, number }) =>
    tellExecution(kind, number, message),
  );
  return { type: 'returns_released', returns: affected.length };
}

/** Tells all of them, some at once. */
async function inTurn<A>(all: readonly A[], tell: (one: A) => Promise<Told>): Promise<readonly Told[]> {
  const context = Context.current();
  const answers: Told[] = [];
  let next = 0;
  const tellNext = async () => {
    for (let one = all[next++]; one !== undefined; one = all[next++]) {
      answers.push(await tell(one));
      context.heartbeat();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, tellNext));
  return answers;
}
