import { z } from 'zod';
import type { WorkDisposition } from '../../domain/goods/work.ts';
import { defaultCustomerPolicy } from '../../domain/policy/default-customer.ts';
import { asNew } from '../../local/as-new.ts';
import { damaged, type Guide, type Return } from './guide.ts';
import type { Scenario } from './scenario.ts';
import { receive, units } from './steps.ts';

const opened = { ...asNew, packaging: 'opened' };
export const broken = { ...opened, function: 'defective' };

const Created = z.object({ number: z.string() });
const Work = z.object({ status: z.string() });

/** A unit that goes to a bench, and what happens to it there. */
type Job = {
  readonly disposition: WorkDisposition;
  readonly title: string;
  readonly facts: object;
  /** Why a person sends it there; absent where the engine does. */
  readonly choice?: string;
  readonly budget?: string;
  readonly atBench: (guide: Guide, path: string, item: object) => Promise<void>;
  /** Where it goes after the work; absent where that was its end. */
  readonly evidence?: string;
  readonly ends: (its: Return) => boolean;
};

const job = ({ disposition, title, facts, choice, budget, atBench, evidence, ends }: Job): Scenario => ({
  name: disposition.replaceAll('_', '-'),
  title,
  policy: defaultCustomerPolicy,
  run: async (guide, order) => {
    await guide.ask(order, 1, 'drop_off', { reason: 'defective' });
    await receive(guide, 'P1', units(1));
    await guide.inspect('P1-1', facts);
    if (choice !== undefined) await guide.choose('P1-1', disposition, choice);
    const { path, item } = await toBench(guide, disposition, budget);
    await atBench(guide, path, item);
    await guide.untilOf(path, Work, ({ status }) => status === 'closed');
    if (evidence !== undefined) {
      const its = await guide.now();
      guide.say(`dispose     it comes back in grade ${its.items[0]?.grade}: ${its.items[0]?.disposition}`);
      await guide.confirm('P1-1', evidence);
    }
    return await guide.untilClosed();
  },
  holds: (its) => its.outcome === 'completed' && its.status.money === 'full' && ends(its),
});

/** A work order takes the item; what it may cost is said unless a rule does. */
export async function toBench(guide: Guide, disposition: WorkDisposition, budget?: string) {
  const { facility, rma } = await guide.now();
  const item = { rma, item: 'P1-1' };
  const workOrder = { disposition, party: 'BENCH-2', facility, items: [item], hourlyRate: '30.00' };
  const { number } = Created.parse(
    await guide.post('refurbishments', budget === undefined ? workOrder : { ...workOrder, budget }),
  );
  const path = `refurbishments/${number}`;
  await guide.untilOf(path, Work, ({ status }) => status === 'in_work');
  guide.say(`dispose     refurbishment ${number} has the item at BENCH-2`);
  return { path, item };
}

const wentTo =
  (disposition: string) =>
  (its: Return): boolean =>
    its.items[0]?.disposition === disposition && its.items[0].stage === 'disposed';

/** A device of somebody else's, which goes back to its owner. */
const repair: Scenario = {
  name: 'repair-and-return',
  title: 'One that broke under its warranty: mended, back to its owner, and covered for a year more',
  policy: defaultCustomerPolicy,
  run: async (guide, order) => {
    const line = { reason: 'defective', serials: ['T-1001'] };
    await guide.ask(order, 1, 'drop_off', line, { program: 'warranty', instrument: 'repair' });
    await receive(guide, 'P1', [{ sku: 'TEAPOT', quantity: 1, serials: ['T-1001'] }]);
    await guide.inspect('P1-1', broken);
    const { path, item } = await toBench(guide, 'repair_and_return');
    await guide.post(`${path}/labour`, { minutes: 6 });
    const unit = { ...item, quantity: 1, serials: ['T-1001'] };
    await guide.post(`${path}/tests`, { ...unit, passed: true, facts: opened });
    await guide.until(({ items }) => items[0]?.disposition === 'return_to_customer');
    guide.say('dispose     six minutes at the bench: it works, and is sent back');
    await guide.confirm('P1-1', 'TRACK-57');
    return await guide.untilClosed();
  },
  holds: (its) =>
    its.outcome === 'completed' &&
    its.status.money === 'none' &&
    wentTo('return_to_customer')(its) &&
    its.timeline.some(({ sentence }) => sentence.includes('repaired, T-1001 covered until')),
};

/** What is done to goods at a bench, and where they go then. */
export const benchScenarios: readonly Scenario[] = [
  repair,
  job({
    disposition: 'refurbish',
    title: 'Damaged goods are worth most refurbished: parts, labour, a test, and sold as refurbished',
    facts: damaged,
    atBench: async (guide, path, item) => {
      await guide.post(`${path}/parts`, { sku: 'LID', quantity: 1, unitCost: '1.20' });
      await guide.post(`${path}/labour`, { minutes: 6 });
      await guide.post(`${path}/tests`, { ...item, quantity: 1, passed: true, facts: opened });
      guide.say('dispose     a lid for 1.20 EUR, six minutes for 3.00 EUR: it passes its test');
    },
    evidence: 'R-01-04',
    ends: wentTo('restock'),
  }),
  job({
    disposition: 'rework',
    title: 'Opened goods are packed and sealed again, and are new stock',
    facts: opened,
    choice: 'Only the carton is torn',
    budget: '2.00',
    atBench: async (guide, path, item) => {
      await guide.post(`${path}/parts`, { sku: 'CARTON', quantity: 1, unitCost: '0.60' });
      await guide.post(`${path}/tests`, { ...item, quantity: 1, passed: true, facts: asNew });
      guide.say('dispose     a new carton for 0.60 EUR');
    },
    evidence: 'A-02-03',
    ends: wentTo('restock'),
  }),
  job({
    disposition: 'harvest_parts',
    title: 'Broken goods are taken apart, and their parts are stock',
    facts: broken,
    choice: 'The lid and the strainer are fine',
    atBench: async (guide, path, item) => {
      const parts = [
        { sku: 'LID', quantity: 1, unitValue: '1.20' },
        { sku: 'STRAINER', quantity: 1, unitValue: '0.80' },
      ];
      await guide.post(`${path}/harvests`, { ...item, parts });
      guide.say('dispose     a lid and a strainer are left of it');
    },
    ends: wentTo('harvest_parts'),
  }),
];
