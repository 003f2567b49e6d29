import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { loadConfig } from '../config/config.ts';
import { loadSampleData } from '../prisma/sample-data.ts';
import { runCommand } from './command.ts';
import type { Part } from './part.ts';
import { makeSampleReturns } from './sample-returns.ts';
import { type Stack, startStack } from './stack.ts';

const HELP = `npm start [-- OPTIONS]

Starts everything on this machine and stays in the foreground: PostgreSQL, migrations, Temporal with its UI, sandbox
carrier and payments, the worker, the API, and sample orders the first time. Ctrl-C stops it all; the next start finds
everything where it was. .env.example lists the variables that change ports or use services of yours.

  --data DIR         keep the data there (default: HOMEWARD_DATA, else .homeward)
  --free-ports       take any free port for each part
  --workers N        run N worker processes (default 1)
  --no-sample-data   leave an empty database empty
`;

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** npm and the terminal may both pass on one Ctrl-C; a later one is meant. */
const SAME_SIGNAL_MS = 1_500;

async function start(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      'free-ports': { type: 'boolean', default: false },
      workers: { type: 'string', default: '1' },
      'no-sample-data': { type: 'boolean', default: false },
    },
  });
  const workers = Number(values.workers);
  if (!Number.isInteger(workers) || workers < 1) throw new Error('--workers takes a whole number from 1 up.');
  const dataDir = values.data ?? loadConfig().dataDir;
  const seconds = () => `${(performance.now() / 1_000).toFixed(1)} s`.padStart(7);
  const log = (line: string) => console.log(`${seconds()}  ${line}`);

  // Until all runs, the parts end by themselves when we do.
  const leave = () => process.exit(130);
  for (const signal of SIGNALS) process.once(signal, leave);
  const stack = await startStack({ dataDir, freePorts: values['free-ports'], workers, log });
  if (!values['no-sample-data'] && stack.postgres !== undefined) await sampleData(stack, log);
  await printAddresses(stack);
  for (const signal of SIGNALS) process.off(signal, leave);

  const stopping = new AbortController();
  const watched = stack.parts.map((part) => restartWhenItEnds(part, stopping.signal, log));
  await asked();
  log('Stopping (everything is kept)');
  stopping.abort();
  await stack.stop();
  await Promise.all(watched);
  log('Stopped');
}

/** Settles when we are asked to end. Asked once more, we end at once, and the parts with us. */
function asked(): Promise<void> {
  return new Promise((resolve) => {
    let first: number | undefined;
    for (const signal of SIGNALS) {
      process.on(signal, () => {
        first ??= performance.now();
        if (performance.now() - first > SAME_SIGNAL_MS) process.exit(130);
        resolve();
      });
    }
  });
}

async function restartWhenItEnds(part: Part, stopping: AbortSignal, log: (line: string) => void): Promise<void> {
  for (let pause = 500; ; pause = Math.min(pause * 2, 30_000)) {
    await part.ended();
    if (stopping.aborted) return;
    log(`${part.name} ended by itself; starting it again`);
    await sleep(pause, undefined, { signal: stopping }).catch(() => undefined);
    if (stopping.aborted) return;
    await part.start().catch((error: unknown) => log(error instanceof Error ? error.message : String(error)));
  }
}

async function sampleData({ config, sandboxUrl }: Stack, log: (line: string) => void): Promise<void> {
  const client = new pg.Client({ connectionString: config.database.url });
  await client.connect();
  const { rowCount } = await client.query('SELECT 1 FROM orders LIMIT 1').finally(() => client.end());
  if (rowCount !== 0) return;
  await loadSampleData({ databaseUrl: config.database.url, sandboxUrl });
  log('Sample orders are in');
  const keyFile = join(config.dataDir, 'api-key');
  if (!existsSync(keyFile)) return;
  const key = (await readFile(keyFile, 'utf8')).trim();
  const count = await makeSampleReturns({ apiUrl: config.api.publicUrl, key, sandboxUrl });
  log(`${count} sample returns are at different stages`);
}

async function printAddresses({ config, sandboxUrl }: Stack): Promise<void> {
  const near = relative(process.cwd(), config.dataDir) || '.';
  const folder = near.startsWith('..') ? config.dataDir : near;
  const keyFile = join(config.dataDir, 'api-key');
  const key = existsSync(keyFile)
    ? `${(await readFile(keyFile, 'utf8')).trim()} (admin; from ${folder}/api-key)`
    : 'yours';
  console.log(`
Homeward runs. Ctrl-C stops it, and the next start finds everything again.

  API            ${config.api.publicUrl}/v1
  API reference  ${config.api.publicUrl}/reference
  API key        ${key}
  Temporal UI    ${config.temporal.uiUrl}
  Sandbox        ${sandboxUrl}
  Logs           ${folder}/logs
`);
}

await runCommand(HELP, start);
