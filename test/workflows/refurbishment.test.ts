import { expect, test } from 'vitest';
import { aRefurbishment, isInWork, passed, waitsForWork } from './refurbishments.ts';
import type { OpenReturn } from './returns.ts';
import { realTime } from './servers.ts';
import { aWorld } from './world.ts';

const world = aWorld({ server: realTime });

async function waiting(): Promise<OpenReturn> {
  const its = await world().aReturn();
  await waitsForWork(its);
  return its;
}

test('goods of two returns are worked on together, and each return has its own again, to choose their way', async () => {
  const returns = [await waiting(), await waiting()] as const;
  const its = await aRefurbishment(world(), returns);
  await its.until(isInWork);
  expect(await returns[0].refusal({ type: 'confirm_disposition', item: 'P1-1', evidence: 'BIN-1' })).toMatchObject({
    code: 'item_in_execution',
  });
  await its.tell({ type: 'use_part', sku: 'LID', quantity: 2, unitCost: 300 });
  await its.tell({ type: 'book_labour', minutes: 10 });
  await its.tell(passed(returns[0]));
  const units = { rma: returns[1].rma, item: 'P1-1', quantity: 1, serials: [] };
  await its.tell({ type: 'abandon', units, outcome: 'beyond_repair', facts: null });
  await expect(its.handle.result()).resolves.toEqual({ status: 'closed' });
  for (const [index, disposition] of (['restock', 'recycle'] as const).entries()) {
    const each = returns[index];
    expect((await each?.events('item_disposed'))?.at(-1)).toMatchObject({ choice: { disposition } });
    await each?.tell({ type: 'confirm_disposition', item: 'P1-1', evidence: 'BIN-1' });
    await each?.closed();
  }
  expect(await returns[0].events('item_worked_on')).toMatchObject([{ execution: its.number, into: [{ added: 600 }] }]);
});

test('an item that is let go waits again, and the next refurbishment gets it', async () => {
  const its = await waiting();
  const first = await aRefurbishment(world(), [its]);
  await first.until(isInWork);
  await first.tell({ type: 'cancel', partsBack: true, note: null });
  await first.handle.result();
  const second = await aRefurbishment(world(), [its]);
  await second.until(isInWork);
  await second.tell(passed(its));
  await second.handle.result();
  // Work can be done again as soon as the item is back: nothing of the first is in the way.
  await its.tell({ type: 'dispose', item: 'P1-1', disposition: 'rework', note: 'N1' });
  const third = await aRefurbishment(world(), [its], { disposition: 'rework' });
  await third.until(isInWork);
  await third.tell(passed(its));
  await third.handle.result();
  await its.tell({ type: 'dispose', item: 'P1-1', disposition: 'donate', note: 'N1' });
  await its.tell({ type: 'confirm_disposition', item: 'P1-1', evidence: 'CERT-1' });
  await its.closed();
});
