import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { networkNumber } from '../../domain/network/number.ts';
import { makeRma } from '../../domain/numbers/rma.ts';
import type { Opened } from '../../domain/rebalance/state.ts';
import { decisionUpdate } from '../../workflows/process/messages.ts';
import {
  type RebalanceMessage,
  rebalanceWorkflowId,
  rebalanceWorkflowType,
} from '../../workflows/rebalance/messages.ts';
import { transferWorkflowId } from '../../workflows/transfer/messages.ts';
import { aRequest } from '../domain/rebalance/world.ts';
import { anExecution } from './executions.ts';
import { withFacilities } from './orders.ts';
import { skippingTime } from './servers.ts';
import { aWorld } from './world.ts';

const world = aWorld({ server: skippingTime });

test('a rebalancing looks at its transfers every six hours, tells of late ones, and closes with the last', async () => {
  const { db, client } = world();
  await withFacilities(db, ['A', 'B']);
  const limits = { sku: 'MUG', minimum: 2, maximum: 5, value: 2_000n, currency: 'EUR' };
  await db.stockLimit.createMany({ data: ['A', 'B'].map((facility) => ({ ...limits, facility })) });
  await db.stockLevel.create({ data: { sku: 'MUG', facility: 'A', onHand: 20 } });
  const lane = { currency: 'EUR', perUnit: 100n, perShipment: 0n, days: 1, capacity: null };
  await db.lane.create({ data: { origin: 'A', destination: 'B', ...lane } });
  const number = networkNumber('rebalance', makeRma(randomBytes(8)));
  const its = await anExecution<Opened, RebalanceMessage['command']>(
    world(),
    { workflowType: rebalanceWorkflowType, workflowId: rebalanceWorkflowId(number), number },
    aRequest,
  );
  await its.until(({ status }) => status === 'proposed');
  await its.tell({ type: 'approve', plan: 1 });
  await its.until(({ started }) => started === 1);
  const transfer = await db.transfer.findFirstOrThrow({ where: { plan: number } });
  // The database's clock doesn't skip: late is what it says.
  await db.transfer.update({ where: { number: transfer.number }, data: { arriveBy: new Date(0) } });
  await world().skip('7 hours');
  await its.until(({ attention }) => attention['A1']?.reason === 'plan_transfers_late');
  await its.tell({ type: 'resolve', attention: 'A1', resolution: 'acknowledge', note: 'N' });

  const moving = client.workflow.getHandle(transferWorkflowId(transfer.number));
  await moving.executeUpdate(decisionUpdate);
  const cancel = { commandId: 'C1', by: 'test', command: { type: 'cancel', note: null } } as const;
  await moving.executeUpdate('cancel', { args: [cancel] });
  await moving.result();
  await world().skip('7 hours');
  expect(await its.handle.result()).toEqual({ status: 'closed' });
  expect(await db.rebalance.findUnique({ where: { number } })).toMatchObject({
    started: 1,
    ended: 1,
    units: 2,
    lost: 0,
  });
});
