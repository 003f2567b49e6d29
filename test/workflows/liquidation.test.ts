import { expect, test } from 'vitest';
import { holds } from './executions.ts';
import { aBid, accepts, aLiquidation, fetched, pays, waitsForSale } from './liquidations.ts';
import type { OpenReturn } from './returns.ts';
import { realTime } from './servers.ts';
import { aWorld } from './world.ts';

const world = aWorld({ server: realTime });

async function waiting(): Promise<OpenReturn> {
  const its = await world().aReturn();
  await waitsForSale(its);
  return its;
}

test('goods of two returns are sold together, and each return closes with what came of its own', async () => {
  const returns = [await waiting(), await waiting()] as const;
  const its = await aLiquidation(world(), returns, { complaintsWithin: 'PT2S' });
  await its.until(holds(2));
  expect(await returns[0].refusal({ type: 'confirm_disposition', item: 'P1-1', evidence: 'BIN-1' })).toMatchObject({
    code: 'item_in_execution',
  });
  await its.tell(aBid(1777));
  await its.tell(accepts('B1'));
  await its.tell(pays(1777));
  await its.tell(fetched);
  await its.tell({
    type: 'record_complaint',
    reference: 'CL-1',
    kind: 'misgraded',
    sku: 'KETTLE',
    grade: null,
    quantity: 1,
    asked: 76,
  });
  await its.tell({ type: 'resolve', attention: 'A1', resolution: 'allow', note: 'N1' });
  await its.tell({ type: 'resolve', attention: 'A2', resolution: 'pay_back', note: 'N1' });
  await expect(its.handle.result()).resolves.toEqual({ status: 'closed' });
  const told = await Promise.all(
    returns.map(async (each) => {
      await each.closed();
      expect(await each.events('disposition_confirmed')).toMatchObject([{ evidence: its.number }]);
      return await each.events('recovery_recorded');
    }),
  );
  expect(told.flat()).toMatchObject([
    { from: 'liquidator', reference: its.number },
    { from: 'liquidator', reference: its.number },
  ]);
  const amounts = told.flat().map((event) => (event.type === 'recovery_recorded' ? event.amount : 0));
  expect(amounts.toSorted()).toEqual([850, 851]);
});

test('an item is in one execution at a time, and goes another way when nobody buys', async () => {
  const its = await waiting();
  const first = await aLiquidation(world(), [its]);
  await first.until(holds(1));
  const second = await aLiquidation(world(), [its]);
  await expect(second.handle.result()).resolves.toEqual({ status: 'closed' });
  expect(Object.values((await second.state()).items)[0]).toMatchObject({
    state: 'declined',
    code: 'item_in_execution',
  });
  await first.tell({ type: 'cancel', note: null, instead: 'recycle' });
  await first.handle.result();
  await its.tell({ type: 'confirm_disposition', item: 'P1-1', evidence: 'CERT-1' });
  await its.closed();
});
