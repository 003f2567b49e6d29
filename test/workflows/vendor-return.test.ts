import { expect, test } from 'vitest';
import { holds } from './executions.ts';
import type { OpenReturn } from './returns.ts';
import { realTime } from './servers.ts';
import { aVendorReturn, waitsForVendor } from './vendor-returns.ts';
import { aWorld } from './world.ts';

const world = aWorld({ server: realTime });

async function waiting(): Promise<OpenReturn> {
  const its = await world().aReturn();
  await waitsForVendor(its);
  return its;
}

test('goods of two returns go back together, and each return closes with what came back for it', async () => {
  const returns = [await waiting(), await waiting()] as const;
  const its = await aVendorReturn(world(), returns);
  await its.until(holds(2));
  expect(await returns[0].refusal({ type: 'confirm_disposition', item: 'P1-1', evidence: 'BIN-1' })).toMatchObject({
    code: 'item_in_execution',
  });
  await its.tell({ type: 'authorize', vendorRma: 'V-1', restockingBasisPoints: 1000, shipBy: null, refused: [] });
  await its.tell({ type: 'ship', carrier: 'UPS', tracking: '1Z' });
  await its.tell({ type: 'record_credit', memo: 'CM-1', total: 3600, items: null });
  await expect(its.handle.result()).resolves.toEqual({ status: 'closed' });
  for (const each of returns) {
    await each.closed();
    expect(await each.events('recovery_recorded')).toEqual([
      { type: 'recovery_recorded', item: 'P1-1', from: 'vendor', reference: its.number, amount: 1800 },
    ]);
    expect(await each.events('disposition_confirmed')).toMatchObject([{ evidence: its.number }]);
  }
});

test('an item is in one vendor return at a time, and free again when that is cancelled', async () => {
  const its = await waiting();
  const first = await aVendorReturn(world(), [its]);
  await first.until(holds(1));
  const second = await aVendorReturn(world(), [its]);
  await expect(second.handle.result()).resolves.toEqual({ status: 'closed' });
  expect(Object.values((await second.state()).items)[0]).toMatchObject({
    state: 'declined',
    code: 'item_in_execution',
  });
  await first.tell({ type: 'cancel', note: null });
  await first.handle.result();
  const third = await aVendorReturn(world(), [its]);
  await third.until(holds(1));
  await third.tell({ type: 'cancel', note: null });
  await third.handle.result();
  await its.tell({ type: 'confirm_disposition', item: 'P1-1', evidence: 'V-9' });
  await its.closed();
});
