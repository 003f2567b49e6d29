import { broken, toBench } from './bench.ts';
import type { Guide, Return } from './guide.ts';
import type { Scenario } from './scenario.ts';
import { overPolicy } from './shop.ts';
import { receive } from './steps.ts';

const serial = 'T-1001';
const unit = { sku: 'TEAPOT', quantity: 1, serials: [serial] };
const line = { reason: 'defective', serials: [serial] };
const quote = { parts: euros('4.00'), labour: euros('9.00'), fee: euros('0.00') };

/** Its warranty is over, and its owner, who agreed to be charged, wants it mended: there is a quote. */
async function quoted(guide: Guide, order: string): Promise<void> {
  const consent = { reference: 'TERMS-2026-1', at: new Date().toISOString() };
  await guide.ask(order, 1, 'drop_off', line, { program: 'warranty', instrument: 'repair', consent });
  await receive(guide, 'P1', [unit]);
  await guide.inspect('P1-1', broken);
  await guide.until(({ attention }) => attention.some(({ reason }) => reason === 'repair_quote_due'));
  await guide.send('items/P1-1/repair-quotes', { because: 'out_of_warranty', ...quote });
  guide.say('inspect     mending it costs 13.00 EUR and tax; its owner is asked');
}

async function agreed(guide: Guide, order: string): Promise<{ path: string; item: object }> {
  await quoted(guide, order);
  const { items } = await guide.until((its) => its.items[0]?.repairQuote?.total !== undefined);
  await guide.send('items/P1-1/repair-quote-answers', { answer: 'accept', total: items[0]?.repairQuote?.total });
  await guide.until(({ items }) => items[0]?.disposition === 'repair_and_return');
  guide.say('settle      its owner agreed, and the card was charged');
  return await toBench(guide, 'repair_and_return');
}

async function sentBack(guide: Guide): Promise<Return> {
  await guide.until(({ items }) => items[0]?.disposition === 'return_to_customer');
  await guide.confirm('P1-1', 'TRACK-58');
  return await guide.untilClosed();
}

const says = (its: Return, words: string): boolean => its.timeline.some(({ sentence }) => sentence.includes(words));
const isCharged = (its: Return): boolean => its.outcome === 'completed' && its.clawbacks[0]?.charge === 'succeeded';

/** Goods that their owner pays to have mended, as no warranty stands for them. */
export const paidRepairScenarios: readonly Scenario[] = [
  {
    name: 'paid-repair',
    title: 'One whose warranty is over: quoted for, charged to the card, mended, and covered for that repair',
    policy: overPolicy,
    run: async (guide, order) => {
      const { path, item } = await agreed(guide, order);
      await guide.post(`${path}/labour`, { minutes: 18 });
      const facts = { ...broken, function: 'works' };
      await guide.post(`${path}/tests`, { ...item, quantity: 1, serials: [serial], passed: true, facts });
      return await sentBack(guide);
    },
    holds: (its) => isCharged(its) && says(its, `repaired, ${serial} covered until`),
  },
  {
    name: 'paid-repair-in-vain',
    title: 'One that was paid for and can’t be mended after all: back to its owner, and so is the money',
    policy: overPolicy,
    run: async (guide, order) => {
      const { path, item } = await agreed(guide, order);
      await guide.post(`${path}/abandonments`, { ...item, quantity: 1, serials: [serial], outcome: 'beyond_repair' });
      await guide.until(({ timeline }) => timeline.some(({ sentence }) => sentence.includes('Its owner got')));
      guide.say('settle      it is beyond repair: what was charged is back on the card');
      return await sentBack(guide);
    },
    holds: (its) => isCharged(its) && says(its, 'is back with its owner as it came'),
  },
  {
    name: 'paid-repair-declined',
    title: 'One whose owner says no to the quote: back as it came, and charged for having it looked at',
    policy: overPolicy,
    run: async (guide, order) => {
      await quoted(guide, order);
      await guide.send('items/P1-1/repair-quote-answers', { answer: 'return_to_customer' });
      return await sentBack(guide);
    },
    holds: (its) => isCharged(its) && says(its, 'is not mended (declined)'),
  },
];

function euros(amount: string) {
  return { amount, currency: 'EUR' };
}
