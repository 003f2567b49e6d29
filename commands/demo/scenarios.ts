import { defaultCustomerPolicy } from '../../domain/policy/default-customer.ts';
import { asNew } from '../../local/as-new.ts';
import { damaged } from './guide.ts';
import type { Scenario } from './scenario.ts';
import { quickPolicy } from './shop.ts';
import { labelled, receive, refunded, scanned, units } from './steps.ts';

/** What `npm run demo` shows. */
export const scenarios: readonly Scenario[] = [
  {
    name: 'every-stage',
    title: 'One return through every stage',
    policy: defaultCustomerPolicy,
    run: async (guide, order, outside) => {
      await guide.ask(order, 1, 'drop_off');
      await labelled(guide);
      await scanned(guide, outside);
      await receive(guide, 'P1', units(1));
      await guide.inspectAndConfirm('P1-1', asNew, 'A-01-02');
      await refunded(guide, 1);
      return await guide.untilClosed();
    },
    holds: (its) => its.status.goods === 'closed' && its.status.money === 'full',
  },
  {
    name: 'late-arrival',
    title: 'One that expires, and arrives late',
    policy: quickPolicy,
    run: async (guide, order) => {
      await guide.ask(order, 1, 'drop_off');
      await labelled(guide);
      const expired = await guide.until((its) => its.status.goods === 'expired');
      guide.say(`expire      nothing came in time: ${expired.status.goods}, label ${expired.parcels[0]?.label}`);
      await receive(guide, 'P1', units(1));
      guide.say('reopen      the parcel came after all');
      await guide.inspectAndConfirm('P1-1', asNew, 'A-01-03');
      await refunded(guide, 1);
      return await guide.untilClosed();
    },
    holds: (its) => its.outcome === 'completed' && its.status.money === 'full',
  },
  {
    name: 'failed-pickup',
    title: 'One whose pickup fails and is booked again',
    policy: defaultCustomerPolicy,
    run: async (guide, order, outside) => {
      await guide.ask(order, 1, 'pickup');
      await guide.until((its) => its.pickups.some((pickup) => pickup.pickup === 'K1' && pickup.state === 'booked'));
      guide.say('collect     pickup K1 booked');
      await outside.failPickup(`${guide.rma}:pickup:K1`);
      const again = await guide.until((its) =>
        its.pickups.some((pickup) => pickup.pickup === 'K2' && pickup.state === 'booked'),
      );
      guide.say(`collect     pickup K1 ${again.pickups[0]?.state}: nobody was there; K2 booked`);
      await scanned(guide, outside);
      await receive(guide, 'P1', units(1));
      await guide.inspectAndConfirm('P1-1', asNew, 'A-01-04');
      await refunded(guide, 1);
      return await guide.untilClosed();
    },
    holds: (its) => its.status.goods === 'closed' && its.pickups.length === 2,
  },
  {
    name: 'partial-receipt',
    title: 'One that comes in two parcels, one of its goods damaged',
    policy: defaultCustomerPolicy,
    run: async (guide, order, outside) => {
      await guide.ask(order, 2, 'drop_off');
      await labelled(guide);
      await scanned(guide, outside);
      await receive(guide, 'P1', units(1), true);
      await guide.inspectAndConfirm('P1-1', asNew, 'A-01-05');
      await refunded(guide, 1);
      await receive(guide, null, [{ sku: 'TEAPOT', quantity: 1, damagedInTransit: true }]);
      await guide.resolve('damaged_in_transit', 'acknowledge', 'Photo taken, the carrier was told.');
      await guide.inspectAndConfirm('U2-1', damaged, 'B-07-01');
      await refunded(guide, 2);
      return await guide.untilClosed();
    },
    holds: (its) => its.status.goods === 'closed' && its.refunds.length === 2 && its.items.length === 2,
  },
];
