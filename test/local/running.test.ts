import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadConfig } from '../../config/config.ts';
import { environmentOfRunning, leaveAddresses, removeAddresses } from '../../local/running.ts';

test('another terminal finds a stack on free ports by its data folder, and what it sets itself comes first', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'homeward-test-running-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const env = { HOMEWARD_DATA: folder, DATABASE_URL: '' };
  const database = 'postgresql://a:b@127.0.0.1:23456/homeward';
  await leaveAddresses(folder, { ...env, API_PORT: '23457', DATABASE_URL: database });

  const found = loadConfig(await environmentOfRunning(env));
  expect([found.api.publicUrl, found.database.url]).toEqual(['http://127.0.0.1:23457', database]);
  expect(loadConfig(await environmentOfRunning({ ...env, API_PORT: '4000' })).api.port).toBe(4_000);

  await removeAddresses(folder);
  expect(loadConfig(await environmentOfRunning(env)).api.port).toBe(3_000);
});
