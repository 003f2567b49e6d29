import { randomBytes } from 'node:crypto';
import type { DeliveryCommand } from '../../domain/delivery/commands.ts';
import type { DeliveryState } from '../../domain/delivery/state.ts';
import { defaultPolicies } from '../../domain/policy/defaults.ts';
import {
  type DeliveryArguments,
  type DeliveryMessage,
  deliveryWorkflowId,
  deliveryWorkflowType,
} from '../../workflows/delivery/messages.ts';
import { stateQuery } from '../../workflows/process/messages.ts';
import type { World } from './world.ts';

/** The terms of undelivered goods as they come with a fresh installation. */
export async function ordinaryTerms({ db }: World): Promise<void> {
  for (const { id, version, program, ...rules } of defaultPolicies) {
    if (program !== 'undeliverable') continue;
    const document = JSON.parse(JSON.stringify({ id, version, program, ...rules }));
    await db.policy.create({ data: { id, version, program, document, effectiveFrom: new Date(0) } });
  }
}

/** An order that is under way in one parcel, of which its carrier has told trouble. */
export async function aTroubledParcel(world: World): Promise<string> {
  const { db } = world;
  const orderId = await world.anOrder();
  const tracking = `EZ${randomBytes(6).toString('hex')}`;
  await db.shipment.create({ data: { tracking, carrier: 'UPS', orderId, troubledAt: new Date() } });
  await db.fulfilment.updateMany({ where: { orderLine: { orderId } }, data: { tracking, deliveredAt: null } });
  return tracking;
}

export async function carrierSays(
  world: World,
  tracking: string,
  status: Extract<DeliveryCommand, { type: 'track' }>['status'],
  reason: 'not_home' | null,
): Promise<void> {
  const { client, taskQueue, runs } = world;
  const at = new Date(await world.now()).toISOString();
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

export async function untilDelivery(
  world: World,
  tracking: string,
  is: (state: DeliveryState) => boolean,
): Promise<void> {
  const handle = world.client.workflow.getHandle(deliveryWorkflowId(tracking));
  for (let attempt = 0; attempt < 400; attempt += 1) {
    if (is(await handle.query<DeliveryState>(stateQuery))) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`still waiting for ${is}; the state is ${JSON.stringify(await handle.query(stateQuery))}`);
}
