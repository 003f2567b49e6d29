import { expect, test } from 'vitest';
import { readTail } from '../../activities/journal/tail.ts';
import type { TransferKind } from '../../domain/transfer/kind.ts';
import { withClient } from '../../prisma/client.ts';
import { transferWorkflowId } from '../../workflows/transfer/messages.ts';
import { skippingTime } from './servers.ts';
import { aTransfer, comes, leaves, picked } from './transfers.ts';
import { aWorld } from './world.ts';

const world = aWorld({ server: skippingTime });

test('a transfer that leaves late and does not come is told each time, until what is left of it is given up', async () => {
  const its = await aTransfer(world());
  const isAsked = (reason: string) =>
    its.until(({ attention }) => Object.values(attention).some((a) => a.reason === reason));
  await world().skip('3 days');
  await isAsked('transfer_late');
  await its.tell(picked);
  await its.tell(leaves);
  await its.until(({ reservation, attention }) => reservation === 'released' && Object.keys(attention).length === 0);
  await its.tell(comes(6, 5));
  await world().skip('3 days');
  await isAsked('transfer_late');
  await its.tell({ type: 'resolve', attention: 'A2', resolution: 'wait', note: 'N' });
  await world().skip('3 days');
  await isAsked('transfer_late');
  await its.tell(comes(0, 0, true));
  await its.tell({ type: 'resolve', attention: 'A4', resolution: 'write_off', note: 'N' });
  expect(await its.handle.result()).toEqual({ status: 'closed' });

  const { rows } = await withClient(world().pool, (client) =>
    readTail<TransferKind>(client, transferWorkflowId(its.number), 0),
  );
  const delayed = rows.flatMap(({ events }) => events).filter(({ type }) => type === 'delayed');
  expect(delayed).toMatchObject([{ what: 'shipment' }, { what: 'arrival' }, { what: 'arrival' }]);
});
