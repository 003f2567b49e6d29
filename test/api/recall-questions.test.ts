import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { codeOf, type Row, recallsOf } from './recall-world.ts';
import { type Reply, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  await world.close();
});

const { post, get, upload } = recallsOf(() => world);

type Asked = {
  question: number;
  text: string;
  code: string;
  known: boolean | null;
  state: string;
  note: string | null;
};

/** Each test has a SKU of its own: a lot is in one recall. */
let sku = '';
let tests = 0;
beforeEach(async () => {
  tests += 1;
  sku = `JAR-${tests}`;
  const rows = ['AB24017', 'AB24018'].map((lot) => ({
    ...{ reference: `PO-${sku}-${lot}`, facility: 'RC1', sku, lot, quantity: 100, receivedAt: '2026-01-10' },
    gtin: '036000291452',
  }));
  await upload('/v1/lot-receipts/import', rows);
});

const asked = ({ body }: Reply) => body['data'] as Asked[];

const record = (codeInfo: string, more: Row = {}) => ({
  recall_number: 'F-9001-2026',
  classification: 'Class I',
  recall_initiation_date: '20260302',
  product_description: 'Almond butter, 16 oz jar',
  code_info: codeInfo,
  // openFDA says more than we read.
  product_type: 'Food',
  openfda: {},
  ...more,
});
const drafted = (codeInfo: string, more: Row = {}) => ({
  depth: 'retail',
  record: record(codeInfo),
  skus: [sku],
  texts: [
    { language: 'en', product: 'Almond butter', reason: 'Salmonella.', instructions: 'Stop selling.', contact: 'us' },
  ],
  ...more,
});
const settle = (number: string, questions: number[], resolution: string, note?: string) =>
  post(`/${number}/questions/resolutions`, { questions, resolution, note });

test('a record becomes a draft whose launch waits for every answer', async () => {
  const made = await post('', drafted('Lot numbers: AB24017, AB24018 and AB24021; plant 38'));
  expect(made.status, made.text).toBe(201);
  expect(made.body).toMatchObject({ status: 'drafted', hazardClass: 'I', openQuestions: 4 });
  const number = String(made.body['number']);
  const questions = asked(await get(`/${number}/questions`));
  expect(questions.map(({ text, code, known }) => [text, code, known])).toEqual([
    ['AB24017', 'proposed', true],
    ['AB24018', 'proposed', true],
    ['AB24021', 'proposed', false],
    ['plant 38', 'unlabelled_code', null],
  ]);
  // The lot that nobody knows is asked about, and isn't in the scope.
  const { body } = await get(`/${number}/scope`);
  expect(body).toMatchObject({ version: 1, scope: { lines: [{ sku, lots: ['AB24017', 'AB24018'] }] } });
  const early = await post(`/${number}/launch`);
  expect(codeOf(early)).toEqual([409, 'questions_open', undefined]);
  expect((early.body['errors'] as Row[]).map(({ field }) => field)).toEqual([1, 2, 3, 4].map((n) => `questions[${n}]`));

  expect((await settle(number, [1, 2], 'confirm')).status).toBe(200);
  expect(codeOf(await settle(number, [3], 'confirm'))).toEqual([422, 'not_in_scope', 'questions[0]']);
  expect(codeOf(await settle(number, [4], 'confirm'))).toEqual([422, 'nothing_proposed', 'questions[0]']);
  expect(codeOf(await settle(number, [1], 'dismiss', 'no'))).toEqual([422, 'still_in_scope', 'questions[0]']);
  expect(codeOf(await settle(number, [3, 9], 'dismiss', 'no'))).toEqual([422, 'unknown_question', 'questions[1]']);
  expect(codeOf(await settle(number, [3], 'dismiss'))).toEqual([400, expect.any(String), 'note']);
  expect((await settle(number, [3], 'dismiss', 'Never came to us.')).status).toBe(200);
  const settled = asked(await settle(number, [4], 'answer', 'All of ours are of that plant.'));
  expect(settled.map(({ state, note }) => [state, note])).toEqual([
    ['confirmed', null],
    ['confirmed', null],
    ['dismissed', 'Never came to us.'],
    ['answered', 'All of ours are of that plant.'],
  ]);
  expect((await get(`/${number}`)).body).toMatchObject({ openQuestions: 0 });

  // What was confirmed has to be in the scope when it is launched.
  const revised = await post(`/${number}/scope`, { scope: { lines: [{ sku, lots: ['AB24018'] }] } });
  expect(revised.body).toMatchObject({ events: ['scope_revised'] });
  expect((await post(`/${number}/launch`)).body).toMatchObject({
    code: 'questions_open',
    errors: [{ field: 'questions[1]', code: 'not_in_scope' }],
  });
  expect((await settle(number, [1], 'dismiss', 'A misprint.')).status).toBe(200);
  expect((await post(`/${number}/launch`)).status).toBe(200);
  expect(codeOf(await settle(number, [1], 'answer', 'late'))).toEqual([409, 'already_launched', undefined]);
});

test('products are found by the record’s GTIN; what nobody has here is refused', async () => {
  const gtin = record('Lot AB24017', { product_description: 'Almond butter, UPC 0 36000 29145 2' });
  const found = await post('', drafted('', { record: gtin, skus: undefined, dryRun: true }));
  expect(found.status, found.text).toBe(200);
  const { scope, questions } = found.body as { scope: { lines: Row[] }; questions: Asked[] };
  expect(scope.lines.map((line) => line['sku'])).toContain(sku);
  expect(questions.map(({ code }) => code)).toEqual(['proposed', 'proposed']);
  const none = drafted('Lot AB24017', { skus: undefined });
  expect(codeOf(await post('', none))).toEqual([422, 'product_unknown', 'skus']);
  expect(codeOf(await post('', drafted('Lot AB24017', { skus: [sku, 'NONE'] })))).toEqual([
    422,
    'product_unknown',
    'skus[1]',
  ]);
  expect(codeOf(await post('', drafted('x', { record: undefined, skus: undefined })))).toEqual([
    400,
    expect.any(String),
    'scope',
  ]);
  expect(codeOf(await post('', drafted('Lot A\u0000B')))).toEqual([400, expect.any(String), 'record.code_info']);
  expect(await world.db.recallRecord.count({ where: { questions: { some: { text: 'x' } } } })).toBe(0);
});

test('a record without a code drafts an empty scope, which the coordinator fills before the launch', async () => {
  const made = await post('', drafted('No codes.'));
  expect(made.status, made.text).toBe(201);
  const number = String(made.body['number']);
  expect((await get(`/${number}/scope`)).body).toMatchObject({ scope: { lines: [] } });
  expect(codeOf(await post(`/${number}/launch`))).toEqual([422, 'scope_empty', 'scope.lines']);
  expect(codeOf(await post(`/${number}/scope`, { scope: { lines: [{ sku, lots: ['L9'] }] } }))).toEqual([
    422,
    'lot_unknown',
    'scope.lines[0].lots[0]',
  ]);
  expect((await post(`/${number}/scope`, { scope: { lines: [{ sku }] } })).status).toBe(200);
  await settle(
    number,
    asked(await get(`/${number}/questions?state=open`)).map(({ question }) => question),
    'answer',
    'All of it.',
  );
  expect((await post(`/${number}/launch`)).status).toBe(200);
});
