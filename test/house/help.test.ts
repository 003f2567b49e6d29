import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';

const ROOT = join(import.meta.dirname, '../..');
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));

/** What a person runs: every script of ours but the step before the others. */
const commands = Object.entries(scripts).flatMap(([name, line]) => {
  const script = /node (\S+\.ts)$/.exec(line)?.[1];
  return script === undefined || name === 'generate' ? [] : [{ name, script }];
});

const run = (script: string, option: string) =>
  spawnSync(process.execPath, [join(ROOT, script), option], { encoding: 'utf8', timeout: 30_000 });

test.each(commands)('npm run $name tells what it does', ({ name, script }) => {
  const { status, stdout, stderr } = run(script, '--help');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(new RegExp(`^npm (run )?${name}\\b`));
});

test.each(['local/start.ts', 'commands/demo/main.ts', 'api/openapi-file.ts'])(
  '%s names an option that it does not have, and the way to those it has',
  (script) => {
    const { status, stderr } = run(script, '--nope');
    expect(status).toBe(1);
    expect(stderr).toMatch(/--nope.*--help lists/);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  },
);
