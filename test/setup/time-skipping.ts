import type { TestProject } from 'vitest/node';
import { loadConfig } from '../../config/config.ts';
import { testServer } from '../../local/binaries/test-server.ts';
import { startTimeSkipping } from '../../local/time-skipping.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The time-skipping server: `timeSkippingEnvironment(address)`. Its clock only goes forward, for all tests. */
    timeSkippingAddress: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { testServerPath: path, cacheDir } = loadConfig().local;
  const executable = await testServer({ path, cacheDir, log: console.log });
  const server = await startTimeSkipping({ executable });
  project.provide('timeSkippingAddress', server.address);
  return server.stop;
}
