import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { takeDataFolder } from '../../local/data-folder.ts';
import { startStack } from '../../local/stack.ts';

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'homeward-test-folder-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test('a data folder belongs to one stack, until that lets it go', async () => {
  const folder = join(await aFolder(), 'data');
  const letGo = await takeDataFolder(folder);
  await expect(takeDataFolder(folder)).rejects.toThrow(
    `Homeward already runs in ${folder}: use it, stop it where it was started, or choose another folder with --data.`,
  );
  letGo();
  letGo();
  (await takeDataFolder(folder))();
});

test('a second stack in a folder starts nothing, and leaves the logs of the first', async () => {
  const folder = await aFolder();
  const letGo = await takeDataFolder(folder);
  onTestFinished(letGo);
  const log = join(folder, 'logs');
  await writeFile(log, 'of the first');
  const lines: string[] = [];
  await expect(startStack({ dataDir: folder, freePorts: true, log: (line) => lines.push(line) })).rejects.toThrow(
    'already runs in',
  );
  expect(lines).toEqual([]);
  expect(existsSync(log)).toBe(true);
});

test('a data folder that cannot be written is named, with what to do', async () => {
  const file = join(await aFolder(), 'file');
  await writeFile(file, '');
  await expect(takeDataFolder(join(file, 'data'))).rejects.toThrow(
    /^The data folder .*\/file\/data cannot be written \(ENOTDIR.*\): mend that, or choose another with HOMEWARD_DATA or --data\.$/,
  );
});
