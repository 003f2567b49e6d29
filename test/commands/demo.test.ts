import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { allScenarios } from '../../commands/demo/all-scenarios.ts';
import { dispositionChannels, programs } from '../../domain/policy/policy.ts';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');

const Told = z.object({ stdout: z.string() });

/** What fails says so on its standard output, which the error of a process that ended with 1 doesn't show by itself. */
const demo = (...args: string[]) =>
  run(process.execPath, ['commands/demo/main.ts', ...args], { cwd: ROOT, maxBuffer: 16 * 1024 * 1024 }).catch(
    (error: unknown) => {
      const told = Told.safeParse(error);
      throw told.success && told.data.stdout !== ''
        ? new Error(told.data.stdout.slice(-6_000), { cause: error })
        : error;
    },
  );

test('each program, each way and each trouble holds on a running stack', async () => {
  const names = allScenarios.map(({ name }) => name);
  const ways = [
    ...dispositionChannels,
    'rework',
    'repair_and_return',
    'harvest_parts',
    'return_to_customer',
    'quarantine',
  ];
  // A customer's own are all those that name no program.
  const missing = [...programs.filter((program) => program !== 'customer'), ...ways].filter(
    (name) => !names.includes(name.replaceAll('_', '-')),
  );
  expect(missing).toEqual([]);

  const { stdout } = await demo('all', '--own');
  const last = z.unknown().parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
  expect(last).toEqual({ scenarios: names.length, held: names.length, failed: 0 });
});

test('a recall holds from a record to its report, with whom a consignee names and who answers by the link', async () => {
  const { stdout } = await demo('recall', '--own');
  expect(stdout).toContain('the kiosk was written to in turn');
  const last: unknown = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
  expect(last).toMatchObject({ consignees: 5, affected: 200, balanced: true });
});

test('a demo that there is not is refused with a sentence', async () => {
  await expect(demo('everything')).rejects.toMatchObject({
    code: 1,
    stderr: 'There is no demo "everything": say all, recall, or nothing.\n',
  });
});
