import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';

const ROOT = join(import.meta.dirname, '../..');
const COMMAND = join(ROOT, 'commands/import-openfda');
const RECORDS = join(ROOT, '../shared/data/openfda/food_enforcement.jsonl');
const run = promisify(execFile);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'homeward-test-openfda-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const Share = z.number().nullable();
const Result = z.object({
  records: z.int(),
  full: z.int(),
  partial: z.int(),
  none: z.int(),
  precision: Share,
  recall: Share,
  labelled: z.int(),
  rejected: z.int(),
});

async function importFile(...args: readonly string[]) {
  const { stdout, stderr, code } = await run(process.execPath, [join(COMMAND, 'main.ts'), ...args], {
    maxBuffer: 64 * 1024 * 1024,
  }).then(
    (done) => ({ ...done, code: 0 }),
    (failed: { stdout: string; stderr: string; code: number }) => failed,
  );
  const last = stdout.trim().split('\n').at(-1) ?? '';
  return { stdout, stderr, code, result: last.startsWith('{') ? Result.parse(JSON.parse(last)) : null };
}

async function aFile(name: string, content: string | Uint8Array): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, content);
  return file;
}

const aRecord = (recall_number: string, code_info: string) => JSON.stringify({ recall_number, code_info, openfda: {} });

const EXAMPLE = join(COMMAND, 'example.json');

test('the example that comes with it: one record understood, one in part, one not at all', async () => {
  const { result, stdout, code } = await importFile(EXAMPLE);
  expect(code).toBe(0);
  expect(result).toEqual({
    records: 3,
    full: 1,
    partial: 1,
    none: 1,
    precision: null,
    recall: null,
    labelled: 0,
    rejected: 0,
  });
  expect(stdout).toMatch(/F-9002-2026 +partial/);
});

test('one record shows each proposal and each question beside its words', async () => {
  const { stdout } = await importFile(EXAMPLE, '--record', 'F-9002-2026');
  expect(stdout).toMatch(/\+ lots CB24001\.\.CB24030 +«CB24001 to CB24030»/);
  expect(stdout).toMatch(/\? which date is meant\? +«02\/27»/);
  expect(stdout).toContain('class not yet known');
  expect((await importFile(EXAMPLE, '--record', 'F-1-1999')).stderr).toMatch(/no record F-1-1999/);
});

test('for another program each record is a line of JSON, with words and places', async () => {
  const { stdout } = await importFile(EXAMPLE, '--json', '--record', 'F-9001-2026');
  const [line = ''] = stdout.split('\n');
  const document = JSON.parse(await readFile(EXAMPLE, 'utf8'));
  const text: string = document.results[0].code_info;
  const entry = z
    .looseObject({
      codeInfo: z.object({ proposals: z.array(z.looseObject({ start: z.int(), end: z.int(), text: z.string() })) }),
    })
    .parse(JSON.parse(line));
  expect(entry.codeInfo.proposals[0]).toMatchObject({ type: 'lot', code: 'AB24017' });
  for (const { start, end, text: words } of entry.codeInfo.proposals) expect(text.slice(start, end)).toBe(words);
});

test('a list, a record a line, an answer in one line, with an end of its own, and packed are read alike', async () => {
  const records = [aRecord('F-1-2026', 'Lot A1234'), aRecord('F-2-2026', 'None')];
  const shapes = {
    'list.json': `[${records.join(',')}]`,
    'lines.jsonl': `${records.join('\n\n')}\n`,
    'windows.jsonl': `\uFEFF${records.join('\r\n')}`,
    'answer.json': `{"results":[${records.join(',')}]}`,
    'pretty.json': JSON.stringify({ meta: {}, results: records.map((record) => JSON.parse(record)) }, null, 2),
  };
  for (const [name, text] of Object.entries(shapes)) {
    const plain = await importFile(await aFile(name, text));
    const packed = await importFile(await aFile(`${name}.gz`, gzipSync(text)));
    expect([name, plain.code, plain.result]).toMatchObject([name, 0, { records: 2, full: 1, none: 1, rejected: 0 }]);
    expect(packed.result).toEqual(plain.result);
  }
});

test('records that cannot be read are told and counted, and the others taken', async () => {
  const file = await aFile(
    'bad.jsonl',
    [aRecord('F-1-2026', 'Lot A1234'), 'half a rec', '{"code_info":"Lot B1"}', '7'].join('\n'),
  );
  const { code, stderr, result } = await importFile(file);
  expect(code).toBe(1);
  expect(result).toMatchObject({ records: 1, rejected: 3 });
  expect(stderr).toMatch(/record 2: is no JSON/);
  expect(stderr).toMatch(/record 3: recall_number/);
});

test.each([
  ['nothing.json', '{\n"meta": {}\n}', /neither/],
  ['broken.json', '{"results":[', /neither/],
])('%s is refused with a sentence', async (name, text, reason) => {
  const { code, stderr } = await importFile(await aFile(name, text));
  expect([code, stderr.trim().split('\n').length]).toEqual([1, 1]);
  expect(stderr).toMatch(reason);
});

test('a file that is not there, and labels that are none, are refused with a sentence', async () => {
  expect((await importFile(join(folder, 'gone.json'))).stderr).toMatch(/cannot be read/);
  const labels = await aFile('labels.json', '{"records":[{"record":"F-1-2026"}]}');
  expect((await importFile(EXAMPLE, '--labels', labels)).stderr).toMatch(/holds no labels/);
});

test('precision and recall are counted by fact against labels', async () => {
  const file = await aFile(
    'two.jsonl',
    [aRecord('F-1-2026', 'Lot A1234, A1235'), aRecord('F-2-2026', 'A7')].join('\n'),
  );
  const labels = await aFile(
    'mine.json',
    JSON.stringify({
      records: [
        { record: 'F-1-2026', set: 'mine', facts: ['lot A1234', 'lot A1236'] },
        { record: 'F-2-2026', set: 'mine', facts: ['lot A7'] },
      ],
    }),
  );
  const { result, stdout } = await importFile(file, '--labels', labels, '--differences');
  expect(result).toMatchObject({ labelled: 2, precision: 0.5, recall: 0.333 });
  expect(stdout).toContain('proposed, and not so: lot A1235');
  expect(stdout).toContain('so, and not proposed: lot A7');
});

test.skipIf(!existsSync(RECORDS))(
  '239 real records: a wrong lot is rarer than one in twenty, and most are found',
  async () => {
    const { result, code } = await importFile(RECORDS);
    expect(code).toBe(0);
    expect(result).toMatchObject({ records: 239, labelled: 60, rejected: 0 });
    expect(result?.precision).toBeGreaterThanOrEqual(0.95);
    expect(result?.recall).toBeGreaterThanOrEqual(0.6);
  },
);
