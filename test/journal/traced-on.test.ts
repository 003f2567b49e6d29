import type { Pool } from 'pg';
import { expect, test } from 'vitest';
import { TRACE } from '../../activities/journal/trace.ts';
import { planWaves } from '../../activities/recalls/plan-waves.ts';
import { placeStopSale } from '../../activities/recalls/stop-sale.ts';
import { asNew } from '../domain/sale.ts';
import { lotsOf } from '../workflows/recalls.ts';
import { aRequest, DrivenReturn } from './process.ts';
import { aRecallOf } from './recall-breaches.ts';
import { aSale } from './sale.ts';
import { aJournal } from './world.ts';

const scope = JSON.stringify(lotsOf('MUG-1', 'LOT-1'));

/** Four mugs of a lot that its buyer got; returns of one each, which wait to be liquidated. */
async function aShop(lot: string | null = 'LOT-1') {
  const { pool, journal } = await aJournal();
  await aSale(pool, { quantity: 4 });
  await pool.query(`UPDATE order_lines SET lots = '{LOT-1}'`);
  const comesBack = async (rma: string) => {
    const one = new DrivenReturn(journal, rma);
    await one.request(aRequest('O-1', 1));
    const contents = [{ sku: 'MUG-1', quantity: 1, ...(lot === null ? {} : { lot }) }];
    await one.send({ type: 'receive', parcel: null, contents, partial: false });
    const [item = ''] = Object.keys(one.opened.items);
    await one.send({ type: 'inspect', item, findings: [{ quantity: 1, facts: asNew }] });
    await one.send({ type: 'dispose', item, disposition: 'liquidate', note: 'N' });
    return { one, item };
  };
  return { pool, comesBack };
}

/** An execution with one item, as far as it is. */
async function anExecution(pool: Pool, number: string, rma: string, [disposition, party]: readonly [string, string]) {
  const kind = { liquidate: 'liquidation', return_to_vendor: 'vendor_return' }[disposition] ?? 'certified_disposal';
  await pool.query(
    `INSERT INTO executions (number, kind, disposition, party, facility, currency, status, expected, received, written_off, requested_at, version)
      VALUES ($1, $2, $3, $4, 'RC-1', 'EUR', 'requested', 0, 0, 0, now(), 1)`,
    [number, kind, disposition, party],
  );
  await pool.query(
    `INSERT INTO execution_items (number, rma, item, sku, quantity, lot, cost, expected, received, state)
      SELECT $1, rma, item, sku, quantity, lot, 0, 0, 0, 'held' FROM return_items WHERE rma = $2`,
    [number, rma],
  );
  return async (status: string, state = 'held') => {
    await pool.query('UPDATE executions SET status = $2 WHERE number = $1', [number, status]);
    await pool.query('UPDATE execution_items SET state = $2 WHERE number = $1', [number, state]);
  };
}

async function traced(pool: Pool, of = scope): Promise<readonly string[]> {
  const { rows } = await pool.query<{ said: string }>(
    `SELECT concat_ws(' ', holder, coalesce(consignee, facility), quantity, CASE WHEN possible THEN 'possible' END) AS said
      FROM (${TRACE}) AS traced WHERE holder <> 'shortfall' ORDER BY 1`,
    [of],
  );
  return rows.map(({ said }) => said);
}

test('what left us with a liquidation is with its buyer, and each unit counts once all the way', async () => {
  const { pool, comesBack } = await aShop();
  expect(await traced(pool)).toEqual(['consignee buyer:B-O-1 4']);
  const { one, item } = await comesBack('R-1');
  const is = await anExecution(pool, 'LQ-1', 'R-1', ['liquidate', 'JOBBER']);
  const here = ['consignee buyer:B-O-1 3', 'in_return RC-1 1'];
  const gone = ['consignee buyer:B-O-1 3', 'consignee liquidator:JOBBER 1'];
  await is('sold');
  expect(await traced(pool)).toEqual(here);
  await is('shipped');
  expect(await traced(pool)).toEqual(gone);
  await is('ending', 'confirming');
  expect(await traced(pool)).toEqual(gone);
  await one.send({ type: 'confirm_disposition', item, evidence: 'LQ-1' });
  await is('closed', 'confirmed');
  expect(await traced(pool)).toEqual(gone);
});

test('goods whose lot nobody read are possible with whoever got them, too', async () => {
  const { pool, comesBack } = await aShop(null);
  await comesBack('R-1');
  const is = await anExecution(pool, 'LQ-1', 'R-1', ['liquidate', 'JOBBER']);
  expect(await traced(pool)).toEqual(['consignee buyer:B-O-1 3', 'in_return RC-1 1 possible']);
  await is('shipped');
  expect(await traced(pool)).toEqual(['consignee buyer:B-O-1 3', 'consignee liquidator:JOBBER 1 possible']);
});

test.each([['LOT-1'], [null]])('goods of a scope of serials are with whoever got them, also of lot %s', async (lot) => {
  const { pool, comesBack } = await aShop(lot);
  const nothing = { lots: [], lotRanges: [], dateCodes: [], expires: null, shipped: null };
  const of = (from: string, to: string) =>
    JSON.stringify({ lines: [{ ...nothing, sku: 'MUG-1', serialRanges: [{ from, to }] }] });
  await comesBack('R-1');
  await pool.query(`UPDATE return_items SET serials = '{S005}'`);
  const is = await anExecution(pool, 'LQ-1', 'R-1', ['liquidate', 'JOBBER']);
  await is('shipped');
  expect(await traced(pool, of('S001', 'S009'))).toEqual(['consignee liquidator:JOBBER 1']);
  expect(await traced(pool, of('S006', 'S009'))).toEqual([]);
});

test('goods that have left us since the stop count once when the scope grows', async () => {
  const { pool, comesBack } = await aShop();
  await comesBack('R-1');
  await comesBack('R-2');
  const is = await anExecution(pool, 'VR-1', 'R-1', ['return_to_vendor', 'ACME']);
  await pool.query(aRecallOf('RC-1'));
  await pool.query(`UPDATE recalls SET launched_at = now()`);
  const plans = async (scopeVersion: number) => {
    await pool.query(`INSERT INTO recall_scopes (recall, version, scope) VALUES ('RC-1', $1, $2)`, [
      scopeVersion,
      scope,
    ]);
    await placeStopSale(pool, { recall: 'RC-1', scopeVersion });
    await planWaves(pool, { recall: 'RC-1', scopeVersion, firstWave: scopeVersion });
    const { rows } = await pool.query<{ said: string }>(
      `SELECT concat_ws(' ', coalesce(consignee, facility), affected, claimed_held, unaccounted) AS said
        FROM recall_positions WHERE consignee IS NULL OR consignee LIKE 'vendor:%' ORDER BY 1`,
    );
    return rows.map(({ said }) => said);
  };
  expect(await plans(1)).toEqual(['RC-1 2 2 0']);
  await is('shipped');
  expect(await plans(2)).toEqual(['RC-1 1 1 0', 'vendor:ACME 1 0 1']);
  expect(await plans(3)).toEqual(['RC-1 1 1 0', 'vendor:ACME 1 0 1']);
});

test('who got goods of ours is a consignee of their recall, and its account adds up; what was destroyed is with nobody', async () => {
  const { pool, comesBack } = await aShop();
  const ways = [
    ['liquidate', 'JOBBER', 'shipped'],
    ['donate', 'FOOD-BANK', 'handed_over'],
    ['return_to_vendor', 'ACME', 'shipped'],
    ['destroy', 'SHREDDER', 'handed_over'],
  ] as const;
  for (const [index, [disposition, party, status]] of ways.entries()) {
    await comesBack(`R-${index}`);
    const is = await anExecution(pool, `X-${index}`, `R-${index}`, [disposition, party]);
    await is(status);
  }
  await pool.query(aRecallOf('RC-1'));
  await pool.query(`UPDATE recalls SET launched_at = now()`);
  await pool.query(`INSERT INTO recall_scopes (recall, version, scope) VALUES ('RC-1', 1, $1)`, [scope]);
  expect(await placeStopSale(pool, { recall: 'RC-1', scopeVersion: 1 })).toMatchObject({
    shippedUnits: 3,
    heldUnits: 1,
  });
  await planWaves(pool, { recall: 'RC-1', scopeVersion: 1, firstWave: 1 });
  const { rows } = await pool.query<{ said: string }>(
    `SELECT concat_ws(' ', coalesce(k.kind || ' ' || p.consignee || ' ' || c.state, p.facility), p.affected, p.claimed_held, p.unaccounted) AS said
      FROM recall_positions p LEFT JOIN consignees k ON k.id = p.consignee
        LEFT JOIN recall_consignees c ON c.recall = p.recall AND c.consignee = p.consignee ORDER BY 1`,
  );
  // What is on its way to be destroyed is still ours to answer for.
  expect(rows.map(({ said }) => said)).toEqual([
    'RC-1 1 1 0',
    'business liquidator:JOBBER planned 1 0 1',
    'business organisation:FOOD-BANK planned 1 0 1',
    'business vendor:ACME planned 1 0 1',
  ]);
});
