import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { loadConfig } from '../../config/config.ts';
import { temporalCli } from '../../local/binaries/temporal-cli.ts';
import { startTemporal } from '../../local/temporal.ts';

/** A server of a test's own that suggests to continue as new after 60 events instead of 4,096. */
export function anImpatientServer(): {
  readonly start: () => Promise<TestWorkflowEnvironment>;
  readonly stop: () => Promise<void>;
} {
  const ends: (() => Promise<void>)[] = [];
  return {
    start: async () => {
      const { temporalCliPath: path, cacheDir } = loadConfig().local;
      const cli = await temporalCli({ path, cacheDir, log: console.log });
      const dataDir = await mkdtemp(join(tmpdir(), 'homeward-impatient-'));
      const dynamicConfig = { 'limit.historyCount.suggestContinueAsNew': '60' };
      const temporal = await startTemporal({ cli, dataDir, synchronous: 'NORMAL', dynamicConfig });
      ends.push(temporal.stop, () => rm(dataDir, { recursive: true, force: true }));
      return await TestWorkflowEnvironment.createFromExistingServer({ address: temporal.address });
    },
    stop: async () => {
      for (const end of ends) await end();
    },
  };
}
