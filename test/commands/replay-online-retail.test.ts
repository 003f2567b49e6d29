import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';

const ROOT = join(import.meta.dirname, '../..');
const REAL = join(ROOT, '../shared/data/online-retail');

const Result = z.looseObject({
  lines: z.int(),
  closed: z.int(),
  queued: z.record(z.string(), z.int()),
  lost: z.int(),
  doubled: z.int(),
  ledgersBalanced: z.boolean(),
  disagreements: z.int(),
  refunds: z.object({ expected: z.int(), made: z.int(), unasked: z.int() }),
  orders: z.looseObject({ orders: z.int(), leftOut: z.record(z.string(), z.int()) }),
});

async function replay(...args: string[]) {
  const child = spawn(process.execPath, [join(ROOT, 'commands/replay-online-retail/main.ts'), ...args], { cwd: ROOT });
  let out = '';
  let progress = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    progress += chunk.toString();
  });
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  const last = out.trimEnd().split('\n').at(-1) ?? '';
  return { code, progress, result: last.startsWith('{') ? Result.parse(JSON.parse(last)) : null };
}

const HEADER = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';
const row = (invoice: string, code: string, quantity: number, date: string, price: string, customer: string) =>
  `${invoice},${code},THING,${quantity},${date}:00,${price},${customer},United Kingdom`;

const orders = [
  row('100', '11A', 6, '2024-03-01 09:00', '1.25', '501.0'),
  row('100', '22', 4, '2024-03-01 09:00', '9.95', '501.0'),
  row('100', '22', 4, '2024-03-01 09:01', '9.95', '501.0'),
  row('100', 'POST', 1, '2024-03-01 09:01', '18', '501.0'),
  row('101', '33', 3, '2024-03-02 09:00', '2.1', '502.0'),
  row('102', '33', 3, '2024-03-03 09:00', '2.1', '502.0'),
  row('103', '44', 5, '2024-03-04 09:00', '0.85', ''),
  row('104', '55', 2, '2024-03-20 09:00', '4', '503.0'),
  row('105', '66', -9, '2024-03-04 10:00', '0', ''),
  row('106', '66', 9, '2024-03-04 11:00', '1', '503.0'),
  row('106', '77', 1, '2024-03-04 11:00', 'free', '503.0'),
];

/** Each with what must become of it. */
const returns: readonly (readonly [string, string])[] = [
  [row('C200', '11a', -2, '2024-03-05 09:00', '1.25', '501.0'), 'closed'],
  [row('C200', '22', -6, '2024-03-05 09:00', '9.95', '501.0'), 'closed'],
  [row('C200', 'POST', -1, '2024-03-05 09:00', '18', '501.0'), 'not_goods'],
  [row('C201', '33', -2, '2024-03-05 10:00', '2.1', '502.0'), 'ambiguous_match'],
  [row('C202', '11A', -1, '2024-03-06 09:00', '1.25', '501.0'), 'closed'],
  [row('C202', '11A', -1, '2024-03-06 09:00', '1.25', '501.0'), 'closed'],
  [row('C203', '22', -3, '2024-03-06 10:00', '9.95', '501.0'), 'quantity'],
  [row('C204', '44', -1, '2024-03-07 10:00', '0.85', ''), 'no_customer'],
  [row('C205', '55', -1, '2024-03-08 10:00', '4', '503.0'), 'bought_later'],
  [row('C206', '11A', -1, '2024-03-09 10:00', '1.2', '501.0'), 'price'],
  [row('C207', '66', -1, '2024-03-10 10:00', '1', '503.0'), 'no_match'],
  [row('C208', '11A', 1, '2024-03-11 10:00', '1.25', '501.0'), 'unreadable_row'],
];

test('every returned line ends closed or in the queue that its case names', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'homeward-test-replay-'));
  try {
    await writeFile(join(folder, 'orders.csv'), `${[HEADER, ...orders].join('\n')}\n`);
    await writeFile(join(folder, 'returns.csv'), `${[HEADER, ...returns.map(([line]) => line)].join('\n')}\n`);
    const { code, progress, result } = await replay(folder);
    const queued: Record<string, number> = {};
    for (const [, end] of returns) if (end !== 'closed') queued[end] = (queued[end] ?? 0) + 1;
    expect(result, progress).toMatchObject({
      lines: returns.length,
      closed: 4,
      queued,
      lost: 0,
      doubled: 0,
      ledgersBalanced: true,
      // 2 × 1.25, 6 × 9.95 and twice 1 × 1.25.
      refunds: { expected: 6_470, made: 6_470, unasked: 0 },
      orders: { orders: 5, leftOut: { write_off: 1, order_incomplete: 1, amount_malformed: 1 } },
    });
    expect(code, progress).toBe(0);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('a folder that is none is told before anything is started', async () => {
  const { code, progress } = await replay(tmpdir());
  expect(progress).toMatch(/has no orders\.csv/);
  expect(code).toBe(1);
});

test.skipIf(!existsSync(REAL))(
  `the first real lines (skipped where ../shared/data/online-retail is not there)`,
  async () => {
    const { code, progress, result } = await replay(REAL, '--limit', '20');
    expect(result, progress).toMatchObject({ lines: 20, lost: 0, doubled: 0, ledgersBalanced: true });
    expect(code, progress).toBe(0);
  },
);
