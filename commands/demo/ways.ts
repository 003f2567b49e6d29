import { z } from 'zod';
import type { Disposition } from '../../domain/goods/disposition.ts';
import { defaultCustomerPolicy } from '../../domain/policy/default-customer.ts';
import { asNew } from '../../local/as-new.ts';
import { destroyed, givenAway, recycled } from './certified.ts';
import { type Guide, moneyText, type Return } from './guide.ts';
import type { Scenario } from './scenario.ts';
import { type Goods, teapots } from './shop.ts';
import { receive, units } from './steps.ts';

const opened = { ...asNew, packaging: 'opened' };
const broken = { ...opened, function: 'defective' };
const spoilt = { ...opened, contamination: 'confirmed' };

const cream: Goods = { ...teapots, sku: 'CREAM', title: 'Hand cream', category: 'cosmetics' };

/** Asks for a unit back and books its parcel in. */
async function isReceived(guide: Guide, order: string, line: object = {}, contents = units(1)): Promise<void> {
  await guide.ask(order, 1, 'drop_off', line);
  await receive(guide, 'P1', contents);
}

/** A unit whose facts, or else a person, send it one way. */
function way(disposition: Disposition, title: string, facts: object, more: Partial<Told> = {}): Scenario {
  const { reason = 'changed_mind', choice, evidence = 'DOC-1' } = more;
  return {
    name: disposition.replaceAll('_', '-'),
    title,
    policy: defaultCustomerPolicy,
    run: async (guide, order) => {
      await isReceived(guide, order, { reason });
      await guide.inspect('P1-1', facts);
      if (choice !== undefined) await guide.choose('P1-1', disposition, choice);
      await guide.confirm('P1-1', evidence);
      return await guide.untilClosed();
    },
    holds: (its) => wentThere(its, disposition) && its.status.money === 'full',
  };
}

/** What is said of a unit: why it came, why a person sends it elsewhere than the engine, where it went. */
type Told = { readonly reason: string; readonly choice: string; readonly evidence: string };

const wentThere = (its: Return, disposition: Disposition, item = 'P1-1'): boolean =>
  its.outcome === 'completed' &&
  its.items.some((each) => each.item === item && each.disposition === disposition && each.stage === 'disposed');

/** An item for each disposition: the engine's choice by net recovery or veto where it comes to it, else a person's. */
export const wayScenarios: readonly Scenario[] = [
  way('restock', 'Sealed goods go back to stock', asNew, { evidence: 'A-02-01' }),
  {
    name: 'liquidate',
    title: 'Opened goods are worth most in a lot: bid for, sold, paid and fetched',
    policy: defaultCustomerPolicy,
    run: async (guide, order) => {
      await isReceived(guide, order);
      await guide.inspect('P1-1', opened);
      await soldInALot(guide);
      return await guide.untilClosed();
    },
    holds: (its) => wentThere(its, 'liquidate') && its.items[0]?.recovered.amount === '7.60',
  },
  {
    name: 'return-to-vendor',
    title: 'Defective goods go back to their vendor, who credits them',
    policy: defaultCustomerPolicy,
    run: async (guide, order) => {
      await isReceived(guide, order, { reason: 'defective' });
      await guide.inspect('P1-1', broken);
      await creditedByVendor(guide);
      return await guide.untilClosed();
    },
    holds: (its) => wentThere(its, 'return_to_vendor') && its.items[0]?.recovered.amount === '9.00',
  },
  {
    name: 'donate',
    title: 'A person gives opened goods away, for a receipt',
    policy: defaultCustomerPolicy,
    run: async (guide, order) => {
      await isReceived(guide, order);
      await guide.inspect('P1-1', opened);
      await guide.choose('P1-1', 'donate', 'For the school kitchen');
      await givenAway(guide);
      return await guide.untilClosed();
    },
    holds: (its) => wentThere(its, 'donate') && its.items[0]?.execution?.startsWith('CD-') === true,
  },
  {
    name: 'recycle',
    title: 'A person has broken goods recycled: weighed, certified to the gram, paid for',
    policy: defaultCustomerPolicy,
    run: async (guide, order) => {
      await isReceived(guide, order, { reason: 'defective' });
      await guide.inspect('P1-1', broken);
      await guide.choose('P1-1', 'recycle', 'Only the copper is worth it');
      await recycled(guide);
      return await guide.untilClosed();
    },
    holds: (its) => wentThere(its, 'recycle') && its.items[0]?.recovered.amount === '0.60',
  },
  {
    name: 'destroy',
    title: 'Contaminated goods may only be destroyed, before a witness',
    policy: defaultCustomerPolicy,
    run: async (guide, order, _outside, colleague) => {
      await isReceived(guide, order, { reason: 'defective' });
      await guide.inspect('P1-1', spoilt);
      await destroyed(guide, colleague);
      return await guide.untilClosed();
    },
    holds: (its) => wentThere(its, 'destroy') && its.items[0]?.execution?.startsWith('CD-') === true,
  },
  {
    name: 'return-to-customer',
    title: 'Hygiene goods that came opened are refused, and go back to their buyer',
    policy: defaultCustomerPolicy,
    goods: cream,
    run: async (guide, order) => {
      await isReceived(guide, order, { sku: cream.sku }, units(1, cream.sku));
      await guide.inspect('P1-1', opened);
      await guide.resolve('not_authorized', 'reject', 'The seal was said to be unbroken.');
      await guide.confirm('P1-1', 'TRACK-55');
      return await guide.untilClosed();
    },
    holds: (its) => wentThere(its, 'return_to_customer') && its.settled.amount === '0.00',
  },
  {
    name: 'quarantine',
    title: 'Goods that nobody asked back wait in quarantine until a person says where they go',
    policy: defaultCustomerPolicy,
    run: async (guide, order) => {
      await isReceived(guide, order, {}, [...units(1), ...units(1, 'VASE')]);
      await guide.resolve('wrong_item', 'acknowledge', 'The buyer was told.');
      await guide.inspectAndConfirm('P1-1', asNew, 'A-02-02');
      await guide.inspect('P1-2', opened);
      await guide.choose('P1-2', 'return_to_customer', 'It is the buyer’s own vase.');
      await guide.confirm('P1-2', 'TRACK-56');
      return await guide.untilClosed();
    },
    holds: (its) => wentThere(its, 'restock') && wentThere(its, 'return_to_customer', 'P1-2'),
  },
];

/** A liquidation sells the item: the better of two bids, less what the sale cost. Complaints have a second here. */
async function soldInALot(guide: Guide): Promise<void> {
  const { facility, rma } = await guide.now();
  const request = { facility, items: [{ rma, item: 'P1-1' }], reserve: '7.00', terms: { complaintsWithin: 'PT1S' } };
  const { number } = Created.parse(await guide.post('liquidations', request));
  await guide.untilOf(`liquidations/${number}`, Gathered, ({ items }) => items[0]?.state === 'held');
  guide.say(`dispose     liquidation ${number} has the item, for 7.00 EUR at least`);
  const bid = { currency: 'EUR', validUntil: new Date(Date.now() + 86_400_000).toISOString() };
  await guide.post(`liquidations/${number}/bids`, { ...bid, liquidator: 'JOBBER', amount: '6.00' });
  await guide.post(`liquidations/${number}/bids`, { ...bid, liquidator: 'OUTLET', amount: '8.00' });
  await guide.post(`liquidations/${number}/bids/B2/acceptance`, { invoice: 'INV-12' });
  await guide.post(`liquidations/${number}/payments`, { reference: 'PAY-12', amount: '8.00' });
  await guide.post(`liquidations/${number}/fees`, { kind: 'commission', reference: 'FEE-12', amount: '0.40' });
  await guide.post(`liquidations/${number}/shipment`, { carrier: null, reference: 'BOL-12' });
  const its = await guide.until(({ items }) => items[0]?.stage === 'disposed');
  guide.say(
    `dispose     sold to OUTLET for 8.00 EUR, paid and fetched: ${moneyText(its.items[0]?.recovered)} came of it`,
  );
}

const Created = z.object({ number: z.string() });
const Gathered = z.object({ items: z.array(z.object({ state: z.string() })) });

/** A vendor return takes the item to its end: authorized, shipped, credited in full. */
async function creditedByVendor(guide: Guide): Promise<void> {
  const { facility, rma } = await guide.now();
  const request = { vendor: 'ACME', facility, items: [{ rma, item: 'P1-1' }] };
  const { number } = Created.parse(await guide.post('vendor-returns', request));
  await guide.untilOf(`vendor-returns/${number}`, Gathered, ({ items }) => items[0]?.state === 'held');
  guide.say(`dispose     vendor return ${number} has the item`);
  await guide.post(`vendor-returns/${number}/authorization`, { vendorRma: 'V-77' });
  await guide.post(`vendor-returns/${number}/shipment`, { carrier: 'UPS', tracking: '1Z77' });
  await guide.post(`vendor-returns/${number}/credits`, { memo: 'CM-1', amount: '9.00' });
  const its = await guide.until(({ items }) => items[0]?.stage === 'disposed');
  guide.say(`dispose     authorized, shipped and credited: ${moneyText(its.items[0]?.recovered)} recovered`);
}
