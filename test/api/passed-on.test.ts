import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startInbox } from '../../worker/inbox.ts';
import { addressOf, type Row, recallsOf } from './recall-world.ts';
import { eventually, startWorld, type World } from './world.ts';

let world: World;
let inbox: Awaited<ReturnType<typeof startInbox>>;
beforeAll(async () => {
  world = await startWorld();
  inbox = await startInbox({ pool: world.pool, config: world.config, log: pino({ level: 'silent' }) });
});
afterAll(async () => {
  await inbox.stop();
  await world.close();
});

const { post, get, shipped, scopeOf, until, notified, lettersTo } = recallsOf(() => world);

/** Two stores have two units each of the lot that is recalled. */
let number = '';
let sku = '';
let tests = 0;
beforeEach(async () => {
  tests += 1;
  sku = `PASSED-${tests}`;
  await shipped(sku, 'L1', [`A-${sku}`, `B-${sku}`]);
  number = await notified(scopeOf(sku, 'L1'), { hazardClass: 'I' });
});

const at = (consignee: string) => `/${number}/consignees/${encodeURIComponent(consignee)}/responses`;
const respond = async (consignee: string, said: Row): Promise<void> => {
  const reply = await post(at(consignee), { positions: [{ sku, lot: 'L1', ...said }] });
  expect(reply.status, reply.text).toBe(200);
};
const stateOf = async (consignee: string) =>
  world.db.recallConsignee.findUnique({
    where: { recall_consignee: { recall: number, consignee } },
    include: { notices: { orderBy: { claimedAt: 'asc' } } },
  });

test('whom goods were passed on to is written to, and answers by the link of its own', async () => {
  const address = `corner.${tests}@shops.example`;
  const shop = { reference: 'SHOP-9', kind: 'business', name: 'Corner shop', email: address, language: 'de' };
  const none = { reference: 'SHOP-10', kind: 'business', name: 'Market stall' };
  await respond(`A-${sku}`, {
    soldOn: 2,
    passedOn: [
      { new: shop, quantity: 1 },
      { new: none, quantity: 1 },
    ],
  });
  const { letter } = await eventually(async () => {
    const letters = await lettersTo(address);
    expect(letters.subjects).toHaveLength(1);
    return letters;
  });
  expect(letter).toContain(`${sku}, lot L1: 1 unit`);
  const sub = `sub:A-${sku}/SHOP-9`;
  expect(await stateOf(sub)).toMatchObject({
    state: 'notified',
    wave: 1,
    notices: [{ kind: 'initial', state: 'sent' }],
  });

  const token = /\/respond\/([\w.-]+)/.exec(letter)?.[1] ?? '';
  const page = await world.call('GET', `/respond/${token}`, undefined, { as: null });
  expect(page.text).toContain(sku);
  const answer = new URLSearchParams({
    do: 'respond',
    basis: '0',
    rows: '0',
    'sku.0': sku,
    'lot.0': 'L1',
    'held.0': '1',
  });
  const sent = await fetch(`${world.url}/respond/${token}`, { method: 'POST', body: answer, redirect: 'manual' });
  expect(sent.status).toBe(303);
  expect(await stateOf(sub)).toMatchObject({ state: 'responded', nextDue: null });

  // Nobody can write to who left no address: a person reaches it.
  await until(number, ({ needsPerson }) => String(needsPerson) === 'notices_undeliverable');
  expect(await stateOf(`sub:A-${sku}/SHOP-10`)).toMatchObject({
    state: 'undeliverable',
    notices: [{ channel: 'none', code: 'no_address' }],
  });
  // Said again, nobody is written to twice; and what is with whom adds up.
  await respond(`A-${sku}`, { soldOn: 2, destroyed: 0, proof: 'X' });
  const { body } = await get(`/${number}/report`);
  expect(body).toMatchObject({
    consignees: { total: 4, responded: 2 },
    account: { affected: 7, unaccounted: 3, claimed: { held: 4, soldOn: 0 } },
  });
  expect((await lettersTo(address)).subjects).toHaveLength(1);
});

test('whom goods were passed on to is checked like all others where the level checks all', async () => {
  const shop = { reference: 'SHOP-7', kind: 'business', name: 'Kiosk', email: `kiosk.${tests}@shops.example` };
  await respond(`A-${sku}`, { soldOn: 1, passedOn: [{ new: shop, quantity: 1 }] });
  await eventually(async () => {
    const checks = await world.db.recallCheck.findMany({ where: { recall: number }, orderBy: { number: 'asc' } });
    expect(checks.map(({ consignee }) => consignee).slice(2)).toEqual([`sub:A-${sku}/SHOP-7`]);
  });
  const { timeline } = await until(number, (recall) => JSON.stringify(recall['timeline']).includes('"3 effectiveness'));
  expect(timeline).toContainEqual(expect.objectContaining({ type: 'checks_due', by: 'inbox' }));
});

test('who has been written to can’t have its link sent elsewhere by whoever named it', async () => {
  const [own, other] = [`own.${tests}@shops.example`, `other.${tests}@shops.example`];
  const shop = { reference: 'SHOP-9', kind: 'business', name: 'Corner shop', email: own };
  await respond(`A-${sku}`, { soldOn: 1, passedOn: [{ new: shop, quantity: 1 }] });
  await eventually(async () => expect((await lettersTo(own)).subjects).toHaveLength(1));
  // More goods have it written to again: where it was reached, not where it is said to be now.
  const moved = { ...shop, email: other };
  await respond(`A-${sku}`, { soldOn: 2, passedOn: [{ new: moved, quantity: 2 }] });
  await respond(`sub:A-${sku}/SHOP-9`, { held: 2 });
  await respond(`B-${sku}`, { soldOn: 1, passedOn: [{ consignee: `sub:A-${sku}/SHOP-9`, quantity: 1 }] });
  await eventually(async () => expect((await lettersTo(own)).subjects.length).toBeGreaterThan(1));
  expect((await lettersTo(other)).subjects).toEqual([]);
});

test('who has answered hears of goods that were passed on to it since, and is reminded of them', async () => {
  await respond(`B-${sku}`, { held: 2 });
  expect(await stateOf(`B-${sku}`)).toMatchObject({ state: 'responded' });
  await respond(`A-${sku}`, { soldOn: 2, passedOn: [{ consignee: `B-${sku}`, quantity: 2 }] });
  const again = await eventually(async () => {
    const state = await stateOf(`B-${sku}`);
    expect(state).toMatchObject({ state: 'notified', dueKind: 'reminder', dueNumber: 1, round: 2 });
    return state;
  });
  expect(again?.notices.map(({ kind, round, state }) => [kind, round, state])).toEqual([
    ['initial', 1, 'sent'],
    ['amended', 2, 'sent'],
  ]);
  const { subjects, letter } = await lettersTo(addressOf(`B-${sku}`));
  expect(subjects).toHaveLength(2);
  expect(letter).toContain('4 units');
  await respond(`B-${sku}`, { held: 4 });
  expect(await stateOf(`B-${sku}`)).toMatchObject({ state: 'responded' });
});
