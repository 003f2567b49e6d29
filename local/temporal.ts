import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Connection, isGrpcServiceError } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { launch, type OwnedProcess } from './owned-process.ts';
import { type Part, startPart } from './part.ts';
import { freePort, portForStart } from './ports.ts';
import { createSearchAttributes } from './search-attributes.ts';

export type TemporalOptions = {
  /** The Temporal CLI, as `temporalCli` resolves it. */
  readonly cli: string;
  readonly dataDir: string;
  readonly namespace?: string;
  /** 0, the default, takes a free port. */
  readonly port?: number;
  readonly uiPort?: number;
  /** FULL, the default, survives a power cut; NORMAL is faster. */
  readonly synchronous?: 'FULL' | 'NORMAL';
  /** More dynamic configuration, values as JSON. */
  readonly dynamicConfig?: Readonly<Record<string, string>>;
};

/** A running Temporal dev server; its data stays in its folder. */
export type TemporalServer = Part & { readonly address: string; readonly uiUrl: string };

/** The dev server's own throttles are meant for a laptop's demo and would hold back an import or a recall. */
const THROTTLES: Readonly<Record<string, string>> = {
  'frontend.rps': '20000',
  'frontend.namespaceRPS': '20000',
  'frontend.namespaceRPS.visibility': '1000',
  'history.rps': '20000',
  'matching.rps': '20000',
  // Of one workflow. Past the server's 10, tasks of that workflow are lost and sent again until the senders give up.
  'history.maxInFlightUpdates': '200',
};

const RETENTION = '30 days';
const ALREADY_EXISTS = 6;

/** Somebody else may take a free port between its choice and the server's start. */
const TRIES = 3;

/** Starts Temporal's dev server on a SQLite file, with its namespace and search attributes ready. */
export async function startTemporal(options: TemporalOptions): Promise<TemporalServer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnce(options);
    } catch (error) {
      const taken = error instanceof Error && /address already in use/i.test(error.message);
      if (!taken || attempt === TRIES) throw error;
    }
  }
}

async function startOnce(options: TemporalOptions): Promise<TemporalServer> {
  const { namespace = 'default', synchronous = 'FULL' } = options;
  const dataDir = resolve(options.dataDir);
  await mkdir(dataDir, { recursive: true });
  const port = await portForStart('Temporal', options.port ?? 0, 'LOCAL_TEMPORAL_PORT');
  const uiPort = await portForStart('The Temporal UI', options.uiPort ?? 0, 'LOCAL_TEMPORAL_UI_PORT');
  const address = `127.0.0.1:${port}`;

  const begin = async (): Promise<OwnedProcess> => {
    const dynamicConfig = Object.entries({ ...THROTTLES, ...options.dynamicConfig });
    return launch({
      name: 'Temporal',
      command: options.cli,
      args: [
        ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--ui-port', String(uiPort)],
        ...['--http-port', String(await freePort()), '--metrics-port', String(await freePort())],
        ...['--db-filename', join(dataDir, 'temporal.db'), '--namespace', namespace, '--log-level', 'error'],
        ...['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', `synchronous=${synchronous}`],
        ...dynamicConfig.flatMap(([key, value]) => ['--dynamic-config-value', `${key}=${value}`]),
      ],
      ready: () => hasNamespace(address, namespace),
      cwd: dataDir,
    });
  };
  const part = await startPart(begin);
  await keepClosedRuns(address, namespace);
  await prepareNamespace({ address, namespace });
  return { ...part, address, uiUrl: `http://127.0.0.1:${uiPort}` };
}

/** Makes the namespace ready for the worker, and makes it when it is missing; safe to repeat. */
export async function prepareNamespace(options: {
  readonly address: string;
  readonly namespace: string;
}): Promise<void> {
  const { address, namespace } = options;
  const connection = await Connection.connect({ address, connectTimeout: '10s' }).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Temporal does not answer on ${address} (${reason}): start it, or mend TEMPORAL_ADDRESS.`);
  });
  try {
    const workflowExecutionRetentionPeriod = msToTs(RETENTION);
    await connection.workflowService
      .registerNamespace({ namespace, workflowExecutionRetentionPeriod })
      .catch((error: unknown) => {
        if (!(isGrpcServiceError(error) && error.code === ALREADY_EXISTS)) throw error;
      });
    await createSearchAttributes(connection, namespace);
  } finally {
    await connection.close();
  }
}

/** The dev server makes its namespaces itself and keeps their closed runs for a day only. */
async function keepClosedRuns(address: string, namespace: string): Promise<void> {
  const connection = await Connection.connect({ address, connectTimeout: '10s' });
  const config = { workflowExecutionRetentionTtl: msToTs(RETENTION) };
  await connection.workflowService.updateNamespace({ namespace, config }).finally(() => connection.close());
}

async function hasNamespace(address: string, namespace: string): Promise<boolean> {
  const connection = Connection.lazy({ address });
  try {
    await connection.withDeadline(Date.now() + 1_000, () =>
      connection.workflowService.describeNamespace({ namespace }),
    );
    return true;
  } catch {
    return false;
  } finally {
    await connection.close();
  }
}
