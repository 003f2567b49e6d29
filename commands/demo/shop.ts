import { defaultCustomerPolicy } from '../../domain/policy/default-customer.ts';
import { defaultPolicies } from '../../domain/policy/defaults.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { SandboxHand } from '../../local/sandbox/hand.ts';
import type { PrismaClient } from '../../prisma/client.ts';

/** The default rules with a receipt timer and pickup windows that one can watch. */
export const quickPolicy: Policy = {
  ...defaultCustomerPolicy,
  id: 'demo-quick',
  receipt: { ...defaultCustomerPolicy.receipt, reminders: ['PT1S'], escalation: 'PT2S', expiry: 'PT4S' },
  returnlessUpTo: {},
};

/** The default rules, on stacks too that were set up before these said that what is kept is priced again. */
export const promotionsPolicy: Policy = { ...defaultCustomerPolicy, id: 'demo-promotions', promotions: 'recompute' };

const firstWithin = (goodsWithin: string): NonNullable<Policy['exchange']> => ({
  ...{ payWithin: 'P7D', shipWithin: 'P3D' },
  firstAgainstHold: { goodsWithin },
});

/** Goods go out first, against a hold on the card; by the second of these the others are to be here almost at once. */
export const holdPolicy: Policy = { ...defaultCustomerPolicy, id: 'demo-hold', exchange: firstWithin('P6D') };
export const impatientPolicy: Policy = { ...holdPolicy, id: 'demo-impatient', exchange: firstWithin('PT8S') };

/** Paid at once, the goods to be here almost at once, and what is owed charged to the card. */
export const chargingPolicy: Policy = {
  ...quickPolicy,
  id: 'demo-charging',
  refund: { ...quickPolicy.refund, timing: 'authorization', chargesConsented: true },
};

const warranty = defaultPolicies.find(({ program }) => program === 'warranty') ?? defaultCustomerPolicy;

/** A warranty that is over when its goods have been delivered; then they are mended for what their owner agrees to pay. */
export const overPolicy: Policy = {
  ...warranty,
  id: 'demo-warranty-over',
  warranty: {
    ...{ months: 0, byCategory: {}, replacementMonths: 6 },
    paidRepair: { quoteValidFor: 'P14D', reminders: ['P7D'], diagnosisFee: { EUR: 500 }, coverMonths: 6 },
  },
};

const ownPolicies = [overPolicy, chargingPolicy, quickPolicy, promotionsPolicy, holdPolicy, impatientPolicy];

export const facility = 'demo-return-centre';
const dayMs = 86_400_000;

/** Stores the facility and the policies that the demo's orders need. Safe to repeat. */
export async function prepareShop(db: PrismaClient): Promise<void> {
  await db.facility.createMany({
    data: {
      id: facility,
      name: 'Demo return centre',
      zone: 'Europe/Berlin',
      street1: 'Hafenstr. 1',
      city: 'Hamburg',
      zip: '20457',
      country: 'DE',
      phone: '+49 40 000000',
    },
    skipDuplicates: true,
  });
  await db.policy.createMany({
    data: [...defaultPolicies, ...ownPolicies].map((policy) => ({
      id: policy.id,
      version: policy.version,
      program: policy.program,
      document: JSON.parse(JSON.stringify(policy)),
      // Only orders that name a policy of the demo's own are made under it.
      effectiveFrom: new Date(defaultPolicies.includes(policy) ? '2000-01-02' : '2000-01-01'),
    })),
    skipDuplicates: true,
  });
}

/** What a demo's order is of; amounts are minor units of the euro for all of its units. */
export type Goods = {
  readonly sku: string;
  readonly title: string;
  readonly category: string;
  readonly quantity: number;
  readonly price: number;
  readonly discount: number;
  readonly tax: number;
  readonly unitCost: number;
  readonly unitWeightGrams: number;
  /** What promotions took off it, as an import says. */
  readonly promotions?: { readonly promotion: string; readonly off: number; readonly terms: object }[];
};

/** Two teapots at 24.50 EUR with tax, three euros off. */
export const teapots: Goods = {
  sku: 'TEAPOT',
  title: 'Teapot',
  category: 'kitchen',
  quantity: 2,
  price: 4_418,
  discount: 300,
  tax: 782,
  unitCost: 900,
  unitWeightGrams: 1_200,
};

/** An order that was paid and, unless told, delivered yesterday. */
export async function sell(
  db: PrismaClient,
  sandbox: SandboxHand,
  order: string,
  policy: Policy,
  goods: Goods = teapots,
  /** Nothing has left yet. */
  isUnsent = false,
): Promise<void> {
  const paid = goods.price - goods.discount + goods.tax;
  const [payment] = await sandbox.pay([{ reference: order, amount: paid, currency: 'EUR' }]);
  const delivered = new Date(Date.now() - dayMs);
  const sentAndDelivered = { shippedAt: delivered, deliveredAt: delivered };
  await db.contact.create({
    data: {
      id: `contact:${order}`,
      name: 'Sample buyer',
      street1: 'Musterweg 5',
      city: 'Berlin',
      zip: '10115',
      country: 'DE',
      phone: '+49 30 000000',
    },
  });
  await db.order.create({
    data: {
      id: order,
      channel: 'web',
      currency: 'EUR',
      country: 'DE',
      contactId: `contact:${order}`,
      placedAt: new Date(Date.now() - 3 * dayMs),
      policyId: policy.id,
      policyVersion: policy.version,
      lines: {
        create: {
          id: `${order}/1`,
          number: 1,
          ...goods,
          ...(isUnsent
            ? {}
            : { fulfilments: { create: { id: `${order}/1`, quantity: goods.quantity, ...sentAndDelivered } } }),
        },
      },
      payments: { create: { id: order, providerPaymentId: payment ?? '', captured: paid } },
    },
  });
}
