import { defaultCustomerPolicy } from '../../domain/default-policy.ts';
import { asNew } from '../../local/as-new.ts';
import type { Scenario } from './scenario.ts';
import { refunded } from './steps.ts';

/** Kinds of returns beside the customer's own that comes by parcel. */
export const programScenarios: readonly Scenario[] = [
  {
    name: 'counter',
    title: 'One over a store’s counter: received, graded and refunded with one request',
    policy: defaultCustomerPolicy,
    run: async (guide, order) => {
      const its = await guide.ask(order, 1, 'counter', { seen: { facts: asNew } });
      guide.say(
        `inspect     item ${its.items[0]?.item}: grade ${its.items[0]?.grade}, to ${its.items[0]?.disposition}`,
      );
      await refunded(guide, 1);
      await guide.confirm(its.items[0]?.item ?? '', 'SHELF-3');
      return await guide.untilClosed();
    },
    holds: (its) => its.outcome === 'completed' && its.status.money === 'full' && its.parcels[0]?.label === 'none',
  },
];
