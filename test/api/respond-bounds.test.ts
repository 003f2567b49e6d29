import { afterAll, beforeAll, expect, test } from 'vitest';
import { signLink } from '../../activities/notices/link.ts';
import { recallsOf } from './recall-world.ts';
import { startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  await world.close();
});

const { post, shipped, scopeOf, draft, until } = recallsOf(() => world);

/** A recall whose one consignee was written to, and where it responds. */
async function asked(sku: string) {
  const consignee = `${sku}-S1`;
  await shipped(sku, 'L1', [consignee]);
  const recall = await draft(scopeOf(sku, 'L1'));
  await post(`/${recall}/launch`);
  await until(recall, ({ status }) => status === 'notified');
  const token = signLink(world.config.notices.linkKeys, { recall, consignee, expiresAt: '2099-01-01T00:00:00Z' });
  const send = async (fields: Record<string, string>) => {
    const body = new URLSearchParams({ basis: '0', do: 'respond', 'sku.0': sku, 'lot.0': 'L1', ...fields });
    return (await fetch(`${world.url}/respond/${token}`, { method: 'POST', body, redirect: 'manual' })).status;
  };
  const page = async () => (await fetch(`${world.url}/respond/${token}`)).text();
  return { recall, consignee, send, page };
}

test('of forms that were made of one page and are sent at once, one is taken', async () => {
  const { recall, send } = await asked('BOTH');
  const held = ['0', '1', '2'];
  const all = await Promise.all(held.map((units) => send({ 'held.0': units })));
  expect(all.toSorted()).toEqual([303, 409, 409]);
  expect(await world.db.recallResponse.count({ where: { recall } })).toBe(1);
});

test('more goods than a form holds are told in another way, and that none is left by a click', async () => {
  const { recall, consignee, send, page } = await asked('MANY');
  await world.pool.query(
    `INSERT INTO recall_positions (recall, consignee, sku, lot, traced) SELECT $1, $2, 'MORE-' || n, 'L1', 1 FROM generate_series(1, 300) AS n`,
    [recall, consignee],
  );
  const html = await page();
  expect(html).toContain('more different goods than a form holds');
  expect([html.includes('name="held.0"'), html.split('<tr>').length]).toEqual([false, 302]);
  expect(await send({ 'held.0': '1' })).toBe(400);
  expect(await send({ do: 'none' })).toBe(303);
  expect(await world.db.recallPosition.count({ where: { recall, consignee, response: 1 } })).toBe(301);
});
