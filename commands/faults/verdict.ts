import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { checkLedgers } from '../../activities/journal/ledgers.ts';
import { rebuildAll } from '../../activities/journal/rebuild.ts';
import { returnWorkflowId } from '../../workflows/return/messages.ts';
import type { World } from './world.ts';

/** What came of one run. */
export type Verdict = {
  readonly fault: string;
  readonly returns: number;
  readonly closed: number;
  readonly labelsMissing: number;
  readonly labelsDoubled: number;
  readonly pickupsMissing: number;
  readonly pickupsDoubled: number;
  readonly refundsMissing: number;
  readonly refundsDoubled: number;
  /** Returns whose refund at the provider differs from what the engine settled. */
  readonly refundsWrong: number;
  readonly webhooksLeft: number;
  readonly taskFailures: number;
  /** Told, and not held against the run: a message that comes while a return closes is Temporal's reason to ask again. */
  readonly tasksRepeated: number;
  /** Told likewise: tasks whose worker went away are started again. */
  readonly taskTimeouts: number;
  readonly ledgersBalanced: boolean;
  readonly rebuildEquals: boolean;
  readonly seconds: number;
  readonly problems: readonly string[];
};

/** Whether a run shows what it has to. */
export function holds(verdict: Verdict): boolean {
  const { returns, closed, problems, ledgersBalanced, rebuildEquals } = verdict;
  const wrong =
    verdict.labelsMissing +
    verdict.labelsDoubled +
    verdict.pickupsMissing +
    verdict.pickupsDoubled +
    verdict.refundsMissing +
    verdict.refundsDoubled +
    verdict.refundsWrong +
    verdict.webhooksLeft +
    verdict.taskFailures;
  return closed === returns && ledgersBalanced && rebuildEquals && wrong === 0 && problems.length === 0;
}

const QUIET_WITHIN_MS = 90_000;

/** Waits until nothing is on its way any more: webhooks delivered and taken in, runs ended. */
export async function settled({ sandbox, pool, histories }: World, run: string): Promise<void> {
  const end = Date.now() + QUIET_WITHIN_MS;
  await sandbox.delivered(QUIET_WITHIN_MS);
  for (; Date.now() < end; await sleep(500)) {
    const { rows } = await pool.query<{ open: number }>(
      'SELECT count(*)::int AS open FROM inbox WHERE processed_at IS NULL AND dead_at IS NULL',
    );
    if (rows[0]?.open !== 0) continue;
    const processes = (await returnsOf(pool, run)).map(({ rma }) => returnWorkflowId(rma));
    if ((await histories.unfinished(processes)).length === 0) return;
  }
}

type Row = { readonly rma: string; readonly method: string; readonly closed: boolean; readonly settled: number };

async function returnsOf(pool: pg.Pool, run: string): Promise<readonly Row[]> {
  const { rows } = await pool.query<Row>(
    `SELECT rma, method, goods = 'closed' AND closed_at IS NOT NULL AS closed, settled::int
     FROM returns WHERE order_id LIKE $1 || '-%' ORDER BY rma`,
    [run],
  );
  return rows;
}

/** Compares what the providers, the journal's tables and Temporal say of a run's returns. */
export async function verdictOn(
  { pool, sandbox, histories }: World,
  run: string,
  fault: string,
  count: number,
): Promise<Omit<Verdict, 'seconds'>> {
  const rows = await returnsOf(pool, run);
  const books = await sandbox.books();
  const labels = tally(books.labels, ({ bought }) => bought);
  const pickups = tally(books.pickups, ({ booked }) => booked);
  const refunds = tally(books.refunds, ({ count: made, failed }) => made - failed);
  const paid = tally(books.refunds, ({ amount }) => amount);
  const pickedUp = rows.filter(({ method }) => method === 'pickup');
  const missing = (effects: Tally, of: readonly Row[]) => of.filter(({ rma }) => !effects.has(rma)).length;
  const doubled = (effects: Tally) => rows.filter(({ rma }) => (effects.get(rma) ?? 0) > 1).length;
  const processes = rows.map(({ rma }) => returnWorkflowId(rma));
  const { failures, repeated, timeouts } = await histories.count(processes);
  const ledgers = await checkLedgers(pool);
  const rebuild = await rebuildAll(pool);
  const problems = [
    ...failures.map((failure) => `task failed: ${failure}`),
    ...(await histories.unfinished(processes)).map((process) => `not ended: ${process}`),
    ...ledgers.disagreements.map(({ subject, what }) => `ledger of ${subject}: ${what}`),
    ...rebuild.differences.map(({ table, side, row }) => `only ${side} in ${table}: ${JSON.stringify(row)}`),
  ];
  if (rows.length !== count) problems.push(`${rows.length} returns are in the read model`);
  return {
    fault,
    returns: count,
    closed: rows.filter(({ closed }) => closed).length,
    labelsMissing: missing(labels, rows),
    labelsDoubled: doubled(labels),
    pickupsMissing: missing(pickups, pickedUp),
    pickupsDoubled: doubled(pickups),
    refundsMissing: missing(refunds, rows),
    refundsDoubled: doubled(refunds),
    refundsWrong: rows.filter(({ rma, settled }) => (paid.get(rma) ?? 0) !== settled).length,
    webhooksLeft: await sandbox.delivered(0),
    taskFailures: failures.length,
    tasksRepeated: repeated,
    taskTimeouts: timeouts,
    ledgersBalanced: ledgers.balanced,
    rebuildEquals: rebuild.differences.length === 0,
    problems,
  };
}

type Tally = ReadonlyMap<string, number>;

/** Sums by return what stands under its references, `RMA:label:P1` and the like. */
function tally<Entry>(entries: Readonly<Record<string, Entry>>, standing: (entry: Entry) => number): Tally {
  const sums = new Map<string, number>();
  for (const [reference, entry] of Object.entries(entries)) {
    const rma = reference.split(':')[0] ?? reference;
    sums.set(rma, (sums.get(rma) ?? 0) + standing(entry));
  }
  return sums;
}
