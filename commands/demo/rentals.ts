import { z } from 'zod';
import { defaultCustomerPolicy } from '../../domain/policy/default-customer.ts';
import { asNew } from '../../local/as-new.ts';
import { damaged, type Guide, moneyText } from './guide.ts';
import type { Scenario } from './scenario.ts';
import { facility } from './shop.ts';
import { receive } from './steps.ts';

const Money = z.object({ amount: z.string(), currency: z.string() });
const Created = z.object({ number: z.string() });
const Loan = z.object({
  status: z.string(),
  outcome: z.string().nullable(),
  owed: Money,
  charges: z.object({ damages: Money }),
  units: z.array(z.object({ rma: z.string().nullable(), stage: z.string(), gradeBack: z.string().nullable() })),
  attention: z.array(z.object({ attention: z.string(), sentence: z.string() })),
});

const dayFromNow = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** A drill that somebody rents for a month. */
const rental = (order: string) => ({
  borrower: 'demo-builder',
  contact: { name: 'Sample builder', street1: 'Musterweg 9', city: 'Berlin', zip: '10115', phone: '+49 30 000001' },
  ...{ country: 'DE', facility, currency: 'EUR', from: dayFromNow(0), until: dayFromNow(30), deposit: '100.00' },
  units: [
    {
      ...{ sku: 'DRILL', serial: `SN-${order}`, category: 'tools', unitWeightGrams: 2_400 },
      ...{ bookValue: '180.00', replacementPrice: '240.00' },
    },
  ],
});

/** What was lent comes back. */
export const rentalScenarios: readonly Scenario[] = [
  {
    name: 'rental',
    title: 'A rented drill comes back early and damaged: the deposit pays for the difference, the rest goes back',
    policy: defaultCustomerPolicy,
    run: async (guide, order) => {
      const { number } = Created.parse(await guide.post('loans', rental(order)));
      const path = `loans/${number}`;
      const facts = { ...asNew, packaging: 'opened', cosmetic: 'light_wear' };
      await guide.post(`${path}/handover`, { units: [{ unit: 'U1', facts }], deposit: 'CASH-1' });
      guide.say(`lend        ${number}: a drill as grade B for 30 days, for a deposit of 100.00 EUR`);
      await guide.post(`${path}/early-return`, {});
      const started = await guide.untilOf(path, Loan, ({ units }) => units[0]?.rma != null);
      await guide.follow(started.units[0]?.rma ?? '');
      guide.say(`authorize   RMA ${guide.rma}: it comes back early`);
      await receive(guide, 'P1', [{ sku: 'DRILL', quantity: 1, serials: [`SN-${order}`] }]);
      await guide.inspect('P1-1', damaged);
      await settled(guide, path);
      await guide.choose('P1-1', 'recycle', 'not worth mending');
      await guide.confirm('P1-1', 'SCRAP-1');
      return await guide.untilClosed();
    },
    holds: (its) => its.outcome === 'completed' && its.items[0]?.grade === 'C' && its.refunds.length === 0,
  },
];

/** The loan hears what was found, and a person pays back what is left of the deposit. */
async function settled(guide: Guide, path: string): Promise<void> {
  const found = await guide.untilOf(path, Loan, ({ attention }) => attention.length > 0);
  guide.say(`charge      ${moneyText(found.charges.damages)} for the damage; ${found.attention[0]?.sentence}`);
  const entry = found.attention[0]?.attention;
  await guide.post(`${path}/attention/${entry}/resolutions`, { resolution: 'paid', note: 'by transfer' });
  const its = await guide.untilOf(path, Loan, ({ status }) => status === 'closed');
  const left = { ...found.owed, amount: found.owed.amount.replace('-', '') };
  guide.say(`settle      ${moneyText(left)} were the borrower’s; the loan is closed: ${its.outcome}`);
}
