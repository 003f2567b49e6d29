import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { type StackOptions, startStack } from '../../local/stack.ts';

async function aStack(options: Partial<StackOptions> = {}) {
  const dataDir = options.dataDir ?? (await temporaryFolder());
  const stack = await startStack({ freePorts: true, ...options, dataDir });
  onTestFinished(stack.stop);
  return { ...stack, dataDir };
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'homeward-test-stack-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return (await client.query(sql).finally(() => client.end())).rows;
}

const answers = async (url: string) => (await fetch(url).catch(() => undefined))?.status ?? 'nobody';
const runs = (pid: number) => existsSync(`/proc/${pid}`);

test('every part comes up, survives a kill, and is gone after the stop', async () => {
  const stack = await aStack();
  const ready = `${stack.config.api.publicUrl}/readyz`;
  expect(await answers(ready)).toBe(200);
  expect(await answers(stack.config.temporal.uiUrl)).toBe(200);

  for (const part of stack.parts) {
    const before = part.pid();
    await part.kill();
    await part.start();
    expect(part.pid(), part.name).not.toBe(before);
  }
  await expect.poll(() => answers(ready), { timeout: 20_000 }).toBe(200);

  const pids = stack.parts.map((part) => part.pid());
  await stack.stop();
  expect(pids.filter(runs)).toEqual([]);
});

test('the next start finds everything again', async () => {
  const first = await aStack({ workers: 0, api: false, sandbox: false });
  await query(first.config.database.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
  await first.stop();
  const second = await aStack({ workers: 0, api: false, sandbox: false, dataDir: first.dataDir });
  expect(await query(second.config.database.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
});

test('a port in use is said in one sentence, and nothing stays running', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((listening) => server.once('listening', listening));
  const address = server.address();
  const port = typeof address === 'object' ? String(address?.port) : '';
  const start = startStack({
    dataDir: await temporaryFolder(),
    env: { LOCAL_POSTGRES_PORT: '0', LOCAL_TEMPORAL_PORT: '0', LOCAL_TEMPORAL_UI_PORT: '0', API_PORT: port },
  });
  await expect(start).rejects.toThrow(
    `The API needs port ${port}, which is in use: stop what listens there, set API_PORT to another port, or start with --free-ports.`,
  );
});
