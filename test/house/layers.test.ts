import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');

/** A small house whose files import as told; what the layer rules say of it. */
async function violationsOf(files: Record<string, string>): Promise<readonly string[]> {
  const house = await mkdtemp(join(tmpdir(), 'homeward-layers-'));
  onTestFinished(() => rm(house, { recursive: true }));
  await symlink(join(ROOT, 'node_modules'), join(house, 'node_modules'));
  await copyFile(join(ROOT, 'package.json'), join(house, 'package.json'));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(house, dirname(path)), { recursive: true });
    await writeFile(join(house, path), text);
  }
  const folders = [...new Set(Object.keys(files).map((path) => path.split('/')[0] ?? ''))];
  const cruise = join(ROOT, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  const args = [cruise, '--config', join(ROOT, '.dependency-cruiser.mjs'), ...folders];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: house }, (error, stdout) => {
      const found = [...stdout.matchAll(/error ([a-z-]+):/g)].map(([, name = '']) => name);
      expect(error !== null, 'the exit code says what the output says').toBe(found.length > 0);
      resolve(found.sort());
    });
  });
}

const thing = 'export const thing = 1;\nexport type Thing = number;\n';
const uses = (path: string) => `import { thing } from '${path}';\nexport const used = thing;\n`;

test('a house that keeps the rules passes', async () => {
  const files = {
    'domain/thing.ts': thing,
    'activities/thing.ts': uses('../domain/thing.ts') + thing,
    'workflows/thing.ts': `import { sleep } from '@temporalio/workflow';\nimport type { Thing } from '../activities/thing.ts';\n${uses('../domain/thing.ts')}export const nap = (_: Thing) => sleep(1);\n`,
  };
  expect(await violationsOf(files)).toEqual([]);
});

test.for([
  ['domain-is-pure', 'domain', '../activities/thing.ts'],
  ['workflows-decide-and-wait', 'workflows', '../config/thing.ts'],
  ['workflows-see-types-of-activities', 'workflows', '../activities/thing.ts'],
  ['activities-touch-the-world', 'activities', '../workflows/thing.ts'],
  ['worker-composes', 'worker', '../api/thing.ts'],
  ['api-asks', 'api', '../workflows/thing.ts'],
  ['api-asks', 'api', '../activities/thing.ts'],
  ['config-stands-alone', 'config', '../domain/thing.ts'],
  ['local-starts', 'local', '../worker/thing.ts'],
  ['nothing-needs-tests', 'worker', '../test/thing.ts'],
  ['nothing-unresolved', 'domain', './nowhere.ts'],
] as const)('%s: %s may not import %s', async ([rule, room, path]) => {
  const target = path.startsWith('../') ? { [path.slice(3)]: thing } : {};
  expect(await violationsOf({ ...target, [`${room}/breaks.ts`]: uses(path) })).toContain(rule);
});

test.for([
  ['domain-needs-nothing', 'domain', "import { readFileSync as thing } from 'node:fs';"],
  ['domain-needs-nothing', 'domain', "import { z as thing } from 'zod';"],
  ['workflows-are-deterministic', 'workflows', "import { z as thing } from 'zod';"],
  ['dev-packages-stay-out', 'worker', "import { test as thing } from 'vitest';"],
] as const)('%s: %s may not say %s', async ([rule, room, line]) => {
  const found = await violationsOf({ [`${room}/breaks.ts`]: `${line}\nexport const used = thing;\n` });
  expect(found).toContain(rule);
});
