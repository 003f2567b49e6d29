import { Context } from '@temporalio/activity';
import { isGrpcServiceError, ServiceError } from '@temporalio/client';
import type { Pool } from 'pg';
import { executionsUnderWay } from '../activities/recalls/executions-under-way.ts';
import type { Recalls } from '../activities/recalls/port.ts';
import { returnsKeeping, returnsUnderWay, returnsWithoutStock } from '../activities/recalls/returns-under-way.ts';
import { transfersKeeping, transfersUnderWay } from '../activities/recalls/transfers-under-way.ts';
import type { Unreached } from '../domain/recall/events.ts';
import { recallWorkflowId } from '../workflows/recall/messages.ts';
import { tellEach } from './tell-each.ts';
import { tellExecution } from './tell-execution.ts';
import { returns } from './tell-return.ts';
import { tellTransfer } from './tell-transfer.ts';

/** So many are told at once. */
const AT_ONCE = 20;
/** Who doesn't answer is tried so often, for some three minutes: an update that is answered late is found answered. */
const PAUSES_MS = [5_000, 20_000, 60_000, 60_000];
/** A person is told that many by their numbers. */
const MOST_NAMED = 20;

/** A return, an execution or a transfer, and what it is told. */
type Addressee = { readonly number: string; readonly tell: () => Promise<unknown> };

/** That a return or a transfer is just asking for goods that were stopped: it is told once it has its answer. */
class IsAsking extends Error {
  override readonly name = 'IsAsking';
}

/**
 * Tells whoever has goods under way that a recall has stopped: returns, then executions, which from then on get none from these, then
 * transfers, then returns whose buyers are to get such goods and transfers that no goods are left for. Told again, each takes it once. Who is halted holds up nobody, and is left to a person.
 *
 * @throws where a return is just asking for such goods: to be tried again
 */
export async function stopReturns(
  pool: Pool,
  { recall, scopeVersion }: Parameters<Recalls['stopReturns']>[0],
): ReturnType<Recalls['stopReturns']> {
  const by = recallWorkflowId(recall);
  const ofScope = (effect: string) => ({ by, commandId: `${by}:${effect}:${scopeVersion}` });
  const stopped = ofScope('stop_returns');
  const stopStock = { ...ofScope('stop_stock'), command: { type: 'stop_stock', recall } } as const;
  const affected = async () =>
    (await returnsUnderWay(pool, recall, 'stopped')).map(({ rma, goods }) => ({
      number: rma,
      tell: () => returns.tellReturn({ rma, message: { ...stopped, command: { type: 'stop_goods', recall, goods } } }),
    }));
  const executions = async () =>
    (await executionsUnderWay(pool, recall, 'stopped')).map(({ kind, number, items }) => ({
      number,
      tell: () => tellExecution(kind, number, { ...stopped, command: { type: 'stop_goods', recall, items } }),
    }));
  const keeping = async () =>
    (await returnsKeeping(pool, recall)).map(({ rma }) => ({
      number: rma,
      tell: async () => {
        const { type } = await returns.tellReturn({ rma, message: stopStock });
        if (type === 'refused') throw new IsAsking(`${rma} is asking for goods that were stopped`);
      },
    }));
  const transfers = async () =>
    (await transfersUnderWay(pool, recall, 'stopped')).map(({ number, goods }) => ({
      number,
      tell: () => tellTransfer(number, { ...stopped, command: { type: 'stop_goods', recall, goods } }),
    }));
  const transfersWithout = async () =>
    (await transfersKeeping(pool, recall)).map((number) => ({
      number,
      tell: async () => {
        const { type } = await tellTransfer(number, stopStock);
        if (type === 'refused') throw new IsAsking(`${number} is asking for goods that were stopped`);
      },
    }));
  const groups = [affected, executions, transfers, keeping, transfersWithout] as const;
  return { type: 'returns_stopped', ...(await tellThem(groups)) };
}

/** Tells all of them whose goods a recall had stopped in error that these may go their way. */
export async function releaseReturns(
  pool: Pool,
  { recall }: Parameters<Recalls['releaseReturns']>[0],
): ReturnType<Recalls['releaseReturns']> {
  const by = recallWorkflowId(recall);
  const message = { by, commandId: `${by}:release_returns`, command: { type: 'release_goods', recall } } as const;
  const released = ({ rma }: { readonly rma: string }) => ({
    number: rma,
    tell: () => returns.tellReturn({ rma, message }),
  });
  const affected = async () => (await returnsUnderWay(pool, recall, 'lifted')).map(released);
  const waiting = async () => {
    const known = new Set((await returnsUnderWay(pool, recall, 'lifted')).map(({ rma }) => rma));
    return (await returnsWithoutStock(pool, recall)).filter(({ rma }) => !known.has(rma)).map(released);
  };
  const executions = async () =>
    (await executionsUnderWay(pool, recall, 'lifted')).map(({ kind, number }) => ({
      number,
      tell: () => tellExecution(kind, number, message),
    }));
  const transfers = async () =>
    (await transfersUnderWay(pool, recall, 'lifted')).map(({ number }) => ({
      number,
      tell: () => tellTransfer(number, message),
    }));
  return { type: 'returns_released', ...(await tellThem([affected, waiting, executions, transfers])) };
}

/**
 * Tells each group after the one before it.
 * @param groups the first is counted
 * @throws where Temporal or the database is away, or one is asking: that passes by itself
 */
async function tellThem(
  groups: readonly [() => Promise<readonly Addressee[]>, ...(() => Promise<readonly Addressee[]>)[]],
): Promise<Unreached & { readonly returns: number }> {
  const context = Context.current();
  const { told, untold } = await tellEach(groups, {
    tell: ({ tell }) => tell(),
    atOnce: AT_ONCE,
    pausesMs: PAUSES_MS,
    beat: () => context.heartbeat(),
  });
  const returns = told[0] ?? 0;
  if (untold.length === 0) return { returns };
  const passing = untold.find(({ error }) => error instanceof IsAsking || isAway(error));
  if (passing !== undefined) throw passing.error;
  const open = new Set((await Promise.all(groups.map((group) => group()))).flat().map(({ number }) => number));
  const left = untold.flatMap(({ one: { number } }) => (open.has(number) ? [number] : []));
  const unreached = { count: left.length, first: left.slice(0, MOST_NAMED) };
  return { returns, ...(left.length === 0 ? {} : { unreached }) };
}

/** Whether there was nobody to bring an update to its process. */
function isAway(error: unknown): boolean {
  const cause = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(cause) && cause.code === UNAVAILABLE;
}

const UNAVAILABLE = 14;
