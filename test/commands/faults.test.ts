import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { z } from 'zod';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');
const Report = z.object({ runs: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))) });

const faults = (...args: string[]) =>
  run(process.execPath, ['commands/faults/main.ts', ...args], { cwd: ROOT, maxBuffer: 16 * 1024 * 1024 });

test('returns close once each while the worker is killed, and while webhooks come three times out of order', async () => {
  const { stdout } = await faults('--returns', '8', '--fault', 'worker-killed', '--fault', 'webhooks-tripled');
  const { runs } = Report.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
  const expected = {
    returns: 8,
    closed: 8,
    refundsMissing: 0,
    refundsDoubled: 0,
    labelsDoubled: 0,
    pickupsDoubled: 0,
    taskFailures: 0,
    ledgersBalanced: true,
    rebuildEquals: true,
  };
  expect(runs).toMatchObject([
    { fault: 'worker-killed', ...expected },
    { fault: 'webhooks-tripled', ...expected },
  ]);
});

test('each consignee of a recall is told once, or twice under one message id, while worker and Temporal die', async () => {
  // It fails where a letter is missing, came three times, or twice without a crash.
  const { stdout } = await faults('recall', '--consignees', '800', '--kills', '2');
  const figures = z
    .object({ consignees: z.int(), missing: z.int(), doubled: z.int(), accountBalanced: z.boolean() })
    .parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
  expect(figures).toMatchObject({ consignees: 800, missing: 0, accountBalanced: true });
  expect(figures.doubled).toBeLessThan(800);
});

test('the help names every fault, and a fault that is not there is refused with a sentence', async () => {
  const { stdout } = await faults('--help');
  expect(stdout).toContain('postgres-stopped');
  await expect(faults('--fault', 'locusts')).rejects.toMatchObject({
    code: 1,
    stderr: 'There is no fault "locusts"; --help lists them.\n',
  });
});
