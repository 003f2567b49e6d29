import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { z } from 'zod';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');
const Report = z.object({
  eventsRatio: z.number(),
  actionsRatio: z.number(),
  throughputRatio: z.number(),
  p99Ratio: z.number(),
  rssGrowth: z.number(),
});

const bench = (...args: string[]) =>
  run(process.execPath, ['bench/main.ts', ...args], { cwd: ROOT, maxBuffer: 16 * 1024 * 1024 });

test('a return costs at most half the events and three quarters of the actions of a plain workflow', async () => {
  const { stdout } = await bench('return', '--small', '--returns', '8');
  const report = Report.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
  expect(report.eventsRatio).toBeLessThanOrEqual(0.5);
  expect(report.actionsRatio).toBeLessThanOrEqual(0.75);
});

test('a return of more lines than a section holds keeps each unit and cent, and its payloads far from their limit', async () => {
  const { stdout } = await bench('bulk', '--lines', '300');
  const report = z
    .object({
      large: z.object({ lines: z.int(), sections: z.int() }),
      largestPayloadBytes: z.int().positive().max(524_288),
      mostHistoryEvents: z.int().positive().max(1_000),
      mostHistoryBytes: z.int().positive().max(5_000_000),
    })
    .parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
  expect(report.large).toMatchObject({ lines: 300, sections: 2 });
});

test('traces of lots find what a walk from row to row does', async () => {
  // It fails where they disagree.
  const { stdout } = await bench('trace', '--lines', '30000');
  const times = z.object({ lots: z.int().positive(), p95Ms: z.number().positive() });
  const report = z
    .object({ synthetic: z.literal(true), lines: z.literal(30_000), large: times, small: times, twin: times })
    .parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
  expect(report.small.lots).toBe(200);
});

test('a recall writes to each consignee once, costs little of Temporal, and is steered while it runs', async () => {
  // It fails where somebody was forgotten or written to twice.
  const { stdout } = await bench('recall', '--consignees', '300');
  const measured = z.object({ reached: z.number().positive() });
  z.object({
    synthetic: z.literal(true),
    consignees: z.literal(300),
    minutes: z.number().positive(),
    throughputRatio: z.number().positive(),
    biggestHistoryEvents: z.int().positive().max(300),
    targets: z.object({ steeringSeconds: measured }),
  }).parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
});

test('loans are all open, with their goods out and their books in order', async () => {
  // It fails where one isn't.
  const { stdout } = await bench('loans', '--loans', '60');
  z.object({ synthetic: z.literal(true), loans: z.literal(60), startedPerSecond: z.number().positive() }).parse(
    JSON.parse(stdout.trim().split('\n').at(-1) ?? ''),
  );
});

test('what is not measured is refused with a sentence', async () => {
  await expect(bench('recalls')).rejects.toMatchObject({
    code: 1,
    stderr: 'Say what to measure: npm run bench -- return, bulk, trace, recall, rebalance or loans\n',
  });
});
