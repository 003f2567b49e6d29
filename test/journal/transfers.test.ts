import { expect, test } from 'vitest';
import { checkLedgers } from '../../activities/journal/ledgers.ts';
import { rebuildAll } from '../../activities/journal/rebuild.ts';
import type { Stock, TransferredStock } from '../../activities/stock/port.ts';
import { makeStock } from '../../activities/stock/told-levels.ts';
import { makeTransferredStock } from '../../activities/stock/transferred.ts';
import type { TransferCommand, TransferEffectOutcome } from '../../domain/transfer/commands.ts';
import { transferDecider } from '../../domain/transfer/decider.ts';
import type { TransferEffect } from '../../domain/transfer/due.ts';
import type { TransferKind } from '../../domain/transfer/kind.ts';
import { nextSteps, someCommand } from '../domain/transfer/steps.ts';
import { aRequestedTransfer } from '../domain/transfer/world.ts';
import { Journaled } from './journaled.ts';
import { chanceOf } from './random-lives.ts';
import { aRecallOf } from './recall-breaches.ts';
import { aJournal, value } from './world.ts';

const { effects } = transferDecider;
const TRANSFERS = 60;
const STEPS = 40;

/** Two facilities that have some of everything. */
async function aNetwork() {
  const { pool, journal } = await aJournal();
  await pool.query(
    `INSERT INTO facilities (id, name, zone, street1, city, zip, country)
      SELECT id, id, 'UTC', 'S', 'C', 'Z', 'DE' FROM unnest('{DC,STORE}'::text[]) AS id`,
  );
  await pool.query(
    `INSERT INTO stock_levels (facility, sku, on_hand)
      SELECT f, sku, 120 FROM unnest('{DC,STORE}'::text[]) AS f, unnest('{MUG,BOWL,VASE}'::text[]) AS sku`,
  );
  return { pool, journal, stock: { ...makeStock(pool), ...makeTransferredStock(pool) } };
}

/** Carries out an effect as the workflow does. */
async function carriedOut(
  stock: Stock & TransferredStock,
  from: string,
  effect: TransferEffect,
): Promise<TransferEffectOutcome> {
  const { reference } = effect;
  switch (effect.kind) {
    case 'reserve': {
      const { goods, lots, partial } = effect;
      return stock.reserveStockAt({ reference, facility: from, goods, lots, partial }).then(
        (kept): TransferEffectOutcome => ({ type: 'reserved', goods: kept.goods }),
        (): TransferEffectOutcome => ({ type: 'refused', code: 'out_of_stock' }),
      );
    }
    case 'release':
      await stock.releaseStock({ reference, shipped: effect.shipped });
      return { type: 'done' };
    case 'add':
      await stock.addStock({ reference, facility: effect.facility, goods: effect.goods });
      return { type: 'done' };
    case 'correct': {
      const { short } = await stock.takeStock({ reference, facility: from, goods: effect.goods });
      return { type: 'taken', short };
    }
  }
}

test('whatever happens to many transfers at once, no unit is in two places or nowhere', async () => {
  const { pool, journal, stock } = await aNetwork();
  const units = `SELECT sum(on_hand)::int FROM stock_levels`;
  const before = await value<number>(pool, units);
  const broken: string[] = [];
  await Promise.all(
    Array.from({ length: TRANSFERS }, async (_, seed) => {
      const chance = chanceOf(seed + 1);
      const [from, to] = chance.often(0.5) ? (['DC', 'STORE'] as const) : (['STORE', 'DC'] as const);
      const its = new Journaled<TransferKind>(journal, `transfer:TR-${seed}`, transferDecider);
      const send = async (command: TransferCommand) => {
        const was = its.version;
        const result = await its.send(command);
        if (result.forbidden !== null || result.stale !== null) {
          broken.push(`TR-${seed} ${JSON.stringify(command)}: ${result.forbidden} ${JSON.stringify(result.stale)}`);
        }
        return its.version > was;
      };
      await send({ type: 'request', number: `TR-${seed}`, request: aRequestedTransfer({ from, to }) });
      const act = async (effect: TransferEffect) =>
        await send({ type: 'outcome', effect: effect.key, outcome: await carriedOut(stock, from, effect) });
      for (let step = 0; step < STEPS; step += 1) {
        const [effect] = effects(its.state);
        if (effect !== undefined && chance.often(0.4)) {
          // Done twice, as after a crash, it is done once.
          if (chance.often(0.3)) await carriedOut(stock, from, effect);
          await act(effect);
        } else {
          await send(
            someCommand(its.opened, new Date().toISOString(), { kind: chance.below(70), pick: chance.below(9999) }),
          );
        }
      }
      for (let round = 0; round < 60 && its.opened.status !== 'closed'; round += 1) {
        const [effect] = effects(its.state);
        if (effect !== undefined) await act(effect);
        else for (const command of nextSteps(its.opened)) if (await send(command)) break;
      }
      if (its.opened.status !== 'closed') broken.push(`TR-${seed} is ${its.opened.status}`);
    }),
  );
  expect(broken).toEqual([]);
  expect((await rebuildAll(pool)).differences).toEqual([]);
  expect((await checkLedgers(pool)).disagreements).toEqual([]);
  const gone = await value<number>(
    pool,
    `SELECT coalesce(sum(CASE WHEN to_account IN ('lost', 'disposed_of') THEN quantity ELSE -quantity END), 0)::int
      FROM stock_entries WHERE (to_account IN ('lost', 'disposed_of')) <> (from_account IN ('lost', 'disposed_of'))`,
  );
  const uncounted = await value<number>(
    pool,
    `SELECT coalesce(sum((g->>'quantity')::int), 0)::int FROM stock_movements, jsonb_array_elements(short) AS g`,
  );
  expect(await value(pool, units)).toBe(before - gone + uncounted);
  expect(await value(pool, 'SELECT sum(reserved)::int FROM stock_levels')).toBe(0);
  // Enough of them got somewhere for this to mean anything.
  expect(await value(pool, `SELECT count(*)::int FROM network_processes WHERE outcome = 'received'`)).toBeGreaterThan(
    5,
  );
  expect(gone).toBeGreaterThan(0);
});

test('twenty transfers ask for the last ten units at once: ten get one each', async () => {
  const { pool, stock } = await aNetwork();
  await pool.query(`UPDATE stock_levels SET on_hand = 10 WHERE facility = 'DC' AND sku = 'MUG'`);
  const asked = Array.from({ length: 20 }, (_, n) =>
    stock.reserveStockAt({
      ...{
        reference: `TR-${n}:reserve`,
        facility: 'DC',
        goods: [{ sku: 'MUG', quantity: 1 }],
        lots: [],
        partial: true,
      },
    }),
  );
  const answers = await Promise.allSettled(asked);
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
  expect(await value(pool, `SELECT reserved FROM stock_levels WHERE facility = 'DC' AND sku = 'MUG'`)).toBe(10);
});

test('what is kept is what is there, at that facility alone, and nothing that a recall has stopped', async () => {
  const { pool, stock } = await aNetwork();
  const ask = { reference: 'TR-1:reserve', facility: 'DC', lots: [], partial: false };
  const goods = [{ sku: 'MUG', quantity: 130 }];
  await expect(stock.reserveStockAt({ ...ask, goods })).rejects.toMatchObject({ details: [{ code: 'out_of_stock' }] });
  expect(await stock.reserveStockAt({ ...ask, goods, partial: true })).toEqual({
    goods: [{ sku: 'MUG', quantity: 120 }],
  });
  await pool.query(aRecallOf('RC-1'));
  await pool.query(`INSERT INTO stop_sales (recall, sku, lot, mock) VALUES ('RC-1', 'BOWL', 'B1', false)`);
  const bowls = [{ sku: 'BOWL', quantity: 1 }];
  const other = { ...ask, reference: 'TR-2:reserve', goods: bowls, lots: [{ sku: 'BOWL', lot: 'B2' }] };
  await expect(stock.reserveStockAt({ ...other, lots: [{ sku: 'BOWL', lot: 'B1' }] })).rejects.toMatchObject({
    details: [{ code: 'goods_stopped' }],
  });
  expect(await stock.reserveStockAt(other)).toEqual({ goods: bowls });
});
