import { z } from 'zod';
import { defaultCustomerPolicy } from '../../domain/policy/default-customer.ts';
import { asNew } from '../../local/as-new.ts';
import type { SandboxHand } from '../../local/sandbox/hand.ts';
import type { Guide } from './guide.ts';
import type { Scenario } from './scenario.ts';
import { receive, refunded, units } from './steps.ts';

const Delivery = z.object({
  status: z.string(),
  reason: z.string().nullable(),
  outcome: z.string().nullable(),
  rma: z.string().nullable(),
  attention: z.array(z.object({ attention: z.string(), sentence: z.string() })),
});

const Listed = z.object({ data: z.array(z.object({ tracking: z.string() })) });

/** Parcels on their way out that their carrier can't deliver. */
export const deliveryScenarios: readonly Scenario[] = [
  {
    name: 'undeliverable',
    title: 'A parcel that a second attempt does not save either: it comes back, and is refunded',
    policy: defaultCustomerPolicy,
    isUnsent: true,
    run: async (guide, order, outside) => {
      const tracking = await sendOut(guide, order, outside);
      await tryAgain(guide, tracking, outside);
      await outside.move(tracking, 'refuse');
      await comesBack(guide, tracking);
      await guide.post(`deliveries/${tracking}/remedy`, { remedy: 'refund' });
      guide.say('choose      the buyer wants the money');
      await receive(guide, 'P1', units(2));
      await refunded(guide, 1);
      await guide.inspect('P1-1', asNew, 2);
      await guide.confirm('P1-1', 'A-06-01');
      return await guide.untilClosed();
    },
    holds: (its) => its.outcome === 'completed' && its.settled.amount === '49.00' && its.parcels[0]?.label === 'none',
  },
  {
    name: 'new-shipment',
    title: 'A parcel that comes back, and whose buyer has the goods sent again for no money',
    policy: defaultCustomerPolicy,
    isUnsent: true,
    run: async (guide, order, outside) => {
      const tracking = await sendOut(guide, order, outside);
      await outside.move(tracking, 'return_to_sender');
      await comesBack(guide, tracking);
      await guide.post(`deliveries/${tracking}/remedy`, { remedy: 'new_shipment' });
      guide.say('choose      the buyer wants the goods');
      await guide.untilOf(`deliveries/${tracking}`, Delivery, ({ outcome }) => outcome === 'returned');
      await receive(guide, 'P1', units(2));
      await guide.send('new-shipments', { carrier: 'UPS', tracking: `${tracking}B` });
      guide.say(`ship anew   ${tracking}B: the goods are on their way again`);
      await guide.inspect('P1-1', asNew, 2);
      await guide.confirm('P1-1', 'A-06-02');
      return await guide.untilClosed();
    },
    holds: (its) => its.outcome === 'completed' && its.refunds.length === 0,
  },
];

async function sendOut(guide: Guide, order: string, outside: SandboxHand): Promise<string> {
  const tracking = order.replace('DEMO-', 'EZDEMO');
  const lines = [{ orderLine: `${order}/1`, quantity: 2 }];
  await guide.post(`orders/${order}/shipments`, { tracking, carrier: 'UPS', lines });
  await outside.follow(tracking, 'UPS');
  guide.say(`ship        two teapots leave in parcel ${tracking}`);
  return tracking;
}

/** Its carrier's news takes a moment to become a delivery. */
async function isTroubled(guide: Guide, tracking: string): Promise<void> {
  await guide.untilOf('deliveries', Listed, ({ data }) => data.some((each) => each.tracking === tracking));
}

async function tryAgain(guide: Guide, tracking: string, outside: SandboxHand): Promise<void> {
  const path = `deliveries/${tracking}`;
  await outside.move(tracking, 'fail_attempt');
  await isTroubled(guide, tracking);
  await guide.untilOf(path, Delivery, ({ status }) => status === 'contacting');
  guide.say('contact     nobody was at home: the shop is to ask its buyer');
  await guide.post(`${path}/answers`, { choice: 'redeliver' });
  const asked = await guide.untilOf(path, Delivery, ({ attention }) => attention.length > 0);
  guide.say(`attention   ${asked.attention[0]?.sentence}`);
  const resolution = { resolution: 'done', note: 'Told by phone' };
  await guide.post(`${path}/attention/${asked.attention[0]?.attention}/resolutions`, resolution);
  guide.say('attempt     the carrier tries a second time');
}

async function comesBack(guide: Guide, tracking: string): Promise<void> {
  await isTroubled(guide, tracking);
  const its = await guide.untilOf(`deliveries/${tracking}`, Delivery, ({ rma }) => rma !== null);
  await guide.follow(its.rma ?? '');
  guide.say(`return      it comes back (${its.reason}) as RMA ${its.rma}, under the number that it went out with`);
}
