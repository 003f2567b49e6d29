import { z } from 'zod';
import { defaultCustomerPolicy } from '../../domain/policy/default-customer.ts';
import { asNew } from '../../local/as-new.ts';
import type { Guide, Return } from './guide.ts';
import type { Scenario } from './scenario.ts';
import { receive, units } from './steps.ts';

/** Credit in the shop for what comes back, and what is done with it. */
export const storeCreditScenarios: readonly Scenario[] = [
  {
    name: 'gift',
    title: 'A gift brought back by who was given it: store credit by a code, spent at the checkout',
    policy: defaultCustomerPolicy,
    run: async (guide, order) => {
      const gift = { postcode: '10115' };
      await guide.post('gifts/lookups', { order, gift });
      guide.say('gift        found by order and postcode, and nothing said of who bought it');
      await guide.ask(order, 1, 'drop_off', {}, { gift, instrument: 'store_credit' });
      await receive(guide, 'P1', units(1));
      await guide.inspectAndConfirm('P1-1', asNew, 'A-04-06');
      const its = await guide.untilClosed();
      await spent(guide, its);
      return its;
    },
    holds: (its) => its.outcome === 'completed' && its.refunds[0]?.storeCredit !== null,
  },
];

async function spent(guide: Guide, its: Return): Promise<void> {
  const credit = its.refunds[0]?.storeCredit ?? '';
  const { code } = z.object({ code: z.string() }).parse(await guide.post(`store-credits/${credit}/codes`, {}));
  const amount = { amount: '5.00', currency: its.settled.currency };
  const asked = { amount, order: `SHOP-${its.rma}`, reference: `checkout-${its.rma}`, code };
  const paid = z
    .object({ balance: z.object({ amount: z.string() }) })
    .parse(await guide.post(`store-credits/${credit}/redemptions`, asked));
  guide.say(`credit      ${credit}: 5.00 spent by its code, ${paid.balance.amount} left`);
}
