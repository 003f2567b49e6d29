import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { defaultCustomerPolicy } from '../../domain/policy/default-customer.ts';
import { anOrder, asked } from './orders.ts';
import { startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  await world.close();
});

const Questions = z.object({
  questions: z.array(z.object({ question: z.string(), answers: z.array(z.object({ answer: z.string() })) })),
});

test('the bench asks the questions of the category, and an answer that is missing is named', async () => {
  const rma = await received({ category: 'electronics' });
  const { questions } = Questions.parse((await world.call('GET', at(rma, 'questions'), undefined, { as: 'ops' })).body);
  expect(questions.map(({ question }) => question)).toEqual(['packaging', 'powers_on', 'marks', 'complete']);

  const answers = Object.fromEntries(questions.map(({ question, answers: [best] }) => [question, best?.answer]));
  const { marks: _, ...some } = answers;
  const refused = await inspect(rma, { answers: some });
  expect([refused.status, refused.body['code'], refused.body['field']]).toEqual([
    422,
    'question_unanswered',
    'findings[0].answers.marks',
  ]);
  expect((await inspect(rma, { answers, facts: {} })).status).toBe(400);
  expect((await inspect(rma, {})).body['detail']).toContain('by facts or by answers');
  expect((await inspect(rma, { answers })).status).toBe(200);
  const { body } = await world.call('GET', `/v1/returns/${rma}`);
  expect(body['items']).toMatchObject([{ grade: 'A' }]);
});

test('goods of great value are graded by two keys', async () => {
  const rma = await received({ unitPrice: 150_000 });
  const answers = Object.fromEntries(
    Questions.parse((await world.call('GET', at(rma, 'questions'))).body).questions.map(
      ({ question, answers: [best] }) => [question, best?.answer],
    ),
  );
  const first = await inspect(rma, { answers });
  expect(first.body['attention']).toEqual(['second_inspection']);
  const again = await inspect(rma, { answers });
  expect([again.status, again.body['code']]).toEqual([409, 'second_person_needed']);
  const second = await inspect(rma, { answers }, 'lead');
  expect(second.body['attention']).toEqual([]);
  expect(second.body['events']).toContain('settlement_due');
});

const at = (rma: string, what: string) => `/v1/returns/${rma}/items/P1-1/${what}`;

const inspect = (rma: string, seen: object, as: 'ops' | 'lead' = 'ops') =>
  world.call('POST', at(rma, 'inspections'), { findings: [{ quantity: 1, ...seen }] }, { as });

/** A return of one unit that is on the bench. */
async function received({ category = 'kitchen', unitPrice = 2000 }): Promise<string> {
  const order = await anOrder(world, [{ quantity: 1, price: unitPrice }]);
  await world.db.orderLine.updateMany({ where: { orderId: order }, data: { category } });
  const created = await world.call('POST', '/v1/returns', asked(order), { as: 'ops' });
  const rma = String(created.body['rma']);
  const threshold = defaultCustomerPolicy.review.aboveAmount['EUR'] ?? 0;
  if (unitPrice > threshold) {
    const decisions = [{ line: 'L1', approve: true, note: 'known buyer' }];
    expect((await world.call('POST', `/v1/returns/${rma}/reviews`, { decisions })).status).toBe(200);
  }
  const receipt = { parcel: 'P1', contents: [{ sku: 'SKU-1', quantity: 1 }] };
  expect((await world.call('POST', `/v1/returns/${rma}/receipts`, receipt, { as: 'ops' })).status).toBe(200);
  return rma;
}
