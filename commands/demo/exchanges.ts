import { defaultCustomerPolicy } from '../../domain/policy/default-customer.ts';
import { asNew } from '../../local/as-new.ts';
import { type Guide, moneyText, type Return } from './guide.ts';
import type { Scenario } from './scenario.ts';
import { chargingPolicy, holdPolicy, impatientPolicy } from './shop.ts';
import { receive, units } from './steps.ts';

const euros = (amount: string) => ({ amount, currency: 'EUR' });

const broken = { ...asNew, function: 'defective', packaging: 'opened' };

/** Goods that go out for what comes back. */
export const exchangeScenarios: readonly Scenario[] = [
  {
    name: 'exchange',
    title: 'One for something dearer: the stock is kept, the difference paid, the goods shipped',
    policy: defaultCustomerPolicy,
    run: async (guide, order) => {
      const wanted = [{ sku: 'SAMOVAR-SMALL', quantity: 1, price: euros('39.90') }];
      await keptFor(guide, order, 'SAMOVAR-SMALL', {}, { instrument: 'exchange', wanted });
      await receive(guide, 'P1', units(1));
      await guide.inspectAndConfirm('P1-1', asNew, 'A-02-07');
      const owing = await guide.until(({ exchange }) => exchange?.state === 'payment_due');
      guide.say(`settle      ${moneyText(owing.exchange?.due)} are to be paid for the samovar`);
      await guide.send('exchanges/X1/payments', { amount: owing.exchange?.due, reference: `charge-${guide.rma}` });
      return await shipped(guide);
    },
    holds: (its) => isShipped(its) && its.exchange?.price.amount === '39.90',
  },
  {
    name: 'replacement',
    title: 'A defective one for the same again, with its new serial and without money',
    policy: defaultCustomerPolicy,
    run: async (guide, order) => {
      await keptFor(guide, order, 'TEAPOT', { reason: 'defective' }, { instrument: 'replacement' });
      await receive(guide, 'P1', units(1));
      await guide.inspectAndConfirm('P1-1', broken, 'WORK-3');
      return await shipped(guide, [{ sku: 'TEAPOT', serials: ['T-2002'] }]);
    },
    holds: isShipped,
  },
  {
    name: 'advance-exchange',
    title: 'The same again goes out first, against a hold on the card, which is let go once the broken one is back',
    policy: holdPolicy,
    run: async (guide, order) => {
      await firstAgainstHold(guide, order);
      await receive(guide, 'P1', units(1));
      await guide.inspectAndConfirm('P1-1', broken, 'WORK-5');
      guide.say('settle      it is what was promised: the hold is let go');
      return await guide.untilClosed();
    },
    holds: (its) => isShipped(its) && its.hold?.state === 'released',
  },
  {
    name: 'advance-exchange-kept',
    title: 'The same again goes out first, and the broken one never comes: it is taken of the hold',
    policy: impatientPolicy,
    run: async (guide, order) => {
      await firstAgainstHold(guide, order);
      const its = await guide.until(({ hold }) => hold?.state === 'captured');
      guide.say(`settle      ${moneyText(its.hold?.taken)} were taken of the card, as nothing came`);
      await guide.send('cancellation', { note: 'The buyer keeps it.' });
      return await guide.untilClosed();
    },
    holds: (its) => its.exchange?.state === 'shipped' && its.clawbacks[0]?.state === 'paid',
  },
  {
    name: 'charged',
    title: 'Paid in advance, and nothing comes: charged to the card of a buyer who had agreed to that',
    policy: chargingPolicy,
    run: async (guide, order) => {
      await guide.ask(order, 1, 'drop_off', {}, { consent: agreed() });
      const its = await guide.untilClosed();
      guide.say('settle      what was paid in advance was charged to the card that had paid');
      return its;
    },
    holds: (its) => its.status.goods === 'expired' && its.clawbacks[0]?.charge === 'succeeded',
  },
  {
    name: 'warranty',
    title: 'One that broke under its warranty: replaced, and the new serial is covered for the rest of the time',
    policy: defaultCustomerPolicy,
    run: async (guide, order) => {
      const claim = { reason: 'defective', serials: ['T-1001'] };
      await keptFor(guide, order, 'TEAPOT', claim, { program: 'warranty', instrument: 'replacement' });
      await receive(guide, 'P1', [{ sku: 'TEAPOT', quantity: 1, serials: ['T-1001'] }]);
      await guide.inspectAndConfirm('P1-1', broken, 'WORK-4');
      return await shipped(guide, [{ sku: 'TEAPOT', serials: ['T-3003'] }]);
    },
    holds: (its) =>
      isShipped(its) &&
      its.timeline.some(({ sentence }) => sentence.includes('The warranty goes over to what was sent')),
  },
];

/** What buyers agree to of the card that paid. */
const agreed = () => ({ reference: 'TERMS-2026-1', at: new Date().toISOString() });

async function firstAgainstHold(guide: Guide, order: string): Promise<void> {
  await keptFor(guide, order, 'TEAPOT', { reason: 'defective' }, { instrument: 'replacement', consent: agreed() });
  const its = await guide.until(({ exchange }) => exchange?.state === 'ready');
  guide.say(`settle      ${moneyText(its.hold?.amount)} are held on the card, so the new one leaves at once`);
  await guide.send('exchanges/X1/shipments', { carrier: 'DHL', tracking: '00340435', serials: [] });
}

/** The shop tells its stock, and a unit of it is kept for the buyer who asks. */
async function keptFor(guide: Guide, order: string, sku: string, line: object, more: object): Promise<void> {
  await guide.post('stock-levels', { levels: [{ facility: 'demo-return-centre', sku, onHand: 1000 }] });
  await guide.ask(order, 1, 'drop_off', line, more);
  await guide.until(({ exchange }) => exchange?.stock === 'reserved');
  guide.say(`authorize   one ${sku} is kept for the buyer`);
}

async function shipped(guide: Guide, serials: readonly object[] = []): Promise<Return> {
  await guide.until(({ exchange }) => exchange?.state === 'ready');
  await guide.send('exchanges/X1/shipments', { carrier: 'DHL', tracking: '00340434', serials });
  guide.say('settle      the goods are on their way to the buyer');
  return await guide.untilClosed();
}

function isShipped(its: Return): boolean {
  return its.outcome === 'completed' && its.status.money === 'full' && its.exchange?.state === 'shipped';
}
