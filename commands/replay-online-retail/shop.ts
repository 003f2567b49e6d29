import { defaultCustomerPolicy } from '../../domain/policy/default-customer.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { SandboxHand } from '../../local/sandbox/hand.ts';
import type { PrismaClient } from '../../prisma/client.ts';
import type { Values } from '../import/mapping.ts';
import type { WholeOrder } from '../import/orders.ts';
import { FACILITY, SOURCE } from './file-shape.ts';

/**
 * Terms under which what the wholesaler credited is credited again, to the penny: goods of 2011 may still come back, no
 * fees, nothing is kept by the customer, and only what the default policy calls a review is left out, since who decides
 * here is the wholesaler's own credit document.
 */
const policy: Policy = {
  ...defaultCustomerPolicy,
  id: SOURCE,
  version: 1,
  zone: 'Europe/London',
  window: { days: 36_500, byCategory: {}, extensions: [] },
  finalSaleCategories: [],
  hygieneCategories: [],
  fees: { ...defaultCustomerPolicy.fees, returnShipping: {} },
  review: { aboveAmount: {}, frequentReturns: { count: 1_000_000, days: 1 } },
  returnlessUpTo: {},
};

/** Stores what the orders need before they come. Safe to repeat. */
export async function prepareShop(db: PrismaClient): Promise<void> {
  await db.facility.createMany({
    data: {
      id: FACILITY,
      name: 'Return centre',
      zone: policy.zone,
      street1: '1 Dock Road',
      city: 'London',
      zip: 'E16 2QU',
      country: 'GB',
      phone: '+44 20 0000 0000',
    },
    skipDuplicates: true,
  });
  const { id, version, program } = policy;
  await db.policy.createMany({
    data: {
      id,
      version,
      program,
      document: JSON.parse(JSON.stringify(policy)),
      // In force for no sale by its date: only the orders of this source are put under it.
      effectiveFrom: new Date('9999-01-01T00:00:00Z'),
    },
    skipDuplicates: true,
  });
}

/** Puts the orders of this source under their terms. */
export async function freezePolicy(db: PrismaClient): Promise<void> {
  const data = { policyId: policy.id, policyVersion: policy.version };
  await db.order.updateMany({ where: { channel: SOURCE, policyId: null }, data });
}

/** Captures the total of each order at the sandbox; an order of nothing has no payment. The same order is paid once. */
export async function payInSandbox(
  sandbox: SandboxHand,
  orders: readonly WholeOrder[],
): Promise<ReadonlyMap<string, Values>> {
  const payments = orders
    .filter(({ total }) => total > 0)
    .map(({ order, total, currency }) => ({ reference: `${SOURCE}:${order}`, amount: total, currency }));
  const made = await sandbox.pay(payments);
  return new Map(
    payments.map(({ reference, amount }, index): [string, Values] => {
      const pence = String(amount).padStart(3, '0');
      const paid = `${pence.slice(0, -2)}.${pence.slice(-2)}`;
      return [reference.slice(SOURCE.length + 1), { payment: made[index] ?? '', paid }];
    }),
  );
}
