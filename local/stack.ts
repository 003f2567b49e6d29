import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Config, loadConfig } from '../config/config.ts';
import { migrate } from '../prisma/migrate.ts';
import { temporalCli } from './binaries/temporal-cli.ts';
import { takeDataFolder } from './data-folder.ts';
import { launch } from './owned-process.ts';
import { type Part, startPart } from './part.ts';
import { freePort, portForStart } from './ports.ts';
import { startPostgres } from './postgres.ts';
import { leaveAddresses, removeAddresses } from './running.ts';
import { prepareNamespace, startTemporal } from './temporal.ts';

export type StackOptions = {
  /** Where everything is kept; the same folder finds it all again. */
  readonly dataDir: string;
  /** Take any free port instead of the configured ones. */
  readonly freePorts?: boolean;
  /** How many worker processes; 1 by default. */
  readonly workers?: number;
  /** Without the API there are no webhooks either. */
  readonly api?: boolean;
  readonly sandbox?: boolean;
  /** Variables (as in `.env.example`) over those of the environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** More of Temporal's dynamic configuration, values as JSON. */
  readonly dynamicConfig?: Readonly<Record<string, string>>;
  /** Hears a line a step. */
  readonly log?: (line: string) => void;
};

/** Everything on one machine. A part that the environment names elsewhere (DATABASE_URL, TEMPORAL_ADDRESS) is undefined. */
export type Stack = {
  /** As the worker and the API see it: all addresses are real. */
  readonly config: Config;
  /** The variables that make `config`, for further processes. */
  readonly env: NodeJS.ProcessEnv;
  readonly sandboxUrl: string;
  readonly postgres: Part | undefined;
  readonly temporal: Part | undefined;
  readonly sandbox: Part | undefined;
  readonly workers: readonly Part[];
  readonly api: Part | undefined;
  /** All parts, in the order of their start. */
  readonly parts: readonly Part[];
  /** Stops all parts, last started first. */
  readonly stop: () => Promise<void>;
};

const ROOT = join(import.meta.dirname, '..');

/** Starts the stack: databases, migrations, Temporal, sandbox, workers, API. What fails stops what had started. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const parts: Part[] = [];
  const dataDir = resolve(options.dataDir);
  const letGo = await takeDataFolder(dataDir);
  const stop = async () => {
    await removeAddresses(dataDir);
    for (const part of parts.toReversed()) await part.stop();
    letGo();
  };
  try {
    const started = await startParts(options, (part) => parts.push(part));
    await leaveAddresses(dataDir, started.env);
    return { ...started, parts, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts(
  options: StackOptions,
  started: (part: Part) => void,
): Promise<Omit<Stack, 'parts' | 'stop'>> {
  const { log = () => undefined } = options;
  const dataDir = resolve(options.dataDir);
  await rm(join(dataDir, 'logs'), { recursive: true, force: true });
  await mkdir(join(dataDir, 'logs'), { recursive: true });
  let env: NodeJS.ProcessEnv = { ...process.env, ...options.env, HOMEWARD_DATA: dataDir };
  const given = loadConfig(env);
  const portOr = async (part: string, port: number, variable: string) =>
    options.freePorts === true ? freePort() : portForStart(part, port, variable);
  const keep = <P extends Part>(part: P): P => {
    started(part);
    return part;
  };

  const startDatabase = async () => {
    if (given.database.external) return undefined;
    const port = options.freePorts === true ? 0 : given.local.postgresPort;
    const postgres = keep(await startPostgres({ dataDir: join(dataDir, 'postgres'), port }));
    log(`PostgreSQL runs on port ${postgres.port}`);
    return postgres;
  };
  const startDurability = async () => {
    const { namespace, address, external } = given.temporal;
    if (external) {
      await prepareNamespace({ address, namespace });
      return undefined;
    }
    const { temporalCliPath: path, cacheDir, temporalPort, temporalUiPort, sqliteSynchronous } = given.local;
    const temporal = keep(
      await startTemporal({
        cli: await temporalCli({ path, cacheDir, log }),
        dataDir: join(dataDir, 'temporal'),
        namespace,
        port: options.freePorts === true ? 0 : temporalPort,
        uiPort: options.freePorts === true ? 0 : temporalUiPort,
        synchronous: sqliteSynchronous,
        ...(options.dynamicConfig === undefined ? {} : { dynamicConfig: options.dynamicConfig }),
      }),
    );
    log(`Temporal runs on ${temporal.address}`);
    return temporal;
  };

  // Together, as each takes a second or two; when one fails, the other must have settled to be stopped.
  const [database, durability] = await Promise.allSettled([startDatabase(), startDurability()]);
  if (database.status === 'rejected') throw database.reason;
  if (durability.status === 'rejected') throw durability.reason;
  const postgres = database.value;
  const temporal = durability.value;
  const databaseUrl = postgres?.url ?? given.database.url;
  const applied = await migrate(databaseUrl);
  log(applied.length === 0 ? 'The database schema is up to date' : `Applied ${applied.length} migration(s)`);

  const apiPort = await portOr('The API', given.api.port, 'API_PORT');
  const sandboxPort = await portOr('The sandbox', given.local.sandboxPort, 'LOCAL_SANDBOX_PORT');
  const sandboxUrl = `http://127.0.0.1:${sandboxPort}`;
  const mailPort = await portOr('The mail server', given.local.mailPort, 'LOCAL_MAIL_PORT');
  env = {
    ...env,
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporal?.address ?? given.temporal.address,
    TEMPORAL_UI_URL: temporal?.uiUrl ?? given.temporal.uiUrl,
    API_PORT: String(apiPort),
    EASYPOST_BASE_URL: given.easypost.external ? given.easypost.baseUrl : `${sandboxUrl}/v2/`,
    STRIPE_BASE_URL: given.stripe.external ? given.stripe.baseUrl : sandboxUrl,
    NOTICES_SMTP_URL: given.notices.external ? given.notices.smtpUrl : `smtp://127.0.0.1:${mailPort}`,
  };
  const config = loadConfig(env);

  /** Each with the very Node that runs us: the one on PATH may be too old to run TypeScript. */
  const node = (name: string, script: string, ready: RegExp, args: readonly string[] = [], log = script) =>
    startPart(() =>
      launch({
        name,
        command: process.execPath,
        args: [join(ROOT, script), ...args],
        env,
        cwd: ROOT,
        ready,
        logFile: join(dataDir, 'logs', `${log.replace(/\/main\.ts$/, '').replace('/', '-')}.log`),
      }),
    );

  let sandbox: Part | undefined;
  if (options.sandbox !== false) {
    const hook = (vendor: string) => `http://127.0.0.1:${apiPort}/v1/webhooks/${vendor}`;
    const webhooks =
      options.api === false ? [] : ['--carrier-webhook', hook('easypost'), '--payment-webhook', hook('stripe')];
    sandbox = keep(
      await node('The sandbox', 'local/sandbox/main.ts', /sandbox ready on/, [
        ...['--port', String(sandboxPort), '--mail-port', String(mailPort), '--data', join(dataDir, 'sandbox.db')],
        ...webhooks,
      ]),
    );
    log(`Sandbox carrier and payments run on ${sandboxUrl}`);
  }
  const workers: Part[] = [];
  for (let i = 1; i <= (options.workers ?? 1); i += 1) {
    workers.push(keep(await node(`Worker ${i}`, 'worker/main.ts', /worker ready/, [], `worker-${i}`)));
    log(`Worker ${i} polls "${config.temporal.taskQueue}"`);
  }
  let api: Part | undefined;
  if (options.api !== false) {
    api = keep(await node('The API', 'api/main.ts', /API ready on/));
    log(`API answers on ${config.api.publicUrl}`);
  }
  return { config, env, sandboxUrl, postgres, temporal, sandbox, workers, api };
}
