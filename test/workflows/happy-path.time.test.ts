import { expect, test } from 'vitest';
import { aWorld, likeNew } from './world.ts';

const world = aWorld();

test('a return runs from its request to its closing', async () => {
  const its = await world().aReturn();
  expect(its.decision.events).toContain('authorized');
  await its.until((state) => state.parcels['P1']?.label === 'bought');
  await its.signal({ type: 'track', parcel: 'P1', status: 'in_transit', at: '2026-01-01T00:00:00.000Z' });
  const received = await its.tell({
    type: 'receive',
    parcel: 'P1',
    contents: [{ sku: 'KETTLE', quantity: 1 }],
    partial: false,
  });
  expect(received).toMatchObject({ goods: 'received', money: 'none', attention: [] });
  await its.tell({ type: 'inspect', item: 'P1-1', findings: [{ quantity: 1, facts: likeNew }] });
  await its.until((state) => state.refunds['S1-1']?.state === 'succeeded');
  const done = await its.tell({ type: 'confirm_disposition', item: 'P1-1', evidence: 'A-01-02' });
  expect(done).toMatchObject({ goods: 'closed', money: 'full' });
  await expect(its.closed()).resolves.toEqual({ goods: 'closed', money: 'full' });
});
