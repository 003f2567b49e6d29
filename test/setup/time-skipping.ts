import type { TestProject } from 'vitest/node';
import { loadConfig } from '../../config/config.ts';
import { testServer } from '../../local/binaries/test-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The program of the time-skipping server; each file of tests starts one of its own. */
    timeSkippingServer: string;
  }
}

export default async function setup(project: TestProject): Promise<void> {
  const { testServerPath: path, cacheDir } = loadConfig().local;
  project.provide('timeSkippingServer', await testServer({ path, cacheDir, log: console.log }));
}
