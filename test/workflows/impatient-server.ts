import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { loadConfig } from '../../config/config.ts';
import { temporalCli } from '../../local/binaries/temporal-cli.ts';
import { startTemporal } from '../../local/temporal.ts';
import type { Server } from './servers.ts';

/** A server for one file alone that suggests to continue as new after 60 events instead of 4,096. */
export async function impatient(): Promise<Server> {
  const { temporalCliPath: path, cacheDir } = loadConfig().local;
  const cli = await temporalCli({ path, cacheDir, log: console.log });
  const dataDir = await mkdtemp(join(tmpdir(), 'homeward-impatient-'));
  const dynamicConfig = { 'limit.historyCount.suggestContinueAsNew': '60' };
  const temporal = await startTemporal({ cli, dataDir, synchronous: 'NORMAL', dynamicConfig });
  const env = await TestWorkflowEnvironment.createFromExistingServer({ address: temporal.address });
  return {
    env,
    close: async () => {
      await env.teardown();
      await temporal.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
