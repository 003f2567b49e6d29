import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('types, style, layers, dead code, schema and OpenAPI are in order', () => {
  const script = join(import.meta.dirname, '..', '..', 'commands', 'check.ts');
  const { stdout } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
  const results: unknown = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
  expect(results, stdout).toEqual({
    types: true,
    style: true,
    layers: true,
    deadCode: true,
    schema: true,
    openapi: true,
  });
});
