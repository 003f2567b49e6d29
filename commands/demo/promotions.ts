import { defaultCustomerPolicy } from '../../domain/policy/default-customer.ts';
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
  {
    name: 'kit',
    title:
      'One of two desks that were sold as sets: its top and its four legs come back, each at its share of the price',
    policy: defaultCustomerPolicy,
    run: async (guide, order, outside) => {
      const bought = `${order}-KIT`;
      const [payment] = await outside.pay([{ reference: bought, amount: 21_422, currency: 'EUR' }]);
      await guide.upload('orders/import', desks(bought, payment ?? ''));
      guide.say('sell        two desks for 214.22 EUR, each a top and four legs');
      await guide.ask(bought, 1, 'drop_off', { sku: 'DESK', reason: 'defective' });
      await labelled(guide);
      await receive(guide, 'P1', [...units(1, 'DESK-TOP'), ...units(4, 'DESK-LEG')]);
      await guide.inspectAndConfirm('P1-1', asNew, 'A-06-01');
      await guide.inspect('P1-2', asNew, 4);
      await guide.confirm('P1-2', 'A-06-02');
      return await guide.untilClosed();
    },
    // Half of what was paid for both; the shares of what is kept make up the other half.
    holds: (its) => its.outcome === 'completed' && its.settled.amount === '107.11' && its.items.length === 2,
  },
];

/** Two desks as an import names them: a row of CSV whose components share its price by what they cost alone. */
function desks(order: string, payment: string): string {
  const day = new Date(Date.now() - 86_400_000).toISOString();
  const components = JSON.stringify([
    { sku: 'DESK-TOP', listPrice: '80.00', unitCost: '20.00' },
    { sku: 'DESK-LEG', quantity: 4, listPrice: '10.00', unitCost: '2.00' },
  ]).replaceAll('"', '""');
  const header =
    'order,currency,country,placedAt,sku,quantity,price,discount,tax,deliveredAt,payment,paid,name,street1,city,zip,phone,components';
  const buyer = 'Sample buyer,Musterweg 5,Berlin,10115,+49 30 000000';
  const row = `${order},EUR,DE,${day},DESK,2,200.01,20.00,34.21,${day},${payment},214.22,${buyer},"${components}"`;
  return `${header}\n${row}\n`;
}

async function oneBack(guide: Guide, order: string): Promise<Return> {
  await guide.ask(order, 1, 'drop_off', { reason: 'defective' });
  await labelled(guide);
  await receive(guide, 'P1', units(1));
  await guide.inspectAndConfirm('P1-1', asNew, 'A-05-01');
  await refunded(guide, 1);
  return await guide.untilClosed();
}
