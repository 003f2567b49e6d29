import { expect, test } from 'vitest';
import { holds } from './executions.ts';
import { aBid, accepts, aLiquidation, waitsForSale } from './liquidations.ts';
import { aRecall, lotsOf } from './recalls.ts';
import { realTime } from './servers.ts';
import { handOver, inspect, receive } from './steps.ts';
import { aTransfer, leaves } from './transfers.ts';
import { aWorld } from './world.ts';

const world = aWorld({ server: realTime });

/** Units of a lot at the facility that receives returns. */
async function inStock(sku: string, lot: string, quantity: number): Promise<void> {
  const { pool } = world();
  await pool.query('INSERT INTO lots (sku, lot) VALUES ($1, $2)', [sku, lot]);
  await pool.query(
    `INSERT INTO lot_receipts (reference, line, sku, lot, quantity, facility, received_at) VALUES ($1, '1', $2, $1, $3, 'returns-test', now())`,
    [lot, sku, quantity],
  );
}

test('goods that are kept for a buyer are stopped, and shipped again once the recall was an error', async () => {
  const order = await world().anOrder({ stock: { 'KETTLE-2': 3 } });
  await inStock('KETTLE-2', 'L-KEPT', 3);
  const wanted = [{ sku: 'KETTLE-2', quantity: 1, price: 4000 }];
  const its = await world().returnOf(order, { instrument: 'exchange', wanted });
  await handOver(its);
  await receive(its, 1);
  await inspect(its);
  await its.until(({ exchange }) => exchange?.state === 'ready');

  const recall = await aRecall(world(), lotsOf('KETTLE-2', 'L-KEPT'));
  await recall.tell({ type: 'launch' });
  await recall.until(({ returnsVersion }) => returnsVersion === 1);
  const stopped = await its.until(({ attention }) => Object.keys(attention).length > 0);
  expect(Object.values(stopped.attention)).toMatchObject([{ reason: 'exchange_stopped', subject: 'X1' }]);
  const ship = { type: 'ship_exchange', exchange: 'X1', carrier: null, tracking: 'T-1', serials: [] } as const;
  expect(await its.refusal(ship)).toMatchObject({ code: 'exchange_not_ready' });

  await recall.tell({ type: 'withdraw', note: 'N' });
  await recall.handle.result();
  await its.until(({ exchange }) => exchange?.state === 'ready');
  await its.tell(ship);
  await its.tell({ type: 'confirm_disposition', item: 'P1-1', evidence: 'BIN-1' });
  await its.closed();
});

test('a lot that is for sale waits for a person where a recall stops some of it', async () => {
  const { pool } = world();
  const waiting = async () => {
    const its = await world().aReturn();
    await waitsForSale(its);
    return its;
  };
  const [stopped, other] = [await waiting(), await waiting()];
  await pool.query(`INSERT INTO lots (sku, lot) VALUES ('KETTLE', 'L-FOR-SALE')`);
  await pool.query(`UPDATE order_lines SET lots = '{L-FOR-SALE}' WHERE order_id = $1`, [stopped.order]);
  const sale = await aLiquidation(world(), [stopped, other]);
  await sale.until(holds(2));
  await sale.tell(aBid(1777));
  const recall = await aRecall(world(), lotsOf('KETTLE', 'L-FOR-SALE'));
  await recall.tell({ type: 'launch' });
  await recall.until(({ returnsVersion }) => returnsVersion === 1);
  const asked = Object.values((await sale.state()).attention);
  expect(asked).toMatchObject([{ attention: 'A1', reason: 'goods_recalled', subject: recall.number }]);
  await expect(sale.tell(accepts('B1'))).rejects.toMatchObject({ cause: { message: 'goods_stopped' } });
  await sale.tell({ type: 'resolve', attention: 'A1', resolution: 'take_out', note: 'N' });
  await sale.until(holds(1));
  await sale.tell(accepts('B1'));
  expect((await stopped.state()).items['P1-1']).toMatchObject({ choice: { disposition: 'quarantine' } });
  await recall.tell({ type: 'withdraw', note: 'N' });
  await recall.handle.result();
});

test('goods that are on their way to another facility wait there in quarantine, and are sold once the recall was an error', async () => {
  const { pool } = world();
  const goods = { line: 'L1', sku: 'KETTLE-3', quantity: 4, lot: 'L-MOVED', serials: [] };
  const its = await aTransfer(world(), { from: 'returns-test', lines: [goods] });
  await inStock('KETTLE-3', 'L-MOVED', 4);
  await its.tell(leaves);
  const recall = await aRecall(world(), lotsOf('KETTLE-3', 'L-MOVED'));
  await recall.tell({ type: 'launch' });
  await recall.until(({ returnsVersion }) => returnsVersion === 1);
  const { rows } = await pool.query(
    `SELECT holder, facility, quantity FROM recall_units WHERE recall = $1 AND NOT possible`,
    [recall.number],
  );
  expect(rows).toEqual([{ holder: 'in_return', facility: 'STORE', quantity: 4 }]);
  const told = await its.until(({ attention }) => Object.keys(attention).length > 0);
  expect(Object.values(told.attention)).toMatchObject([{ reason: 'goods_recalled', subject: recall.number }]);
  const all = { type: 'receive', lines: [{ line: 'L1', good: 4, damaged: 0 }], others: [], last: true } as const;
  await its.tell(all);
  expect((await its.state()).lines['L1']).toMatchObject({ received: 0, held: 4 });
  await recall.tell({ type: 'withdraw', note: 'N' });
  await recall.handle.result();
  expect(await its.handle.result()).toEqual({ status: 'closed' });
  const { rows: levels } = await pool.query(
    `SELECT facility, on_hand FROM stock_levels WHERE sku = 'KETTLE-3' ORDER BY 1`,
  );
  expect(levels).toEqual([
    { facility: 'STORE', on_hand: 4 },
    { facility: 'returns-test', on_hand: 0 },
  ]);
});
