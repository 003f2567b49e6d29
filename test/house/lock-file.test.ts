import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';

const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({ resolved: z.string().optional(), optionalDependencies: z.record(z.string(), z.string()).optional() }),
  ),
});
const packages = async () => {
  const text = await readFile(join(import.meta.dirname, '..', '..', 'package-lock.json'), 'utf8');
  return Lock.parse(JSON.parse(text)).packages;
};

// A registry that doesn't serve another platform's package makes npm leave it out, and `npm ci` refuses such a file.
test('the lock file names the packages of every platform', async () => {
  const locked = await packages();
  const names = new Set(Object.keys(locked).map((path) => path.slice(path.lastIndexOf('node_modules/') + 13)));
  const wanted = Object.values(locked).flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies));
  expect(wanted.filter((name) => !names.has(name))).toEqual([]);
});

test('the lock file is bound to no registry', async () => {
  const bound = Object.entries(await packages()).filter(([, { resolved }]) => resolved?.startsWith('http'));
  expect(bound).toEqual([]);
});
