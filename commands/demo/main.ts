import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfig } from '../../config/config.ts';
import { runCommand } from '../../local/command.ts';
import { environmentOfRunning } from '../../local/running.ts';
import { sandboxHand } from '../../local/sandbox/hand.ts';
import { startStack } from '../../local/stack.ts';
import { openPool, openPrisma } from '../../prisma/client.ts';
import { createClient } from '../faults/client.ts';
import { Guide } from './guide.ts';
import { scenarios } from './scenarios.ts';
import { prepareShop, sell } from './shop.ts';

const HELP = `npm run demo [-- OPTIONS]

Walks returns through their life over HTTP, a line a stage: one through every stage, one that expires and arrives late,
one with a failed pickup, one in two parcels with a damaged item. Uses the stack that npm start runs, or starts its own
and stops it again. Ends with one line of JSON.

  --own           start an own stack even if one runs
  --only NAME     just one of: ${scenarios.map(({ name }) => name).join(', ')}
`;

type Running = { readonly api: string; readonly key: string; readonly database: string; readonly sandbox: string };

await runCommand(HELP, async () => {
  const { values } = parseArgs({ options: { own: { type: 'boolean', default: false }, only: { type: 'string' } } });
  const chosen = scenarios.filter(({ name }) => values.only === undefined || name === values.only);
  if (chosen.length === 0) throw new Error(`--only takes one of: ${scenarios.map(({ name }) => name).join(', ')}.`);
  const running = values.own ? null : await findRunning();
  if (running !== null) return await show(running, chosen);
  console.error(
    'No stack runs, so this one stops at the end, and its links with it. With "npm start" in another terminal they stay.',
  );
  const folder = await mkdtemp(join(tmpdir(), 'homeward-demo-'));
  const stack = await startStack({
    dataDir: folder,
    freePorts: true,
    env: { LOG_LEVEL: 'warn' },
    log: (line) => console.error(line),
  });
  try {
    const { config } = stack;
    const key = (await readFile(join(folder, 'api-key'), 'utf8')).trim();
    const parts = { api: config.api.publicUrl, key, database: config.database.url, sandbox: stack.sandboxUrl };
    await show(parts, chosen);
  } finally {
    await stack.stop();
    await rm(folder, { recursive: true, force: true });
  }
});

/** The stack of npm start, where its API is ready and its first key is at hand. */
async function findRunning(): Promise<Running | null> {
  const config = loadConfig(await environmentOfRunning());
  const keyFile = join(config.dataDir, 'api-key');
  if (!existsSync(keyFile)) return null;
  const ready = await fetch(`${config.api.publicUrl}/readyz`, { signal: AbortSignal.timeout(3_000) }).catch(() => null);
  if (ready?.ok !== true) return null;
  const key = (await readFile(keyFile, 'utf8')).trim();
  return { api: config.api.publicUrl, key, database: config.database.url, sandbox: config.stripe.baseUrl };
}

async function show(running: Running, chosen: typeof scenarios): Promise<void> {
  const { database } = loadConfig({ ...process.env, DATABASE_URL: running.database });
  const pool = openPool(database);
  const api = createClient(running.api, running.key, 60_000, AbortSignal.timeout(3_600_000));
  const outside = sandboxHand(running.sandbox);
  const returns: Record<string, unknown>[] = [];
  try {
    const db = openPrisma(pool);
    await prepareShop(db);
    for (const scenario of chosen) {
      console.log(`\n${scenario.title}`);
      const order = `DEMO-${Date.now().toString(36).toUpperCase()}`;
      await sell(db, outside, order, scenario.policy);
      const guide = new Guide(api, (line) => console.log(`  ${line}`));
      const its = await scenario.run(guide, order, outside);
      console.log('  timeline');
      for (const { at, sentence } of its.timeline) console.log(`    ${at.slice(11, 23)}  ${sentence}`);
      console.log(`  In the Temporal UI: ${its.links.temporal}`);
      const holds = scenario.holds(its);
      if (!holds) process.exitCode = 1;
      returns.push({ name: scenario.name, rma: its.rma, ...its.status, settled: its.settled.amount, holds });
    }
  } finally {
    await pool.end();
  }
  console.log(`\n${JSON.stringify({ returns, allHold: returns.every(({ holds }) => holds === true) })}`);
}
