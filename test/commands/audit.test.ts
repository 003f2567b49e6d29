import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { defaultCustomerPolicy } from '../../domain/policy/default-customer.ts';

const ROOT = join(import.meta.dirname, '../..');
const RECORDS = join(ROOT, '../shared/data/online-retail');
const run = promisify(execFile);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'homeward-test-audit-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function aFile(name: string, lines: readonly string[]): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, `${lines.join('\n')}\n`);
  return file;
}

const Sum = z.object({ lines: z.number(), amount: z.number() });
const Sums = z.record(z.string(), Sum);
const Result = z.object({
  rows: z.number(),
  returns: z.number(),
  lines: z.number(),
  rejected: z.number(),
  salesLeftOut: z.number(),
  findings: z.record(
    z.string(),
    z.object({
      refunded: z.number(),
      due: z.number(),
      tooMuch: Sum,
      tooLittle: Sum,
      barred: Sums,
      refusedThough: Sum,
      toAPerson: Sums,
      unclaimed: z.object({ vendor: Sum, carrier: Sum }),
      claimsUnknown: Sum,
      shippingFees: Sum,
      unmatched: Sums,
    }),
  ),
});

async function audit(...args: readonly string[]) {
  const { stdout, stderr, code } = await run('node', [join(ROOT, 'commands/audit/main.ts'), ...args]).then(
    (done) => ({ ...done, code: 0 }),
    (failed: { stdout: string; stderr: string; code: number }) => failed,
  );
  const last = stdout.trim().split('\n').at(-1) ?? '';
  return { stdout, stderr, code, result: last.startsWith('{') ? Result.parse(JSON.parse(last)) : null };
}

const header =
  'document,order,sku,quantity,sold,unitPrice,currency,country,placedAt,deliveredAt,at,reason,category,grade,refunded,claimed';

test('a handful of past returns, counted by hand', async () => {
  const sold = 'US,2026-01-01,2026-01-05';
  const file = await aFile('past.csv', [
    header,
    // In time, one of two: 10.00 due, 10.00 refunded.
    `D1,1,MUG,1,2,10.00,USD,${sold},2026-01-20,changed_mind,kitchen,,10.00,`,
    // The same order's second mug after the 30 days: refunded all the same.
    `D2,1,MUG,1,2,10.00,USD,${sold},2026-02-20,changed_mind,kitchen,,10.00,`,
    // Graded C by the buyer's doing: 40 % off are due, all was refunded.
    `D3,2,LAMP,1,1,50.00,USD,${sold},2026-01-20,changed_mind,home,C,50.00,`,
    // Broken by its maker, and refused: 20.00 are due.
    `D4,3,FAN,1,1,20.00,USD,${sold},2026-03-20,defective,home,,0,`,
    // Broken on the way, refunded, 5.00 of 30.00 claimed.
    `D5,4,VASE,1,1,30.00,USD,${sold},2026-01-09,damaged_in_transit,home,,30.00,5.00`,
    // The maker's fault, refunded, and the file says nothing of a claim.
    `D6,5,CLOCK,1,1,15.00,USD,${sold},2026-01-09,defective,home,,15.00,`,
    // Above the review threshold.
    `D7,6,SOFA,1,1,600.00,USD,${sold},2026-01-09,changed_mind,home,,600.00,`,
    // A third mug of two.
    `D8,1,MUG,1,2,10.00,USD,${sold},2026-01-21,changed_mind,kitchen,,10.00,`,
  ]);
  const { result, code, stdout, stderr } = await audit(file);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(result).toEqual({
    salesLeftOut: 0,
    rows: 8,
    returns: 8,
    lines: 8,
    rejected: 0,
    findings: {
      USD: {
        refunded: 72_500,
        due: 1_000 + 3_000 + 2_000 + 3_000 + 1_500 + 60_000,
        tooMuch: { lines: 3, amount: 1_000 + 2_000 + 1_000 },
        tooLittle: { lines: 1, amount: 2_000 },
        barred: { outside_window: { lines: 1, amount: 1_000 }, exceeds_returnable: { lines: 1, amount: 1_000 } },
        refusedThough: { lines: 1, amount: 2_000 },
        toAPerson: { value_above_review: { lines: 1, amount: 60_000 } },
        unclaimed: { vendor: { lines: 1, amount: 1_500 }, carrier: { lines: 1, amount: 2_500 } },
        claimsUnknown: { lines: 1, amount: 1_500 },
        // 5.95 each of what comes back by the buyer's own wish and isn't barred.
        shippingFees: { lines: 3, amount: 3 * 595 },
        unmatched: {},
      },
    },
  });
  expect(stdout).toContain('refunded 725.00 USD, due by the rules 705.00 USD');
  expect((await audit(file, '--json')).stdout.trim().split('\n')).toHaveLength(1);
});

test('another policy decides otherwise', async () => {
  const file = await aFile('late.csv', [
    header,
    'D1,1,MUG,1,1,10.00,USD,US,2026-01-01,2026-01-05,2026-02-20,changed_mind,kitchen,,10.00,',
  ]);
  const policy = join(folder, 'policy.json');
  const window = { days: 60, byCategory: {}, extensions: [] };
  await writeFile(policy, JSON.stringify({ ...defaultCustomerPolicy, window }));
  expect((await audit(file)).result?.findings['USD']?.tooMuch.lines).toBe(1);
  expect((await audit(file, '--policy', policy)).result?.findings['USD']?.tooMuch.lines).toBe(0);
  await writeFile(policy, JSON.stringify({ ...defaultCustomerPolicy, window: 'long' }));
  const refused = await audit(file, '--policy', policy);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('is no policy');
});

test('returns as Loop lists them find their sales in an export of Shopify', async () => {
  const sales = await aFile('orders.csv', [
    'Name,Email,Financial Status,Fulfilled at,Currency,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem discount,Shipping Country',
    '#1001,a@example.com,paid,2026-01-05 10:00:00 -0500,USD,2026-01-02 09:00:00 -0500,2,Mug,20.00,MUG,0.00,US',
    '#1001,a@example.com,,2026-01-05 10:00:00 -0500,USD,2026-01-02 09:00:00 -0500,1,Bowl,12.50,BOWL,0.00,US',
    '#1001,a@example.com,,2026-01-05 10:00:00 -0500,USD,2026-01-02 09:00:00 -0500,-1,Correction,3.00,FEE,0.00,US',
  ]);
  const returns = await aFile('loop.csv', [
    'id,created_at,order_name,customer,currency,origin_country_code,sku,price,discount,tax,refund,return_reason',
    '71,2026-01-10T08:00:00.000Z,#1001,a@example.com,USD,US,MUG,20.00,0.00,0.00,20.00,Wrong size',
    '71,2026-01-10T08:00:00.000Z,#1001,a@example.com,USD,US,BOWL,12.50,0.00,0.00,10.00,Defective',
    '72,2026-01-11T08:00:00.000Z,#1001,a@example.com,USD,US,PLATE,5.00,0.00,0.00,5.00,Defective',
  ]);
  const { result, stderr } = await audit(returns, '--shape', 'loop', '--sales', sales, '--sales-shape', 'shopify');
  expect(stderr).toBe('');
  // What was corrected was never sold, and the report says that it was left out.
  expect(result).toMatchObject({ rows: 3, returns: 1, lines: 2, rejected: 0, salesLeftOut: 1 });
  expect(result?.findings['USD']).toMatchObject({
    refunded: 3_000,
    due: 3_250,
    tooLittle: { lines: 1, amount: 250 },
    unclaimed: { vendor: { lines: 1, amount: 1_000 } },
    unmatched: { no_match: { lines: 1, amount: 500 } },
  });
});

test('units of a line come back twice only where the file says how many were sold', async () => {
  const columns = 'document,order,sku,quantity,unitPrice,currency,at,reason,refunded';
  const row = (document: string) => `${document},D1,MUG,1,10.00,USD,2026-01-10,changed_mind,10.00`;
  const untold = await aFile('untold.csv', [columns, row('1'), row('2')]);
  expect((await audit(untold)).result?.findings['USD']?.barred).toEqual({});
  const told = await aFile('told.csv', [`${columns},sold`, `${row('1')},1`, `${row('2')},1`]);
  expect((await audit(told)).result?.findings['USD']?.barred).toEqual({
    exceeds_returnable: { lines: 1, amount: 1_000 },
  });
});

test('a buyer is known again by an e-mail address in any case', async () => {
  const sales = await aFile('addressed-orders.csv', [
    'Name,Email,Fulfilled at,Currency,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem discount,Shipping Country',
    '#2001,a@example.com,2026-01-05 10:00:00 -0500,USD,2026-01-02 09:00:00 -0500,1,Mug,20.00,MUG,0.00,US',
  ]);
  const returns = await aFile('addressed-returns.csv', [
    'id,created_at,order_name,customer,currency,origin_country_code,sku,price,discount,tax,refund,return_reason',
    '81,2026-01-10T08:00:00.000Z,,A@Example.com,USD,US,MUG,20.00,0.00,0.00,20.00,Wrong size',
  ]);
  const { result, stderr } = await audit(returns, '--shape', 'loop', '--sales', sales, '--sales-shape', 'shopify');
  expect(stderr).toBe('');
  expect(result).toMatchObject({ rows: 1, returns: 1, lines: 1, rejected: 0 });
});

test('columns of another name are mapped, and a row that cannot be read is told', async () => {
  const file = await aFile(
    'other.csv',
    [
      'no;what,code,units,each,when,why',
      '1,A,MUG,1,10.00,2026-01-20,changed_mind',
      '2,B,MUG,some,10.00,2026-01-20,changed_mind',
    ].map((line) => line.replace('no;what', 'no,order')),
  );
  const map = join(folder, 'columns.json');
  const columns = {
    document: 'no',
    order: 'order',
    sku: 'code',
    quantity: 'units',
    unitPrice: 'each',
    at: 'when',
    reason: 'why',
  };
  await writeFile(map, JSON.stringify({ columns }));
  const { result, code, stderr } = await audit(file, '--map', map, '--currency', 'EUR');
  expect(code).toBe(1);
  expect(stderr.trim()).toBe('row 2, units: quantity_invalid: must be a whole number of units above zero');
  expect(result).toMatchObject({ rows: 2, lines: 1, rejected: 1, findings: { EUR: { refunded: 1_000, due: 1_000 } } });
});

test.skipIf(!existsSync(RECORDS))('the real records of a wholesaler add up to what they credited', async () => {
  const file = (name: string) => join(RECORDS, `${name}.csv.gz`);
  const sales = ['--sales', file('earlier_orders'), '--sales', file('orders'), '--sales-shape', 'online-retail'];
  const { result, code } = await audit(file('returns'), '--shape', 'online-retail', ...sales);
  expect(code).toBe(0);
  const found = result?.findings['GBP'];
  const unmatched = Object.values(found?.unmatched ?? {});
  const sum = (of: 'lines' | 'amount') => unmatched.reduce((total, each) => total + each[of], 0);
  // As the records' own statistics have it: 699 lines, 34,372.28.
  expect((found?.refunded ?? 0) + sum('amount')).toBe(3_437_228);
  expect(result?.rows).toBe(699);
  expect(found?.tooMuch.amount).toBe((found?.refunded ?? 0) - (found?.due ?? 0));
  expect(result?.lines).toBeGreaterThan(390);
});
