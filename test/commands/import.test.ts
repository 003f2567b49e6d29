import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { columnNames, neededNames } from '../../api/orders/columns.ts';
import type { ApiClient } from '../../commands/import/client.ts';
import { apiClient } from '../../commands/import/client.ts';
import { checkedMapping, isGoods, mapped, readMapping } from '../../commands/import/mapping.ts';
import { importOrders, type RowOutcome } from '../../commands/import/orders.ts';
import { readDocument, returnColumns } from '../../commands/import/returned-row.ts';
import { readTable, type TableRow } from '../../commands/import/table.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'homeward-test-import-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function aFile(name: string, lines: readonly string[]): Promise<string> {
  const file = join(folder, name);
  const text = `${lines.join('\n')}\n`;
  await writeFile(file, name.endsWith('.gz') ? gzipSync(text) : text);
  return file;
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** An API that takes every row, and remembers what came. */
function anApi(): ApiClient & { readonly sent: unknown[] } {
  const sent: unknown[] = [];
  return {
    sent,
    post: async () => ({}),
    postLines: async (_path, lines) => {
      sent.push(...lines);
      return [...lines.map((_, index) => ({ row: index + 1, status: 'created' })), { done: true }];
    },
  };
}

describe('a table', () => {
  test('is read plain or packed, with quotes, a byte order mark and Windows line ends', async () => {
    const lines = ['\uFEFFa,b\r', '1,"x, ""y"""\r', '2,\r'];
    const expected = [
      { row: 1, values: { a: '1', b: 'x, "y"' } },
      { row: 2, values: { a: '2', b: '' } },
    ];
    expect(await all(readTable(await aFile('plain.csv', lines)))).toEqual(expected);
    expect(await all(readTable(await aFile('packed.csv.gz', lines)))).toEqual(expected);
  });

  test('goes on after a row that has too few or too many columns', async () => {
    const rows = await all(readTable(await aFile('uneven.csv', ['a,b', '1', '1,2,3', '1,2'])));
    expect(rows.map(({ values }) => values !== null)).toEqual([false, false, true]);
  });

  test('passes rows that a spreadsheet left behind empty', async () => {
    expect(await all(readTable(await aFile('left.csv', ['a,b', '1,2', ',', ' ,'])))).toEqual([
      { row: 1, values: { a: '1', b: '2' } },
    ]);
  });

  test('says which file cannot be read and why', async () => {
    const header = await aFile('header.csv', ['a,b', '1,2']);
    await expect(all(readTable(header, ['a', 'c']))).rejects.toThrow(/header\.csv .*no column c; it has a, b/);
    const broken = join(folder, 'broken.csv.gz');
    await writeFile(broken, gzipSync('a,b\n1,2\n'.repeat(1_000)).subarray(0, 30));
    await expect(all(readTable(broken))).rejects.toThrow(/broken\.csv\.gz cannot be read/);
    await expect(all(readTable(join(folder, 'none.csv')))).rejects.toThrow(
      /none\.csv cannot be read: there is no such file/,
    );
    await expect(all(readTable(folder))).rejects.toThrow(/it is a folder/);
    await expect(all(readTable(await aFile('blank.csv', [])))).rejects.toThrow(/blank\.csv .*it is empty/);
  });

  test('is read as spreadsheets part it: by semicolons or tabs, as its header is', async () => {
    const expected = [{ row: 1, values: { a: '1,5', b: '2' } }];
    expect(await all(readTable(await aFile('semicolons.csv', ['a;b', '1,5;2'])))).toEqual(expected);
    expect(await all(readTable(await aFile('tabs.csv.gz', ['a\tb', '1,5\t2'])))).toEqual(expected);
  });
});

describe('a mapping', () => {
  test('renames, reforms and translates columns, and fills in what is empty', () => {
    const mapping = checkedMapping(
      {
        columns: {
          order: 'Invoice',
          sku: { column: 'Code', form: 'upper' },
          buyer: { column: 'Customer', form: 'whole' },
          country: { column: 'Country', values: { EIRE: 'IE' } },
        },
        preset: { currency: 'GBP', country: 'GB' },
        notGoods: ['POST', 'gift_*'],
      },
      columnNames,
    );
    const row = { Invoice: ' 1 ', Code: '8a', Customer: '17850.0', Country: 'EIRE', Other: 'x' };
    expect(mapped(mapping, row)).toEqual({ order: '1', sku: '8A', buyer: '17850', country: 'IE', currency: 'GBP' });
    expect(mapped(mapping, { ...row, Country: '' })).toMatchObject({ country: 'GB' });
    expect(['post', 'POSTCARD', 'GIFT_1'].map((sku) => isGoods(mapping, sku))).toEqual([false, true, false]);
  });

  test('takes pairs of the command line before its file, and names a column that there is not', async () => {
    const file = await aFile('mapping.json', [JSON.stringify({ columns: { sku: 'A', order: 'O' } })]);
    const mapping = await readMapping({ file, map: ['sku=B'], set: ['currency=EUR'] }, columnNames);
    expect(mapping).toMatchObject({ columns: { sku: 'B', order: 'O' }, preset: { currency: 'EUR' } });
    await expect(readMapping({ map: ['colour=A'], set: [] }, columnNames)).rejects.toThrow(/no column colour/);
    await expect(readMapping({ map: ['sku'], set: [] }, columnNames)).rejects.toThrow(/--map takes ours=theirs/);
  });
});

describe('orders', () => {
  const mapping = checkedMapping(
    {
      columns: { order: 'No', sku: 'Code', quantity: 'Units', unitPrice: 'Price', placedAt: 'Date' },
      preset: { currency: 'GBP', country: 'GB' },
    },
    columnNames,
  );
  const orders = async (name: string, lines: readonly string[], client: ApiClient): Promise<RowOutcome[]> =>
    await all(
      importOrders(readTable(await aFile(name, ['No,Code,Units,Price,Date', ...lines])), {
        client,
        mapping,
        complete: async (whole) => new Map(whole.map(({ order, total }) => [order, { tax: `0.0${total % 10}` }])),
      }),
    );

  test('are sent whole, with their lines numbered and what belongs to the order as a whole', async () => {
    const client = anApi();
    const outcomes = await orders(
      'good.csv',
      ['1,A,2,1.25,2026-03-01', '1,A,2,1.25,2026-03-01', '2,B,1,3,2026-03-02'],
      client,
    );
    expect(outcomes.map(({ row, status, order }) => [row, status, order])).toEqual([
      [1, 'created', '1'],
      [2, 'created', '1'],
      [3, 'created', '2'],
    ]);
    expect(client.sent).toMatchObject([
      { order: '1', line: '1', tax: '0.00' },
      { order: '1', line: '2' },
      { order: '2', line: '1', unitPrice: '3' },
    ]);
  });

  test('with a bad row are left out whole, each row with its number, column and reason', async () => {
    const client = anApi();
    const outcomes = await orders(
      'bad.csv',
      [
        '1,A,2,1.25,2026-03-01',
        '1,B,0,1.255,yesterday',
        '2,B,1,3,2026-03-02',
        '3,C,-4,0,2026-03-02',
        '4,C,-4,2,2026-03-02',
      ],
      client,
    );
    const told = outcomes.flatMap(({ row, errors }) => errors.map(({ column, code }) => `${row} ${column} ${code}`));
    expect(told).toEqual([
      '1  order_incomplete',
      '2 Date time_invalid',
      '2 Units quantity_invalid',
      '4 Units write_off',
      '5 Units negative_quantity',
    ]);
    expect(client.sent).toMatchObject([{ order: '2' }]);
  });
});

describe('a row of returns', () => {
  const columns = Object.keys(returnColumns);
  const mapping = checkedMapping(
    { columns: { document: 'No', sku: 'Code', quantity: { column: 'Units', form: 'negated' }, unitPrice: 'Price' } },
    columns,
  );
  const row = (values: Record<string, string>): TableRow => ({ row: 7, values });

  test('is known by its document and its place in it', () => {
    const preset = { ...mapping, preset: { currency: 'GBP', buyer: 'B1', at: '2026-03-01 10:00:00' } };
    const rows = [
      row({ No: 'C1', Code: 'A', Units: '-2', Price: '1.25' }),
      row({ No: 'C1', Code: 'A', Units: '-2', Price: '' }),
    ];
    const [first, second] = readDocument(rows, preset, 'shop');
    expect(first).toMatchObject({
      id: 'import:shop:C1/1',
      line: { sku: 'A', quantity: 2, unitPrice: 125, buyer: 'B1', order: null, at: new Date('2026-03-01T10:00:00Z') },
    });
    expect(second).toMatchObject({ id: 'import:shop:C1/2', line: { unitPrice: null } });
  });

  test('names every column that is wrong', () => {
    const [bad] = readDocument([row({ No: 'C1', Code: '', Units: '2', Price: '1.255' })], mapping, 'shop');
    const errors = bad?.line === null ? bad.errors.map(({ column, code }) => `${column} ${code}`) : [];
    expect(errors).toEqual(['Code missing', 'Units quantity_invalid', 'currency missing']);
  });
});

test('an API that nobody runs is told with what to do, and the columns that a row needs are known', async () => {
  const nobody = apiClient('http://127.0.0.1:9', 'key', 0).post('/v1/orders', {}, 'k');
  await expect(nobody).rejects.toThrow(/^Nobody answers at http:\/\/127\.0\.0\.1:9 \(.+\): npm start starts it/);
  expect(neededNames).toEqual(['order', 'currency', 'country', 'placedAt', 'sku', 'quantity']);
});
