import { afterAll, beforeAll, expect, test } from 'vitest';
import { addressOf, recallsOf } from './recall-world.ts';
import { startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  await world.close();
});

const { post, shipped, scopeOf, notified, lettersTo } = recallsOf(() => world);

/** A store has two units of a lot, and says what became of them. */
async function answered(sku: string, kind: string, what: object) {
  await shipped(sku, 'L1', [`${sku}-S1`]);
  const number = await notified(scopeOf(sku, 'L1'), { kind });
  const reply = await post(`/${number}/consignees/${sku}-S1/responses`, { positions: [{ sku, lot: 'L1', ...what }] });
  expect(reply.status, reply.text).toBe(200);
  const { subjects } = await lettersTo(addressOf(`${sku}-S1`));
  const position = await world.db.recallPosition.findFirstOrThrow({
    where: { recall: number, consignee: `${sku}-S1` },
  });
  const asks = await world.pool.query(`SELECT FROM inbox WHERE provider = 'recall' AND event_id LIKE $1`, [
    `${number}:%`,
  ]);
  return { position, subjects, asksBack: asks.rowCount };
}

test('goods of a correction stay where they are and are put right; those of a market withdrawal come back', async () => {
  const corrected = await answered('KIND-C', 'correction', { corrected: 1, held: 1 });
  expect(corrected.subjects.join()).toContain('Product correction: Kettle');
  expect(corrected.position).toMatchObject({ affected: 2, claimedCorrected: 1, claimedHeld: 1, unaccounted: 0 });
  expect(corrected.asksBack).toBe(0);
  const withdrawn = await answered('KIND-W', 'market_withdrawal', { held: 2 });
  expect(withdrawn.subjects.join()).toContain('Market withdrawal: Kettle');
  expect(withdrawn.position).toMatchObject({ affected: 2, claimedHeld: 2, askedBack: 2 });
  expect(withdrawn.asksBack).toBe(1);
});

test('the machines that are told are not ours', async () => {
  await shipped('KIND-M', 'L1', ['KIND-M-S1']);
  for (const url of ['https://10.0.0.7/', 'https://localhost/', 'http://127.0.0.1:3000/']) {
    const reply = await world.call('POST', '/v1/consignees/KIND-M-S1/webhook', { url }, { as: 'coordinator' });
    expect([reply.status, reply.body['code'], reply.body['field']], url).toEqual([422, 'webhook_inside', 'url']);
  }
});
