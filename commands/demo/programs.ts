import { z } from 'zod';
import { defaultCustomerPolicy } from '../../domain/policy/default-customer.ts';
import { asNew } from '../../local/as-new.ts';
import { recycled } from './certified.ts';
import { type Guide, moneyText, type Return } from './guide.ts';
import type { Scenario } from './scenario.ts';
import { receive, refunded, units } from './steps.ts';

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
  {
    name: 'without-receipt',
    title: 'What somebody brings who can’t say of which order, for store credit at the lowest price of late',
    policy: defaultCustomerPolicy,
    run: async (guide) => {
      const goods = { ...place, buyer: 'demo-stranger', lines: [{ sku: 'TEAPOT', quantity: 1 }] };
      const { order } = z.object({ order: z.string() }).parse(await guide.post('goods-without-receipt', goods));
      await guide.ask(order, 1, 'drop_off', {}, { instrument: 'store_credit' });
      await guide.send('reviews', { decisions: [{ line: 'L1', approve: true, note: 'It is one of ours' }] });
      guide.say('review      a person approves it');
      await receive(guide, 'P1', units(1));
      await guide.inspectAndConfirm('P1-1', asNew, 'A-04-05');
      return await guide.untilClosed();
    },
    holds: (its) => its.outcome === 'completed' && its.refunds[0]?.state === 'succeeded',
  },
  {
    name: 'business',
    title: 'A business customer’s, credited on its account less a restocking fee',
    policy: defaultCustomerPolicy,
    run: async (guide, order) => {
      await guide.ask(order, 2, 'drop_off', {}, { program: 'business', instrument: 'credit_memo' });
      await receive(guide, 'P1', units(2));
      await guide.inspect('P1-1', asNew, 2);
      await guide.confirm('P1-1', 'A-04-01');
      return await credited(guide);
    },
    holds: (its) => its.outcome === 'completed' && its.refunds.length === 1 && its.settled.amount === '42.82',
  },
  {
    name: 'unsold',
    title: 'What a dealer did not sell, sent back under an agreement for credit',
    policy: defaultCustomerPolicy,
    run: async (guide, order) => {
      const agreement = `${order}-AGREED`;
      await guide.post('agreements', agreementNamed(agreement));
      guide.say(`agree       ${agreement}: at most ten teapots, 12.50 EUR each`);
      const asked = { program: 'unsold', instrument: 'credit_memo' };
      await guide.ask(agreement, 4, 'drop_off', { reason: 'excess' }, asked);
      await receive(guide, 'P1', units(4));
      await guide.inspect('P1-1', asNew, 4);
      await guide.confirm('P1-1', 'A-04-02');
      return await credited(guide);
    },
    holds: (its) => its.outcome === 'completed' && its.settled.amount === '50.00',
  },
  {
    name: 'trade-in',
    title: 'A phone that we never sold, taken in for store credit by its grade',
    policy: defaultCustomerPolicy,
    run: async (guide, order) => {
      const offer = `${order}-OFFER`;
      await guide.post('trade-in-offers', offerNamed(offer));
      guide.say(`offer       ${offer}: 120.00 EUR as new, 99.99 opened, 40.01 damaged, nothing broken`);
      const asked = { program: 'trade_in', instrument: 'store_credit' };
      await guide.ask(offer, 1, 'drop_off', { sku: 'PHONE', reason: 'no_longer_needed' }, asked);
      await receive(guide, 'P1', units(1, 'PHONE'));
      await guide.inspectAndConfirm('P1-1', { ...asNew, packaging: 'opened' }, 'A-04-03');
      return await guide.untilClosed();
    },
    holds: (its) => its.outcome === 'completed' && its.items[0]?.grade === 'B' && its.settled.amount === '99.99',
  },
  {
    name: 'asset-recovery',
    title: 'A laptop of our own that a store hands back, sold above its book value',
    policy: defaultCustomerPolicy,
    run: async (guide, order) => {
      const register = `${order}-ASSETS`;
      await guide.post('assets', registerNamed(register));
      guide.say(`register    ${register}: one laptop, its book value 90.00 EUR`);
      const asked = { program: 'asset_recovery' };
      await guide.ask(register, 1, 'drop_off', { sku: 'LAPTOP', reason: 'no_longer_needed' }, asked);
      await receive(guide, 'P1', units(1, 'LAPTOP'));
      await guide.inspect('P1-1', { ...asNew, packaging: 'missing', cosmetic: 'light_wear' });
      await guide.choose('P1-1', 'liquidate', 'too old for us');
      await guide.send('items/P1-1/confirmations', {
        evidence: 'INV-9',
        proceeds: { amount: '120.00', currency: 'EUR' },
      });
      guide.say('dispose     item P1-1: sold for 120.00 EUR, a gain of 30.00 EUR');
      return await guide.untilClosed();
    },
    holds: (its) =>
      its.outcome === 'completed' && its.items[0]?.disposition === 'liquidate' && its.refunds.length === 0,
  },
  {
    name: 'end-of-life',
    title: 'A school’s old laptop is collected, wiped, and recycled to the gram',
    policy: defaultCustomerPolicy,
    run: async (guide, order) => {
      const takeBack = `${order}-TB`;
      await guide.post('take-backs', takeBackNamed(takeBack));
      guide.say(`collect     take-back ${takeBack}: one laptop, which bears data`);
      const asked = { program: 'end_of_life' };
      await guide.ask(takeBack, 1, 'drop_off', { sku: 'LAPTOP', reason: 'no_longer_needed' }, asked);
      await receive(guide, 'P1', [{ sku: 'LAPTOP', quantity: 1, serials: [`SN-${takeBack}`] }]);
      await guide.inspect('P1-1', { ...asNew, packaging: 'missing', cosmetic: 'damaged', function: 'untested' });
      const wiped = { kind: 'data_wiped', method: 'purge', tool: 'ERASER-3', serials: [`SN-${takeBack}`] };
      await guide.send('items/P1-1/evidence', { ...wiped, certificate: 'WIPE-4' });
      await guide.until(({ items }) => items[0]?.disposition === 'recycle');
      guide.say('evidence    its data were purged, certificate WIPE-4: now it may be recycled');
      await recycled(guide, 'E-SCRAP');
      return await guide.untilClosed();
    },
    holds: (its) =>
      its.outcome === 'completed' && its.items[0]?.disposition === 'recycle' && its.settled.amount === '0.00',
  },
];

/** Where goods come from that were never sold to a shopper. */
const place = {
  currency: 'EUR',
  country: 'DE',
  contact: { name: 'Sample dealer', street1: 'Musterweg 9', city: 'Berlin', zip: '10115', phone: '+49 30 000001' },
};

/** Whom we trade with, for a day from now on. */
const terms = () => ({
  ...place,
  partner: 'demo-dealer',
  validUntil: new Date(Date.now() + 86_400_000).toISOString(),
});

const registerNamed = (register: string) => ({
  ...place,
  register,
  holder: 'demo-store',
  assets: [
    { tag: `${register}-1`, sku: 'LAPTOP', category: 'electronics', bookValue: '90.00', unitWeightGrams: 1_800 },
  ],
});

const takeBackNamed = (takeBack: string) => ({
  ...place,
  takeBack,
  holder: 'demo-school',
  lines: [
    { sku: 'LAPTOP', category: 'electronics', serials: [`SN-${takeBack}`], dataBearing: true, unitWeightGrams: 900 },
  ],
});

const offerNamed = (offer: string) => ({
  ...terms(),
  offer,
  lines: [
    {
      sku: 'PHONE',
      category: 'electronics',
      quantity: 1,
      credit: { A: '120.00', B: '99.99', C: '40.01', D: '0' },
    },
  ],
});

const agreementNamed = (agreement: string) => ({
  ...terms(),
  agreement,
  validFrom: new Date(Date.now() - 86_400_000).toISOString(),
  lines: [{ sku: 'TEAPOT', most: 10, credit: '12.50', unitCost: '9.00', unitWeightGrams: 1_200 }],
});

async function credited(guide: Guide): Promise<Return> {
  const its = await guide.until(({ refunds }) => refunds[0]?.state === 'succeeded');
  guide.say(`settle      credit memo ${its.refunds[0]?.creditMemo}: ${moneyText(its.refunds[0]?.amount)}`);
  return await guide.untilClosed();
}
