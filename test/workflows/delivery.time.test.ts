import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { readTail } from '../../activities/journal/tail.ts';
import type { DeliveryCommand } from '../../domain/delivery/commands.ts';
import type { DeliveryKind } from '../../domain/delivery/kind.ts';
import type { DeliveryState } from '../../domain/delivery/state.ts';
import { defaultPolicies } from '../../domain/policy/defaults.ts';
import { withClient } from '../../prisma/client.ts';
import {
  type DeliveryArguments,
  type DeliveryMessage,
  deliveryWorkflowId,
  deliveryWorkflowType,
} from '../../workflows/delivery/messages.ts';
import { stateQuery } from '../../workflows/process/messages.ts';
import { skippingTime } from './servers.ts';
import { aWorld } from './world.ts';

const world = aWorld({ server: skippingTime });

/** The terms of undelivered goods as they come with a fresh installation. */
async function ordinaryTerms(): Promise<void> {
  for (const { id, version, program, ...rules } of defaultPolicies) {
    if (program !== 'undeliverable') continue;
    const document = JSON.parse(JSON.stringify({ id, version, program, ...rules }));
    await world().db.policy.create({ data: { id, version, program, document, effectiveFrom: new Date(0) } });
  }
}

/** An order that is under way in one parcel, of which its carrier has told trouble. */
async function aTroubledParcel(): Promise<string> {
  const { db } = world();
  const orderId = await world().anOrder();
  const tracking = `EZ${randomBytes(6).toString('hex')}`;
  await db.shipment.create({ data: { tracking, carrier: 'UPS', orderId, troubledAt: new Date() } });
  await db.fulfilment.updateMany({ where: { orderLine: { orderId } }, data: { tracking, deliveredAt: null } });
  return tracking;
}

async function carrierSays(
  tracking: string,
  status: Extract<DeliveryCommand, { type: 'track' }>['status'],
  reason: 'not_home' | null,
): Promise<void> {
  const { client, taskQueue, runs } = world();
  const at = new Date(await world().now()).toISOString();
  const message: DeliveryMessage = {
    commandId: `${tracking}:${at}`,
    by: 'easypost',
    command: { type: 'track', status, reason, at },
  };
  const args: [DeliveryArguments] = [{ tracking }];
  const workflowId = deliveryWorkflowId(tracking);
  const { signaledRunId } = await client.workflow.signalWithStart(deliveryWorkflowType, {
    ...{ workflowId, taskQueue, args, signal: 'track', signalArgs: [message] },
  });
  runs.set(signaledRunId, workflowId);
}

async function until(tracking: string, is: (state: DeliveryState) => boolean): Promise<void> {
  const handle = world().client.workflow.getHandle(deliveryWorkflowId(tracking));
  for (let attempt = 0; attempt < 400; attempt += 1) {
    if (is(await handle.query<DeliveryState>(stateQuery))) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`still waiting for ${is}; the state is ${JSON.stringify(await handle.query(stateQuery))}`);
}

const isOpened = (state: DeliveryState) => state.status !== 'initial';

test('a buyer who never answers is reminded, gets the parcel back as a return, and in the end what the policy says', async () => {
  await ordinaryTerms();
  const tracking = await aTroubledParcel();
  await carrierSays(tracking, 'failure', 'not_home');
  await until(tracking, (state) => state.status === 'contacting');
  await world().skip('2 days');
  await until(tracking, (state) => isOpened(state) && state.reminders === 1);
  await world().skip('2 days');
  await until(tracking, (state) => isOpened(state) && state.reminders === 2);
  await world().skip('2 days');
  await until(tracking, (state) => isOpened(state) && state.rma !== null);
  await world().skip('8 days');
  await until(tracking, (state) => isOpened(state) && state.isRemedyTold);
  await carrierSays(tracking, 'return_to_sender', null);
  expect(await world().client.workflow.getHandle(deliveryWorkflowId(tracking)).result()).toEqual({ status: 'closed' });

  const { rows } = await withClient(world().pool, (client) =>
    readTail<DeliveryKind>(client, deliveryWorkflowId(tracking), 0),
  );
  const events = rows.flatMap((row) => row.events);
  expect(events.find(({ type }) => type === 'return_due')).toMatchObject({ why: 'unanswered', reason: 'unclaimed' });
  expect(events.find(({ type }) => type === 'remedy_chosen')).toMatchObject({ remedy: 'refund', by: 'policy' });
  expect(events.filter(({ type }) => type === 'return_started')).toHaveLength(1);
  expect(events.at(-1)).toMatchObject({ type: 'closed', outcome: 'returned' });
});
