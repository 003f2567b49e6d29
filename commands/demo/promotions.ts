import { asNew } from '../../local/as-new.ts';
import type { Guide, Return } from './guide.ts';
import type { Scenario } from './scenario.ts';
import { promotionsPolicy, teapots } from './shop.ts';
import { labelled, receive, refunded, units } from './steps.ts';

const threshold = { kind: 'threshold', from: 4_000, amount: 300 };

/** Goods that were cheaper together. */
export const promotionScenarios: readonly Scenario[] = [
  {
    name: 'promotion',
    title:
      'Two of an order that was three euros cheaper from forty on: the first bears the loss, the second is paid whole',
    policy: promotionsPolicy,
    goods: { ...teapots, promotions: [{ promotion: '3-OFF-40', off: 300, terms: threshold }] },
    run: async (guide, order) => {
      await oneBack(guide, order);
      guide.say('settle      the teapot that is kept costs its full price now; it comes back as well');
      return await oneBack(guide, order);
    },
    // 22.09 with its tax and nothing off, where the first got 3.00 less.
    holds: (its) => its.outcome === 'completed' && its.refunds[0]?.amount.amount === '26.00',
  },
];

async function oneBack(guide: Guide, order: string): Promise<Return> {
  await guide.ask(order, 1, 'drop_off', { reason: 'defective' });
  await labelled(guide);
  await receive(guide, 'P1', units(1));
  await guide.inspectAndConfirm('P1-1', asNew, 'A-05-01');
  await refunded(guide, 1);
  return await guide.untilClosed();
}
