import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fillCache, sha256 } from './cache.ts';
import type { BinaryOptions } from './temporal-cli.ts';

const run = promisify(execFile);

const VERSION = '1.35.0';

/** Of the lines `<sha256>  <jar>` of all jars, sorted by name: what `sha256sum *.jar | sha256sum` prints. */
const SHA256_OF_JARS = '6bc30b8b8d174cfcb2f0710613e5e062a95bcf4ee2fd57df8b038ace1cc110fb';

const POM = join(import.meta.dirname, 'test-server', 'pom.xml');
const MAVEN_WITHIN_MS = 10 * 60_000;

/**
 * Temporal's time-skipping test server: the given path, the cache, or its jars by Maven behind a small script. Maven
 * comes instead of the official download because the latter has no published checksum to pin.
 *
 * @returns the path of an executable that takes the port as its argument
 * @throws one sentence that says what to install
 */
export async function testServer({ path, cacheDir, log }: BinaryOptions): Promise<string> {
  if (path !== undefined) {
    if (existsSync(path)) return path;
    throw new Error(`TEMPORAL_TEST_SERVER_PATH is wrong: there is no file ${path}.`);
  }
  if (!(await hasJava17())) {
    throw new Error(
      'The time-skipping test server needs Java 17 or later on PATH: install a JRE, or set TEMPORAL_TEST_SERVER_PATH.',
    );
  }
  const cached = join(cacheDir, `temporal-test-server-${VERSION}`);
  const script = join(cached, 'temporal-test-server');
  if (existsSync(script)) return script;

  log(`Fetching the time-skipping test server ${VERSION} (about 37 MB, once)`);
  try {
    await fillCache(cached, fromMaven);
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).trim().split('\n').slice(0, 3).join(' ');
    throw new Error(
      `The time-skipping test server ${VERSION} could not be fetched (${reason}): install Maven ("mvn"), or set TEMPORAL_TEST_SERVER_PATH.`,
    );
  }
  return script;
}

async function hasJava17(): Promise<boolean> {
  try {
    const { stderr } = await run('java', ['-version']);
    return Number(/version "(\d+)/.exec(stderr)?.[1]) >= 17;
  } catch {
    return false;
  }
}

async function fromMaven(folder: string): Promise<string> {
  const made = join(folder, 'made');
  const lib = join(made, 'lib');
  await mkdir(lib, { recursive: true });
  const args = [
    '-q',
    '-B',
    '-f',
    POM,
    'dependency:copy-dependencies',
    `-DoutputDirectory=${lib}`,
    '-DincludeScope=runtime',
  ];
  await run('mvn', args, { timeout: MAVEN_WITHIN_MS });
  await check(lib);
  const script = join(made, 'temporal-test-server');
  await writeFile(
    script,
    '#!/bin/sh\nexec java -XX:+UseSerialGC -Xmx512m -cp "$(dirname "$0")/lib/*" io.temporal.testserver.TestServer "$1"\n',
  );
  await chmod(script, 0o755);
  return made;
}

async function check(lib: string): Promise<void> {
  const jars = (await readdir(lib)).filter((name) => name.endsWith('.jar')).sort();
  const hash = createHash('sha256');
  for (const jar of jars) hash.update(`${await sha256(join(lib, jar))}  ${jar}\n`);
  if (hash.digest('hex') !== SHA256_OF_JARS) throw new Error('the SHA-256 of its jars is not the pinned one');
}
