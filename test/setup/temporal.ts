import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { loadConfig } from '../../config/config.ts';
import { temporalCli } from '../../local/binaries/temporal-cli.ts';
import { startTemporal } from '../../local/temporal.ts';
import { shared } from './shared.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A real Temporal dev server, namespace `default`. Tests share it: use a task queue of your own. */
    temporalAddress: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { value, release } = await shared('temporal', start, (running) => running.stop());
  project.provide('temporalAddress', value.address);
  return release;
}

async function start() {
  const { temporalCliPath: path, cacheDir } = loadConfig().local;
  const cli = await temporalCli({ path, cacheDir, log: console.log });
  const folder = await mkdtemp(join(tmpdir(), 'homeward-test-temporal-'));
  const temporal = await startTemporal({ cli, dataDir: folder, synchronous: 'NORMAL' });
  const stop = async () => {
    await temporal.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { address: temporal.address, stop };
}
