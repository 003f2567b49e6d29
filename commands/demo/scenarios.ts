import { defaultCustomerPolicy } from '../../domain/default-policy.ts';
import type { Policy } from '../../domain/policy.ts';
import { asNew } from '../../local/as-new.ts';
import type { SandboxHand } from '../../local/sandbox/hand.ts';
import { damaged, type Guide, moneyText, type Return } from './guide.ts';
import { quickPolicy } from './shop.ts';

/** One story of the demo: the rules of its sale, what happens, and what must be true at the end. */
export type Scenario = {
  readonly name: string;
  readonly title: string;
  readonly policy: Policy;
  readonly run: (guide: Guide, order: string, outside: SandboxHand) => Promise<Return>;
  readonly holds: (its: Return) => boolean;
};

const straight: Policy = { ...defaultCustomerPolicy, returnlessUpTo: {} };
const teapots = (quantity: number) => [{ sku: 'TEAPOT', quantity }];

export const scenarios: readonly Scenario[] = [
  {
    name: 'every-stage',
    title: 'One return through every stage',
    policy: straight,
    run: async (guide, order, outside) => {
      await guide.ask(order, 1, 'drop_off');
      await labelled(guide);
      await scanned(guide, outside);
      await receive(guide, 'P1', teapots(1));
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
      await receive(guide, 'P1', teapots(1));
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
    policy: straight,
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
      await receive(guide, 'P1', teapots(1));
      await guide.inspectAndConfirm('P1-1', asNew, 'A-01-04');
      await refunded(guide, 1);
      return await guide.untilClosed();
    },
    holds: (its) => its.status.goods === 'closed' && its.pickups.length === 2,
  },
  {
    name: 'partial-receipt',
    title: 'One that comes in two parcels, one of its goods damaged',
    policy: straight,
    run: async (guide, order, outside) => {
      await guide.ask(order, 2, 'drop_off');
      await labelled(guide);
      await scanned(guide, outside);
      await receive(guide, 'P1', teapots(1), true);
      await guide.inspectAndConfirm('P1-1', asNew, 'A-01-05');
      await refunded(guide, 1);
      await receive(guide, null, [{ sku: 'TEAPOT', quantity: 1, damagedInTransit: true }]);
      const hurt = await guide.until((its) => its.attention.some(({ reason }) => reason === 'damaged_in_transit'));
      guide.say(`attention   ${hurt.attention[0]?.sentence}`);
      const note = 'Photo taken, the carrier was told.';
      await guide.send(`attention/${hurt.attention[0]?.attention}/resolutions`, { resolution: 'acknowledge', note });
      await guide.inspectAndConfirm('U2-1', damaged, 'B-07-01');
      await refunded(guide, 2);
      return await guide.untilClosed();
    },
    holds: (its) => its.status.goods === 'closed' && its.refunds.length === 2 && its.items.length === 2,
  },
];

async function labelled(guide: Guide): Promise<void> {
  const its = await guide.until(({ parcels }) => parcels[0]?.label === 'bought');
  guide.say(`collect     label for parcel P1: ${its.parcels[0]?.tracking}`);
}

async function scanned(guide: Guide, outside: SandboxHand): Promise<void> {
  await outside.move(`${guide.rma}:label:P1`, 'scan');
  await guide.until((its) => its.parcels[0]?.status === 'in_transit');
  guide.say('collect     the carrier scanned it: in transit');
  await outside.move(`${guide.rma}:label:P1`, 'deliver');
  await guide.until((its) => its.parcels[0]?.status === 'delivered');
}

async function receive(
  guide: Guide,
  parcel: string | null,
  contents: readonly object[],
  partial = false,
): Promise<void> {
  await guide.send('receipts', { parcel, contents, partial });
  guide.say(`receive     parcel ${parcel ?? 'without a label'}${partial ? ', more to come' : ''}`);
}

async function refunded(guide: Guide, count: number): Promise<void> {
  const its = await guide.until(
    ({ refunds }) => refunds.length === count && refunds.every(({ state }) => state === 'succeeded'),
  );
  guide.say(
    `settle      refund ${its.refunds[count - 1]?.refund}: ${moneyText(its.refunds[count - 1]?.amount)} to the card`,
  );
}
