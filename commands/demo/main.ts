import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfig } from '../../config/config.ts';
import { runCommand } from '../../local/command.ts';
import { environmentOfRunning } from '../../local/running.ts';
import { startStack } from '../../local/stack.ts';
import { allScenarios } from './all-scenarios.ts';
import { showRecall } from './recall.ts';
import type { Scenario } from './scenario.ts';
import { scenarios } from './scenarios.ts';
import { showAll, showEach } from './show.ts';
import { type Running, type Stage, withStage } from './stage.ts';

const listed = (some: readonly Scenario[]) => some.map(({ name }) => name).join(', ');

const HELP = `npm run demo [-- [all | recall] OPTIONS]

Walks returns through their life over HTTP, a line a stage: one through every stage, one that expires and arrives late,
one with a failed pickup, one in two parcels with a damaged item. With "all" also a return of each program, an item that
goes each way, and what goes wrong; one that fails is told and the others go on. Uses the stack that npm start runs, or
starts its own and stops it again. Ends with one line of JSON, and with exit code 1 unless all of them held.

  recall          a recall instead: from an authority's record to a report that adds up
  all             ${allScenarios.length} stories instead of ${scenarios.length}: at most three minutes
  --own           start an own stack even if one runs
  --only NAME     just one of: ${listed(scenarios)};
                  of all: ${listed(allScenarios.filter((each) => !scenarios.includes(each)))}
`;

await runCommand(HELP, async () => {
  const { values, positionals } = parseArgs({
    options: { own: { type: 'boolean', default: false }, only: { type: 'string' } },
    allowPositionals: true,
  });
  const asked = positionals.join(' ');
  const isAll = asked === 'all';
  if (asked !== '' && asked !== 'recall' && !isAll) {
    throw new Error(`There is no demo "${asked}": say all, recall, or nothing.`);
  }
  const known = isAll || values.only !== undefined ? allScenarios : scenarios;
  const chosen = known.filter(({ name }) => values.only === undefined || name === values.only);
  if (chosen.length === 0) throw new Error(`--only takes one of: ${listed(allScenarios)}.`);
  const showReturns = isAll ? showAll : showEach;
  const tell = (stage: Stage) => (asked === 'recall' ? showRecall(stage) : showReturns(stage, chosen));
  const running = values.own ? null : await findRunning();
  if (running !== null) return await withStage(running, tell);
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
    await withStage(parts, tell);
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
