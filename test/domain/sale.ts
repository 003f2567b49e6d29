import fc from 'fast-check';
import { type ConditionFacts, conditions } from '../../domain/goods/grading.ts';
import { defaultCustomerPolicy } from '../../domain/policy/default-customer.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { OrderFacts, OrderLineFacts, PaymentFacts } from '../../domain/sale/order.ts';

/** Three units of an ordinary thing, delivered on 1 March, all of them held by the return. */
export const aSoldLine = (changes: Partial<OrderLineFacts> = {}): OrderLineFacts => ({
  orderLine: 'OL1',
  sku: 'MUG-1',
  category: 'kitchen',
  quantity: 3,
  fulfilled: 3,
  deliveredAt: '2026-03-01T09:00:00.000Z',
  price: 3000,
  discount: 300,
  tax: 513,
  finalSale: false,
  hygiene: false,
  hazardous: false,
  recalled: false,
  lotControlled: false,
  lots: [],
  serials: [],
  unitCost: 400,
  unitWeightGrams: 350,
  returnable: 3,
  held: [[0, 3]],
  ...changes,
});

export const anOrder = (changes: Partial<OrderFacts> = {}): OrderFacts => ({
  order: 'O-1',
  currency: 'EUR',
  channel: 'web',
  country: 'DE',
  buyer: 'B-1',
  buyerBlocked: false,
  recentReturns: 0,
  lines: [aSoldLine()],
  payments: [],
  ...changes,
});

export const aPayment = (changes: Partial<PaymentFacts> = {}): PaymentFacts => ({
  payment: 'P-1',
  provider: 'stripe',
  providerPaymentId: 'pi_1',
  captured: 3213,
  refunded: 0,
  disputed: false,
  ...changes,
});

/** The default policy without fees, but for what a test says. */
export const aPolicy = (changes: Partial<Policy> = {}): Policy => ({
  ...defaultCustomerPolicy,
  fees: { restockingBasisPoints: 0, returnShipping: {}, waivedFor: ['us', 'vendor', 'carrier'] },
  ...changes,
});

export const asNew: ConditionFacts = {
  packaging: 'sealed',
  cosmetic: 'pristine',
  function: 'works',
  completeness: 'complete',
  expiry: 'not_applicable',
  contamination: 'none',
};

/** Whatever an inspector may see. */
export const anyFacts: fc.Arbitrary<ConditionFacts> = fc.record({
  packaging: fc.constantFrom(...conditions.packaging),
  cosmetic: fc.constantFrom(...conditions.cosmetic),
  function: fc.constantFrom(...conditions.function),
  completeness: fc.constantFrom(...conditions.completeness),
  expiry: fc.constantFrom(...conditions.expiry),
  contamination: fc.constantFrom(...conditions.contamination),
});
