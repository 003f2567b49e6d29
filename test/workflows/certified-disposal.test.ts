import { expect, test } from 'vitest';
import { aRecycling } from '../domain/certified-disposal/world.ts';
import { aCertifiedDisposal, handedOver, waitsForDisposal } from './certified-disposals.ts';
import { holds } from './executions.ts';
import type { OpenReturn } from './returns.ts';
import { realTime } from './servers.ts';
import { aWorld } from './world.ts';

const world = aWorld({ server: realTime });

async function waiting(): Promise<OpenReturn> {
  const its = await world().aReturn();
  await waitsForDisposal(its, 'recycle');
  return its;
}

test('goods of two returns are recycled together, and each return closes with its share of what was paid', async () => {
  const returns = [await waiting(), await waiting()] as const;
  const its = await aCertifiedDisposal(world(), returns, 'recycle');
  await its.until(holds(2));
  expect(await returns[0].refusal({ type: 'confirm_disposition', item: 'P1-1', evidence: 'BIN-1' })).toMatchObject({
    code: 'item_in_execution',
  });
  await its.tell(handedOver);
  await expect(its.tell({ type: 'certify', certificate: aRecycling({ residueGrams: 1 }) })).rejects.toMatchObject({
    cause: { message: 'mass_differs' },
  });
  await its.tell({ type: 'certify', certificate: aRecycling({ proceeds: 301 }) });
  await expect(its.handle.result()).resolves.toEqual({ status: 'closed' });
  const told = await Promise.all(
    returns.map(async (each) => {
      await each.closed();
      expect(await each.events('disposition_confirmed')).toMatchObject([
        { disposition: 'recycle', evidence: its.number },
      ]);
      return await each.events('recovery_recorded');
    }),
  );
  expect(told.flat()).toMatchObject([
    { from: 'recycler', reference: its.number },
    { from: 'recycler', reference: its.number },
  ]);
  const amounts = told.flat().map((event) => (event.type === 'recovery_recorded' ? event.amount : 0));
  expect(amounts.toSorted()).toEqual([150, 151]);
});

test('what the organisation sends back is confirmed by hand, or goes with the next', async () => {
  const returns = [await waiting(), await waiting()] as const;
  const its = await aCertifiedDisposal(world(), returns, 'recycle');
  await its.until(holds(2));
  await its.tell(handedOver);
  await its.tell({ type: 'decline', items: [{ rma: returns[1].rma, item: 'P1-1' }], note: null });
  await its.until(({ items }) => Object.values(items).some(({ state }) => state === 'released'));
  await returns[1].tell({ type: 'confirm_disposition', item: 'P1-1', evidence: 'CERT-9' });
  await its.tell({ type: 'certify', certificate: aRecycling() });
  await its.handle.result();
  await Promise.all(returns.map((each) => each.closed()));
});
