import { z } from 'zod';
import { defaultCustomerPolicy } from '../../domain/policy/default-customer.ts';
import { asNew } from '../../local/as-new.ts';
import type { Scenario } from './scenario.ts';
import { receive } from './steps.ts';

const Drafted = z.object({ number: z.string() });
const Recall = z.object({ status: z.string() });
const Answers = z.object({
  returns: z.array(z.string()),
  positions: z.array(
    z.object({ unaccounted: z.number(), verified: z.object({ returned: z.number(), destroyed: z.number() }) }),
  ),
});

/** Goods that are called back. */
export const recallScenarios: readonly Scenario[] = [
  {
    name: 'recall',
    title: 'A lot is recalled: what a store still has comes back and is destroyed',
    policy: defaultCustomerPolicy,
    run: async (guide, order) => {
      const [sku, store, lot] = [`KETTLE-${order}`, `STORE-${order}`, 'L1'];
      await guide.upload(
        'consignees/import',
        `consignee,kind,name,country,street1,city,zip,phone,email\n${store},store,Sample store,DE,Musterweg 9,Berlin,10115,+49 30 000001,${store.toLowerCase()}@shop.example\n`,
      );
      await guide.upload(
        'lot-shipments/import',
        `reference,consignee,sku,lot,quantity,shippedAt\n${order},${store},${sku},${lot},4,2026-01-10\n`,
      );
      const { number } = Drafted.parse(
        await guide.post('recalls', {
          depth: 'retail',
          hazardClass: 'II',
          scope: { lines: [{ sku, lots: [lot] }] },
          texts: [words],
        }),
      );
      await guide.post(`recalls/${number}/launch`, {});
      await guide.untilOf(`recalls/${number}`, Recall, ({ status }) => status === 'notified');
      guide.say(`recall      ${number}: lot ${lot} is stopped, and the store that got four of it was written to`);
      const answers = `recalls/${number}/consignees/${store}/responses`;
      await guide.post(answers, { positions: [{ sku, lot, held: 3, destroyed: 1, proof: 'CERT-1' }] });
      guide.say('respond     the store has three of them, and has destroyed one');
      const { returns } = await guide.untilOf(answers, Answers, (its) => its.returns.length === 1);
      await guide.follow(returns[0] ?? '');
      guide.say(`authorize   RMA ${guide.rma}: what it has comes back`);
      await receive(guide, 'P1', [{ sku, lot, quantity: 3 }]);
      await guide.inspect('P1-1', asNew, 3);
      await guide.choose('P1-1', 'destroy', 'as the recall says');
      await guide.confirm('P1-1', 'CERT-2');
      const [position] = (await guide.read(answers, Answers)).positions;
      guide.say(`account     ${position?.verified.destroyed} destroyed here, ${position?.unaccounted} unaccounted for`);
      return await guide.untilClosed();
    },
    holds: (its) => its.outcome === 'completed' && its.items[0]?.disposition === 'destroy' && its.refunds.length === 0,
  },
];

const words = {
  language: 'en',
  product: 'Kettle',
  reason: 'The handle may come off.',
  instructions: 'Stop selling it, and tell us what you have.',
  contact: 'recalls@shop.example',
};
