import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkLedgers } from '../../activities/journal/ledgers.ts';
import { runCommand } from '../../local/command.ts';
import { sandboxHand } from '../../local/sandbox/hand.ts';
import { startStack } from '../../local/stack.ts';
import { openPool, openPrisma } from '../../prisma/client.ts';
import { apiClient } from '../import/client.ts';
import { audit, expectedRows } from './audit.ts';
import { disagreements, readEvidence, tableOf } from './evidence.ts';
import { customersOf, filesOf, takeOrders, takeReturns, type World } from './replay.ts';

const HELP = `npm run replay:online-retail -- FOLDER [OPTIONS]

Replays a folder of the UCI Online Retail records through the engine, on a stack of its own: the orders come in, each with
its payment; then every line of the credit documents (invoices that start with C) in the order of their dates. A line
ends as a return that ran to its closing, or in the people's queue with the reason. Parcels and bench are played over
the sandbox and the API; the engine is the real one.

FOLDER has orders.csv(.gz) and returns.csv(.gz), and may have earlier_orders, earlier_returns (what those refer to) and
link_evidence.csv (a heuristic to compare with; where it says otherwise, a table on standard error tells why).
Progress goes to standard error; the last line on standard output is JSON. Exits with 1 where a line was lost or doubled,
money moved that no line asked for, a ledger doesn't balance, or less than 90 % of the lines that the heuristic calls
uniquely matched were closed.

  --limit N     only the first N returned lines, and the orders of their customers
  --open N      returns under way at once (default 32)
  --data DIR    keep the stack's data there (default: a temporary folder, removed at the end); the same folder again
                takes up only what it doesn't have
`;

const LEAST_SHARE = 0.9;

await runCommand(HELP, async (args) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { limit: { type: 'string' }, open: { type: 'string', default: '32' }, data: { type: 'string' } },
  });
  const [folder, ...rest] = positionals;
  if (folder === undefined || rest.length > 0) {
    throw new Error('Say which folder: npm run replay:online-retail -- FOLDER (--help tells more).');
  }
  const limit = values.limit === undefined ? Number.POSITIVE_INFINITY : above0('--limit', values.limit);
  const open = above0('--open', values.open);
  // Before anything is started, so that a wrong folder is told at once.
  filesOf(folder);
  const dataDir = values.data ?? (await mkdtemp(join(tmpdir(), 'homeward-replay-')));
  try {
    await onOwnStack(dataDir, async (world) => {
      if (!(await replay(world, folder, limit, open))) process.exitCode = 1;
    });
  } finally {
    if (values.data === undefined) await rm(dataDir, { recursive: true, force: true });
  }
});

function above0(option: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new Error(`${option} takes a whole number from 1 up.`);
  return number;
}

async function onOwnStack(dataDir: string, work: (world: World) => Promise<void>): Promise<void> {
  const begin = performance.now();
  const log = (line: string) => {
    console.error(`${((performance.now() - begin) / 1_000).toFixed(1).padStart(7)} s  ${line}`);
  };
  // One client stands for all customers, the carrier's driver and the bench.
  const env = { LOG_LEVEL: 'warn', API_REQUESTS_PER_MINUTE: '1000000' };
  const stack = await startStack({ dataDir, freePorts: true, env, log });
  const pool = openPool({ ...stack.config.database, statementTimeoutMs: 120_000 });
  const db = openPrisma(pool);
  try {
    const key = (await readFile(join(stack.config.dataDir, 'api-key'), 'utf8')).trim();
    await work({
      client: apiClient(stack.config.api.publicUrl, key),
      db,
      pool,
      sandbox: sandboxHand(stack.sandboxUrl),
      log,
    });
  } finally {
    await db.$disconnect();
    await pool.end();
    await stack.stop();
  }
}

async function replay(world: World, folder: string, limit: number, open: number): Promise<boolean> {
  const { pool, sandbox, log } = world;
  const files = filesOf(folder);
  const memory = watchMemory();

  const ordersBegin = performance.now();
  const customers = Number.isFinite(limit) ? await customersOf(files.returns, limit) : null;
  const taken = await takeOrders(
    world,
    files.orders,
    ({ values }) => customers === null || customers.has(values?.['CustomerID'] ?? ''),
  );
  const orderSeconds = secondsSince(ordersBegin);
  const importMiB = memory.peak();
  log(`${taken.orders} orders (${taken.rows} rows) in ${orderSeconds} s; left out: ${JSON.stringify(taken.leftOut)}`);

  if (files.before !== null) {
    const before = await takeReturns(world, files.before, { limit: Number.POSITIVE_INFINITY, open });
    log(`${before.admissions.size} lines of earlier returns taken up first: ${before.returns} returns closed`);
    for (const line of before.stuck) log(`stuck: ${line}`);
  }
  const returnsBegin = performance.now();
  const { admissions, returns, stuck } = await takeReturns(world, files.returns, { limit, open });
  const returnSeconds = secondsSince(returnsBegin);
  for (const line of stuck) log(`stuck: ${line}`);

  const rows = await expectedRows(files.returns, limit);
  const earlier = files.before === null ? [] : await expectedRows(files.before, Number.POSITIVE_INFINITY);
  const counted = await audit(pool, sandbox, rows, earlier);
  const ledgers = await checkLedgers(pool);
  for (const { subject, what } of ledgers.disagreements) log(`ledger: ${subject}: ${what}`);
  memory.stop();

  const evidence = (await readEvidence(folder, limit)) ?? [];
  const found = disagreements(evidence, admissions);
  if (found.length > 0) console.error(`\nOther than the heuristic:\n${tableOf(found)}\n`);
  const unique = evidence.filter(({ label }) => label === 'matched_unique');
  const uniqueClosed = unique.filter(({ row }) => counted.closed.has(row)).length;

  const { expected, made, unasked } = counted.refunds;
  const result = {
    lines: rows.length,
    closed: counted.closed.size,
    queued: counted.queued,
    lost: counted.lost,
    doubled: counted.doubled,
    ledgersBalanced: ledgers.balanced,
    open: counted.open,
    uniquelyMatched: { lines: unique.length, closed: uniqueClosed },
    disagreements: found.length,
    refunds: { expected, made, unasked },
    orders: { ...taken, seconds: orderSeconds, perSecond: rate(taken.orders, orderSeconds), peakMiB: importMiB },
    returns: {
      returns,
      seconds: returnSeconds,
      perSecond: rate(returns, returnSeconds),
      open,
      peakMiB: memory.peak(),
    },
  };
  console.log(JSON.stringify(result));
  return (
    counted.lost === 0 &&
    counted.doubled === 0 &&
    unasked === 0 &&
    made === expected &&
    ledgers.balanced &&
    uniqueClosed >= LEAST_SHARE * unique.length
  );
}

function secondsSince(begin: number): number {
  return Math.round((performance.now() - begin) / 100) / 10;
}

function rate(count: number, seconds: number): number {
  return Math.round((10 * count) / Math.max(seconds, 0.1)) / 10;
}

/** The most memory that this process has held so far. */
function watchMemory(): { peak: () => number; stop: () => void } {
  let most = 0;
  const look = () => {
    most = Math.max(most, process.memoryUsage.rss());
  };
  const timer = setInterval(look, 200);
  return {
    peak: () => {
      look();
      return Math.round(most / 2 ** 20);
    },
    stop: () => clearInterval(timer),
  };
}
