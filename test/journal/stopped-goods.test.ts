import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { expect, test } from 'vitest';
import type { AppendResult } from '../../activities/journal/port.ts';
import { rebuildAll } from '../../activities/journal/rebuild.ts';
import { liftStopSale } from '../../activities/recalls/lift-stop-sale.ts';
import { placeStopSale } from '../../activities/recalls/stop-sale.ts';
import { asNew } from '../domain/sale.ts';
import { lotsOf } from '../workflows/recalls.ts';
import { aRequest, DrivenReturn } from './process.ts';
import { aRecallOf } from './recall-breaches.ts';
import { aSale } from './sale.ts';
import { aJournal, value } from './world.ts';

/** A sale of mugs of two lots. */
async function aShop() {
  const world = await aJournal(16);
  await aSale(world.pool, { quantity: 20 });
  await world.pool.query(`UPDATE order_lines SET lots = '{LOT-1,LOT-2}'`);
  return world;
}

/** A return of one mug that waits to be put away. */
async function onItsWay(world: Awaited<ReturnType<typeof aShop>>, rma: string, lot: string | null) {
  const one = new DrivenReturn(world.journal, rma);
  await one.request(aRequest('O-1', 1));
  const contents = [{ sku: 'MUG-1', quantity: 1, ...(lot === null ? {} : { lot }) }];
  await one.send({ type: 'receive', parcel: null, contents, partial: false });
  const [item = ''] = Object.keys(one.opened.items);
  await one.send({ type: 'inspect', item, findings: [{ quantity: 1, facts: asNew }] });
  expect(one.opened.items[item]?.choice?.disposition).toBe('restock');
  const putAway = () => one.send({ type: 'confirm_disposition', item, evidence: 'A-01' });
  return { one, item, putAway };
}

async function aStop(pool: Pool, recall: string, lot: string) {
  await pool.query(aRecallOf(recall));
  await pool.query('INSERT INTO recall_scopes (recall, version, scope) VALUES ($1, 1, $2)', [
    recall,
    JSON.stringify(lotsOf('MUG-1', lot)),
  ]);
  return () => placeStopSale(pool, { recall, scopeVersion: 1 });
}

const stopped = (recall: string, lot = 'LOT-1') => ({
  type: 'stop_sale',
  recall,
  goods: [{ sku: 'MUG-1', lot }],
});
const isSellable = (pool: Pool, rma: string) =>
  value<boolean>(pool, `SELECT EXISTS (SELECT FROM stock_entries WHERE process = $1 AND to_account = 'sellable')`, [
    `return:${rma}`,
  ]);

test('what a recall has stopped isn’t put away, and its return hears why', async () => {
  const world = await aShop();
  const { pool } = world;
  const [read, unread, other] = [
    await onItsWay(world, 'R-READ', 'LOT-1'),
    await onItsWay(world, 'R-UNREAD', null),
    await onItsWay(world, 'R-OTHER', 'LOT-2'),
  ];
  await (await aStop(pool, 'RC-1', 'LOT-1'))();
  for (const { one, item, putAway } of [read, unread]) {
    const { conflict, stale } = await putAway();
    expect({ conflict, stale }).toMatchObject({ conflict: true, stale: { type: 'stop_sale', recall: 'RC-1' } });
    expect(await isSellable(pool, one.rma)).toBe(false);
    if (stale?.type === 'stop_sale') await one.send({ type: 'stop_goods', recall: stale.recall, goods: stale.goods });
    expect(one.opened.items[item]).toMatchObject({ recalled: true, choice: { disposition: 'quarantine' } });
  }
  expect((await other.putAway()).conflict).toBe(false);
  expect(await isSellable(pool, 'R-OTHER')).toBe(true);
  const { differences } = await rebuildAll(pool);
  // The recall has no journal here.
  expect(differences.filter(({ table }) => table !== 'recalls')).toEqual([]);
});

test('lots that are told of a line after its return was asked for stop what nobody read the lot of', async () => {
  const world = await aShop();
  const { pool } = world;
  await pool.query(`UPDATE order_lines SET lots = '{}'`);
  const [unread, read] = [await onItsWay(world, 'R-UNREAD', null), await onItsWay(world, 'R-READ', 'LOT-2')];
  await pool.query(`UPDATE order_lines SET lots = '{LOT-1,LOT-2}'`);
  await (await aStop(pool, 'RC-1', 'LOT-1'))();
  const { stale } = await unread.putAway();
  expect(stale).toEqual({
    type: 'stop_sale',
    recall: 'RC-1',
    goods: [...stopped('RC-1').goods, { sku: 'MUG-1', lot: null, unread: true }],
  });
  if (stale?.type === 'stop_sale') await unread.one.send({ type: 'stop_goods', recall: 'RC-1', goods: stale.goods });
  expect(unread.one.opened.items[unread.item]).toMatchObject({ recalled: true, choice: { disposition: 'quarantine' } });
  expect((await read.putAway()).conflict).toBe(false);
});

test('evidence lifts the stop from its item, and a withdrawn recall, or a drill, stops nothing', async () => {
  const world = await aShop();
  const { pool } = world;
  const place = await aStop(pool, 'RC-1', 'LOT-1');
  const proven = await onItsWay(world, 'R-PROVEN', 'LOT-1');
  const freed = await onItsWay(world, 'R-FREED', 'LOT-1');
  await place();
  await proven.one.send({ type: 'stop_goods', recall: 'RC-1', goods: stopped('RC-1').goods });
  const evidence = { kind: 'recall_lifted', certificate: 'LAB-1' } as const;
  await proven.one.send({ type: 'record_evidence', item: proven.item, evidence });
  expect((await proven.putAway()).conflict).toBe(false);
  expect(await isSellable(pool, 'R-PROVEN')).toBe(true);

  expect((await freed.putAway()).stale).toEqual(stopped('RC-1'));
  await pool.query(`UPDATE recalls SET status = 'closed', outcome = 'withdrawn', closed_at = now()`);
  await liftStopSale(pool, { recall: 'RC-1' });
  await (await aStop(pool, 'RC-DRILL', 'LOT-1'))();
  await pool.query(`UPDATE stop_sales SET mock = true WHERE recall = 'RC-DRILL'`);
  expect((await freed.putAway()).conflict).toBe(false);
});

test('who puts goods away while they are being stopped waits, and then may not', async () => {
  const world = await aShop();
  const { pool } = world;
  const { putAway } = await onItsWay(world, 'R-1', 'LOT-1');
  await pool.query(aRecallOf('RC-1'));
  const placing = await pool.connect();
  await placing.query('BEGIN');
  await placing.query(`SELECT pg_advisory_xact_lock(hashtext('stop_sales'))`);
  await placing.query(`INSERT INTO stop_sales (recall, sku, lot, mock) VALUES ('RC-1', 'MUG-1', 'LOT-1', false)`);
  const answer = putAway();
  const waits = `SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
  while ((await value<number>(pool, waits)) === 0) await sleep(5);
  await placing.query('COMMIT');
  placing.release();
  expect((await answer).stale).toEqual(stopped('RC-1'));
  expect(await isSellable(pool, 'R-1')).toBe(false);
});

test('twenty returns are put away as their lot is stopped: none is for sale that wasn’t before', async () => {
  const world = await aShop();
  const { pool } = world;
  const all = await Promise.all(
    Array.from({ length: 20 }, (_, n) => onItsWay(world, `R-${n}`, n % 4 === 3 ? null : 'LOT-1')),
  );
  const place = await aStop(pool, 'RC-1', 'LOT-1');
  const answers: AppendResult[] = [];
  const placing = sleep(3).then(place);
  for (let next = 0; next < all.length; next += 4) {
    answers.push(...(await Promise.all(all.slice(next, next + 4).map(({ putAway }) => putAway()))));
  }
  await placing;
  const done = answers.filter(({ conflict }) => !conflict).length;
  expect(answers.filter(({ stale }) => stale?.type === 'stop_sale')).toHaveLength(20 - done);
  const after = `SELECT count(*)::int FROM stock_entries e, stop_sales s WHERE e.to_account = 'sellable' AND s.recall = 'RC-1'`;
  expect(await value(pool, after)).toBe(done);
  // Whoever comes now is told; nobody else ever was for sale.
  for (const [n, { putAway }] of all.entries()) if (answers[n]?.conflict) expect((await putAway()).conflict).toBe(true);
  expect(await value(pool, after)).toBe(done);
});
