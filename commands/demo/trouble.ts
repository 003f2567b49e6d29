import { z } from 'zod';
import { defaultCustomerPolicy } from '../../domain/policy/default-customer.ts';
import { asNew } from '../../local/as-new.ts';
import type { Scenario } from './scenario.ts';
import { type Goods, teapots } from './shop.ts';
import { labelled, receive, refunded, units } from './steps.ts';

const samovar: Goods = {
  ...teapots,
  sku: 'SAMOVAR',
  title: 'Silver samovar',
  quantity: 1,
  price: 150_000,
  discount: 0,
  tax: 28_500,
  unitCost: 70_000,
};

const Receipt = z.object({ receipt: z.string(), identified: z.string().nullable(), unitsLeft: z.number() });

/** What a person has to look at, or the bank decides. */
export const troubleScenarios: readonly Scenario[] = [
  {
    name: 'blind-receipt',
    title: 'One whose parcel came without a label, and is matched to it',
    policy: defaultCustomerPolicy,
    run: async (guide, order) => {
      const { facility, rma } = await guide.ask(order, 1, 'drop_off');
      await labelled(guide);
      const booked = Receipt.parse(await guide.post('receipts', { facility, order, contents: units(1) }));
      guide.say(`receive     ${booked.receipt}: nobody expected it; by its order it may be of ${booked.identified}`);
      const matched = Receipt.parse(await guide.post(`receipts/${booked.receipt}/match`, { rma, lines: 'all' }));
      guide.say(`receive     a person matches it to ${rma}: ${matched.unitsLeft} units left without a return`);
      const its = await guide.until(({ items }) => items.length === 1);
      await guide.inspectAndConfirm(its.items[0]?.item ?? '', asNew, 'A-03-01');
      await refunded(guide, 1);
      return await guide.untilClosed();
    },
    holds: (its) => its.outcome === 'completed' && its.status.money === 'full',
  },
  {
    name: 'lost-dispute',
    title: 'One whose buyer has the bank take the payment back, and wins',
    policy: defaultCustomerPolicy,
    run: async (guide, order, outside) => {
      await guide.ask(order, 1, 'drop_off');
      const dispute = await outside.dispute(order);
      guide.say('dispute     the buyer disputes the payment at the bank');
      await receive(guide, 'P1', units(1));
      await guide.inspectAndConfirm('P1-1', asNew, 'A-03-02');
      const frozen = await guide.until(({ attention }) =>
        attention.some(({ reason }) => reason === 'payment_disputed'),
      );
      guide.say(`settle      refund ${frozen.refunds[0]?.refund} is ${frozen.refunds[0]?.state} and not asked for`);
      await outside.closeDispute(dispute, 'lost');
      guide.say('dispute     the bank gives it to the buyer: the chargeback is the refund');
      const its = await guide.untilClosed();
      const { refunds } = await outside.books();
      const beside = Object.keys(refunds).filter((reference) => reference.startsWith(guide.rma));
      if (beside.length > 0) throw new Error(`The provider was asked for ${beside.join(', ')} beside the chargeback.`);
      return its;
    },
    holds: (its) => its.outcome === 'completed' && its.status.money === 'full',
  },
  {
    name: 'two-people',
    title: 'One so precious that a person decides on it and two people grade it',
    policy: defaultCustomerPolicy,
    goods: samovar,
    run: async (guide, order, _outside, colleague) => {
      await guide.ask(order, 1, 'drop_off', { sku: samovar.sku });
      await guide.send('reviews', { decisions: [{ line: 'L1', approve: true, note: 'A buyer of many years' }] });
      guide.say('review      a person approves it');
      await receive(guide, 'P1', units(1, samovar.sku));
      await guide.inspect('P1-1', asNew);
      const waits = await guide.until(({ attention }) => attention.length > 0);
      guide.say(`attention   ${waits.attention[0]?.sentence}`);
      await guide.as(await colleague()).inspectAndConfirm('P1-1', asNew, 'SAFE-1');
      await refunded(guide, 1);
      return await guide.untilClosed();
    },
    holds: (its) => its.outcome === 'completed' && its.status.money === 'full' && its.attention.length === 0,
  },
];
