import { randomBytes } from 'node:crypto';
import { networkNumber } from '../../domain/network/number.ts';
import { makeRma } from '../../domain/numbers/rma.ts';
import type { TransferRequest } from '../../domain/transfer/request.ts';
import type { Opened } from '../../domain/transfer/state.ts';
import { type TransferMessage, transferWorkflowId, transferWorkflowType } from '../../workflows/transfer/messages.ts';
import { aRequestedTransfer } from '../domain/transfer/world.ts';
import { anExecution } from './executions.ts';
import { withFacilities } from './orders.ts';
import type { World } from './world.ts';

/** Two facilities, and goods at the first. */
async function places({ db }: World, { from, to, lines }: TransferRequest): Promise<void> {
  await withFacilities(db, [from, to]);
  for (const { sku, quantity } of lines) {
    await db.stockLevel.upsert({
      where: { sku_facility: { sku, facility: from } },
      create: { sku, facility: from, onHand: quantity },
      update: { onHand: { increment: quantity } },
    });
  }
}

/** Has goods moved between two facilities from now on, on the world's clock. */
export async function aTransfer(world: World, more: Partial<TransferRequest> = {}) {
  const now = await world.env.currentTimeMs();
  const day = (days: number) => new Date(now + days * 86_400_000).toISOString();
  const request = aRequestedTransfer({ shipBy: day(2), arriveBy: day(5), ...more });
  await places(world, request);
  const number = networkNumber('transfer', makeRma(randomBytes(8)));
  const its = await anExecution<Opened, TransferMessage['command']>(
    world,
    { workflowType: transferWorkflowType, workflowId: transferWorkflowId(number), number },
    request,
  );
  await its.until(({ status }) => status === 'reserved');
  return its;
}

export const picked = { type: 'pick', lines: [] } as const;
export const leaves = { type: 'ship', by: { type: 'own' }, tracking: null, lines: null } as const;

export const comes = (mugs: number, bowls: number, last = false) =>
  ({
    type: 'receive',
    lines: [
      { line: 'L1', good: mugs, damaged: 0 },
      { line: 'L2', good: bowls, damaged: 0 },
    ],
    others: [],
    last,
  }) as const;
