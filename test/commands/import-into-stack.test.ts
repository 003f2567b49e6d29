import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { prepareShop } from '../../commands/replay-online-retail/shop.ts';
import { type Stack, startStack } from '../../local/stack.ts';
import { openPool, openPrisma, type PrismaClient } from '../../prisma/client.ts';

const ROOT = join(import.meta.dirname, '../..');
let folder: string;
let stack: Stack;
let pool: ReturnType<typeof openPool>;
let db: PrismaClient;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'homeward-test-import-'));
  stack = await startStack({ dataDir: join(folder, 'data'), freePorts: true, env: { LOG_LEVEL: 'warn' } });
  pool = openPool(stack.config.database);
  db = openPrisma(pool);
  await prepareShop(db);
});
afterAll(async () => {
  await db?.$disconnect();
  await pool?.end();
  await stack?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** `npm run import -- ARGS`, as somebody with a running stack types it. */
async function runImport(...args: string[]) {
  const child = spawn(process.execPath, [join(ROOT, 'commands/import/main.ts'), ...args], {
    cwd: ROOT,
    // Another terminal's: only the data folder says where the stack is.
    env: { ...process.env, HOMEWARD_DATA: stack.config.dataDir },
  });
  let out = '';
  let told = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    told += chunk.toString();
  });
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  const last = out.trimEnd().split('\n').at(-1) ?? '';
  return { code, told, result: z.unknown().parse(last === '' ? null : JSON.parse(last)) };
}

test('orders and returns come in with the first key, bad rows are told, and the same files change nothing more', async () => {
  const today = new Date().toISOString().slice(0, 10);
  const orders = join(folder, 'orders.csv');
  await writeFile(
    orders,
    `Invoice,Code,Units,Price,Day,Who
I1,LAMP,3,12.50,${today},B1
I2,LAMP,1,12.50,${today},B2
I2,VASE,none,4.00,${today},B2
I3,VASE,2,4.00,${today},B3
`,
  );
  const mapping = ['order=Invoice', 'sku=Code', 'quantity=Units', 'unitPrice=Price', 'buyer=Who'].map(
    (pair) => `--map=${pair}`,
  );
  const days = ['--map=placedAt=Day', '--map=deliveredAt=Day', '--set=currency=GBP', '--set=country=GB'];
  const first = await runImport('orders', orders, ...mapping, ...days);
  expect(first.result, first.told).toMatchObject({ rows: 4, created: 2, rejected: 2 });
  expect(first.told).toMatch(/row 3, Units: quantity_invalid/);
  expect(first.told).toMatch(/row 2: order_incomplete: row 3 of the same order is wrong/);
  expect(first.code).toBe(1);
  const again = await runImport('orders', orders, ...mapping, ...days);
  expect(again.result, again.told).toMatchObject({ created: 0, unchanged: 2 });

  const returns = join(folder, 'returns.csv');
  await writeFile(
    returns,
    'document,sku,quantity,currency,order,buyer,reason\nR1,LAMP,1,GBP,I1,,defective\nR2,VASE,1,GBP,,B3,\nR3,VASE,9,GBP,,B3,\nR4,VASE,0,GBP,,B3,\n',
  );
  const came = await runImport('returns', returns, '--source', 'shop');
  expect(came.result, came.told).toMatchObject({ rows: 4, returned: 2, queued: { quantity: 1 }, rejected: 1 });
  expect(came.told).toMatch(/row 4, quantity: quantity_invalid/);
  const lines = async () =>
    await db.returnLine.findMany({ select: { sku: true, requested: true }, orderBy: { sku: 'asc' } });
  expect(await lines()).toEqual([
    { sku: 'LAMP', requested: 1 },
    { sku: 'VASE', requested: 1 },
  ]);
  expect(await db.attention.findMany({ where: { rma: null }, select: { subject: true, reason: true } })).toEqual([
    { subject: 'R3', reason: 'quantity' },
  ]);

  // The same file again, with one more line in the first document: only that line is new.
  const grown = (await readFile(returns, 'utf8')).replace('R2,', 'R1,LAMP,2,GBP,I1,,defective\nR2,');
  await writeFile(returns, grown);
  const repeated = await runImport('returns', returns, '--source', 'shop');
  expect(repeated.result, repeated.told).toMatchObject({ returned: 3, queued: { quantity: 1 }, rejected: 1 });
  expect((await lines()).map(({ requested }) => requested).toSorted()).toEqual([1, 1, 2]);
});

test('what cannot be done is told in a sentence', async () => {
  expect((await runImport('parcels', 'x.csv')).told).toMatch(/Say what to import/);
  const wrong = await runImport('orders', join(folder, 'orders.csv'), '--map', 'order=Number');
  expect(wrong.told).toMatch(/its header has no column Number; it has Invoice/);
  expect(wrong.code).toBe(1);
});
