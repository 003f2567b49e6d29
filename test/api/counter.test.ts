import { afterAll, beforeAll, expect, test } from 'vitest';
import { asNew } from '../domain/sale.ts';
import { anOrder, asked } from './orders.ts';
import { eventually, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  await world.close();
});

const overTheCounter = async (seen: object, more: object = {}) => {
  const { lines, ...request } = asked(await anOrder(world));
  return { ...request, method: 'counter', lines: lines.map((line) => ({ ...line, seen })), ...more };
};

test('a clerk takes goods back and refunds them with one request', async () => {
  const created = await world.call('POST', '/v1/returns', await overTheCounter({ facts: asNew }), { as: 'ops' });
  expect(created.status, created.text).toBe(201);
  expect(created.body).toMatchObject({
    method: 'counter',
    status: { goods: 'inspected' },
    items: [{ grade: 'A', settled: true, disposition: 'restock' }],
    quote: { total: { amount: '20.00' } },
  });
  const at = `/v1/returns/${String(created.body['rma'])}`;
  await eventually(async () =>
    expect((await world.call('GET', at)).body).toMatchObject({
      status: { money: 'full' },
      settled: { amount: '20.00' },
      parcels: [{ method: 'unannounced', label: 'none' }],
    }),
  );
});

test.each<[string, () => Promise<object>, 'ops' | 'coordinator', number, string]>([
  [
    'what was seen of goods that are sent',
    () => overTheCounter({ facts: asNew }, { method: 'drop_off' }),
    'ops',
    400,
    '',
  ],
  ['neither facts nor answers', () => overTheCounter({}), 'ops', 400, ''],
  ['an answer too few', () => overTheCounter({ answers: {} }), 'ops', 422, 'question_unanswered'],
  ['goods by somebody who handles none', () => overTheCounter({ facts: asNew }), 'coordinator', 403, ''],
])('%s is refused, and nothing is left behind', async (_what, body, as, status, code) => {
  const before = await world.db.return.count();
  const answer = await world.call('POST', '/v1/returns', await body(), { as });
  expect(answer.status, answer.text).toBe(status);
  if (code !== '') expect(answer.body['code']).toBe(code);
  expect(await world.db.return.count()).toBe(before);
});
