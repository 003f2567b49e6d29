import { rmSync } from 'node:fs';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Connection, Client as TemporalClient } from '@temporalio/client';
import { runCommand } from '../../local/command.ts';
import { sandboxHand } from '../../local/sandbox/hand.ts';
import { startStack } from '../../local/stack.ts';
import { openPool, openPrisma } from '../../prisma/client.ts';
import { createClient } from './client.ts';
import { readHistories } from './histories.ts';
import { prepareShop } from './orders.ts';
import { runFault } from './run.ts';
import { type Fault, faults } from './strikes.ts';
import { holds, type Verdict } from './verdict.ts';

const HELP = `npm run faults [-- OPTIONS]

Brings returns from their request to their closing over HTTP, on a stack of its own, while things break: one run a
fault, with all returns in flight when it strikes. After each run every return must be closed, with exactly one label,
pickup and refund in the providers' own books, ledgers that balance, a read model that equals its rebuild, and no failed
workflow task. Progress goes to standard error; the last line on standard output is JSON.

  --returns N     returns in each run (default 200)
  --fault NAME    only this fault; may be given several times
  --data DIR      keep the stack's data there (default: a temporary folder, removed at the end)

Faults:
${faults.map(({ name, about }) => `  ${name.padEnd(24)} ${about}`).join('\n')}
`;

/** Longer than any fault on a slow machine; what isn't done by then hangs. */
const PATIENCE_MS = 600_000;

await runCommand(HELP, async () => {
  const { values } = parseArgs({
    options: {
      returns: { type: 'string', default: '200' },
      fault: { type: 'string', multiple: true, default: [] },
      data: { type: 'string' },
    },
  });
  const count = Number(values.returns);
  if (!Number.isInteger(count) || count < 1) throw new Error('--returns takes a whole number from 1 up.');
  const chosen =
    values.fault.length === 0 ? faults.filter(({ name }) => name !== 'none') : values.fault.map(faultNamed);
  const dataDir = values.data ?? (await mkdtemp(join(tmpdir(), 'homeward-faults-')));
  if (values.data === undefined) process.once('exit', () => rmSync(dataDir, { recursive: true, force: true }));
  // The stack's processes end with this one.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
  const runs = await runAll(dataDir, chosen, count);
  console.log(JSON.stringify({ runs: runs.map(({ problems, ...figures }) => figures) }));
  if (!runs.every(holds)) process.exitCode = 1;
});

function faultNamed(name: string): Fault {
  const found = faults.find((fault) => fault.name === name);
  if (found === undefined) throw new Error(`There is no fault "${name}"; --help lists them.`);
  return found;
}

async function runAll(dataDir: string, chosen: readonly Fault[], count: number): Promise<readonly Verdict[]> {
  const begin = performance.now();
  const log = (line: string) => {
    console.error(`${((performance.now() - begin) / 1_000).toFixed(1).padStart(7)} s  ${line}`);
  };
  // One client stands for all the shop's staff and buyers.
  const env = { LOG_LEVEL: 'warn', API_REQUESTS_PER_MINUTE: '1000000' };
  const stack = await startStack({ dataDir, freePorts: true, env, log });
  const connection = await Connection.connect({ address: stack.config.temporal.address });
  const pool = openPool({ ...stack.config.database, statementTimeoutMs: 120_000 });
  const db = openPrisma(pool);
  const stop = new AbortController();
  try {
    await prepareShop(db);
    const key = (await readFile(join(stack.config.dataDir, 'api-key'), 'utf8')).trim();
    const { namespace } = stack.config.temporal;
    const world = {
      stack,
      pool,
      db,
      log,
      client: createClient(stack.config.api.publicUrl, key, PATIENCE_MS, stop.signal),
      sandbox: sandboxHand(stack.sandboxUrl),
      histories: readHistories(new TemporalClient({ connection, namespace })),
    };
    const runs: Verdict[] = [];
    for (const fault of chosen) {
      log(`── ${fault.name}: ${fault.about}`);
      const verdict = await runFault(world, fault, count, `F${runs.length + 1}-${Date.now().toString(36)}`);
      log(
        `${holds(verdict) ? 'holds' : 'DOES NOT HOLD'}: ${verdict.closed} of ${count} closed in ${verdict.seconds} s`,
      );
      runs.push(verdict);
    }
    return runs;
  } finally {
    stop.abort();
    await db.$disconnect();
    await pool.end();
    await connection.close();
    await stack.stop();
  }
}
