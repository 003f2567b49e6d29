import { expect, test } from 'vitest';
import { readTail } from '../../activities/journal/tail.ts';
import type { DeliveryKind } from '../../domain/delivery/kind.ts';
import type { DeliveryState } from '../../domain/delivery/state.ts';
import { withClient } from '../../prisma/client.ts';
import { deliveryWorkflowId } from '../../workflows/delivery/messages.ts';
import { aTroubledParcel, carrierSays, ordinaryTerms, untilDelivery } from './deliveries.ts';
import { skippingTime } from './servers.ts';
import { aWorld } from './world.ts';

const world = aWorld({ server: skippingTime });

const isOpened = (state: DeliveryState) => state.status !== 'initial';

test('a buyer who never answers is reminded, gets the parcel back as a return, and in the end what the policy says', async () => {
  await ordinaryTerms(world());
  const tracking = await aTroubledParcel(world());
  await carrierSays(world(), tracking, 'failure', 'not_home');
  await untilDelivery(world(), tracking, (state) => state.status === 'contacting');
  await world().skip('2 days');
  await untilDelivery(world(), tracking, (state) => isOpened(state) && state.reminders === 1);
  await world().skip('2 days');
  await untilDelivery(world(), tracking, (state) => isOpened(state) && state.reminders === 2);
  await world().skip('2 days');
  await untilDelivery(world(), tracking, (state) => isOpened(state) && state.rma !== null);
  await world().skip('8 days');
  await untilDelivery(world(), tracking, (state) => isOpened(state) && state.isRemedyTold);
  await carrierSays(world(), tracking, 'return_to_sender', null);
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
