import { defaultDeliveryTerms } from '../delivery/terms.ts';
import { defaultCustomerPolicy } from './default-customer.ts';
import type { AmountByCurrency, Policy } from './policy.ts';

const { withoutReceipt: _shoppersOnly, ...ofShoppers } = defaultCustomerPolicy;

/** What most programs have in common that no shopper asks for: nothing final, nothing kept, nobody reviewed for asking often. */
const common: Omit<Policy, 'id' | 'program'> = {
  ...ofShoppers,
  version: 1,
  window: { days: 365, byCategory: {}, extensions: [] },
  finalSaleCategories: [],
  fees: { restockingBasisPoints: 0, returnShipping: {}, waivedFor: ['us', 'vendor', 'carrier'] },
  review: { aboveAmount: {}, frequentReturns: { count: 10_000, days: 90 } },
  returnlessUpTo: {},
};

/** So much of each currency's customary unit, in minor units. */
const of = (units: number): AmountByCurrency => ({
  EUR: units * 100,
  USD: units * 100,
  GBP: units * 90,
  JPY: units * 160,
  KWD: units * 300,
});

const nothingOff = { A: 0, B: 0, C: 0, D: 0 };

/** Between companies: terms of sale rather than law, a restocking fee, pallets that take their time. */
const business: Policy = {
  ...common,
  id: 'business-default',
  program: 'business',
  window: { days: 60, byCategory: {}, extensions: [] },
  finalSaleCategories: ['clearance', 'made_to_order'],
  methods: ['pickup', 'drop_off', 'freight'],
  fees: { ...common.fees, restockingBasisPoints: 1500 },
  review: { ...common.review, aboveAmount: of(5000) },
  receipt: { reminders: ['P14D', 'P28D'], escalation: 'P30D', expiry: 'P45D', lostAfter: 'P14D' },
  inspectionWithin: 'P5D',
  dispositionWithin: 'P14D',
  refund: { timing: 'inspection', instruments: ['credit_memo', 'store_credit', 'original'], pendingCheck: 'PT24H' },
};

/** Stores and dealers send back what didn't sell, as their agreement says: by pickup, for credit, once it was counted and looked at. */
const unsold: Policy = {
  ...common,
  id: 'unsold-default',
  program: 'unsold',
  methods: ['pickup', 'drop_off', 'freight'],
  diminishedValueBasisPoints: { A: 0, B: 2500, C: 6000, D: 10_000 },
  receipt: { reminders: ['P14D'], escalation: 'P21D', expiry: 'P30D', lostAfter: 'P14D' },
  inspectionWithin: 'P7D',
  dispositionWithin: 'P14D',
  refund: { timing: 'inspection', instruments: ['credit_memo', 'store_credit'], pendingCheck: 'PT24H' },
};

/** A carrier brings back what it couldn't deliver: nobody had it, so it costs the buyer nothing and is paid as it arrives. */
const undeliverable: Policy = {
  ...common,
  id: 'undeliverable-default',
  program: 'undeliverable',
  methods: ['drop_off'],
  diminishedValueBasisPoints: nothingOff,
  receipt: { reminders: ['P14D'], escalation: 'P21D', expiry: 'P60D', lostAfter: 'P21D' },
  refund: {
    timing: 'receipt',
    instruments: ['original', 'store_credit'],
    pendingCheck: 'PT24H',
    outboundShippingFor: ['us', 'vendor', 'carrier'],
  },
  delivery: defaultDeliveryTerms,
};

/**
 * Two years for what isn't as sold (Directive (EU) 2019/771, Art. 10), free of charge (Art. 14): mended or the same again, as the
 * buyer asks (Art. 13(2)), or the money where that can't be had (Art. 13(4)). What replaces other goods has half a year at least,
 * and what was repaired a year more. What it doesn't cover is mended for a price that its owner agrees to.
 */
const warranty: Policy = {
  ...common,
  id: 'warranty-default',
  program: 'warranty',
  window: { days: 731, byCategory: {}, extensions: [] },
  warranty: {
    months: 24,
    byCategory: {},
    replacementMonths: 6,
    repairMonths: 12,
    repairBasisPoints: 5000,
    paidRepair: { quoteValidFor: 'P14D', reminders: ['P7D'], diagnosisFee: of(25), coverMonths: 6 },
  },
  hygieneCategories: [],
  fees: { ...common.fees, waivedFor: ['buyer', 'us', 'vendor', 'carrier'] },
  diminishedValueBasisPoints: nothingOff,
  inspectionWithin: 'P5D',
  dispositionWithin: 'P30D',
  refund: {
    ...common.refund,
    timing: 'inspection',
    instruments: ['repair', 'replacement', 'original', 'store_credit'],
  },
};

/** Old equipment is taken in to be recycled (Directive 2012/19/EU): whenever it comes, in whatever state, for no money. */
const endOfLife: Policy = {
  ...common,
  id: 'end-of-life-default',
  program: 'end_of_life',
  window: { days: 3650, byCategory: {}, extensions: [] },
  hygieneCategories: [],
  methods: ['pickup', 'drop_off'],
  diminishedValueBasisPoints: { A: 10_000, B: 10_000, C: 10_000, D: 10_000 },
  receipt: { reminders: ['P14D'], escalation: 'P30D', expiry: 'P60D', lostAfter: 'P14D' },
  inspectionWithin: 'P7D',
  dispositionWithin: 'P30D',
};

/** Credit by grade for used goods: what the offer says, once they were looked at. */
const tradeIn: Policy = {
  ...common,
  id: 'trade-in-default',
  program: 'trade_in',
  window: { days: 3650, byCategory: {}, extensions: [] },
  methods: ['drop_off'],
  diminishedValueBasisPoints: { A: 0, B: 1500, C: 5000, D: 9000 },
  review: { ...common.review, aboveAmount: of(1000) },
  refund: { timing: 'inspection', instruments: ['store_credit'], pendingCheck: 'PT24H' },
};

/** Own equipment from a store, a job site or an employee: nothing is owed to anybody, and it is worth a look before it goes on. */
const assetRecovery: Policy = {
  ...common,
  id: 'asset-recovery-default',
  program: 'asset_recovery',
  window: { days: 3650, byCategory: {}, extensions: [] },
  hygieneCategories: [],
  methods: ['pickup', 'drop_off'],
  diminishedValueBasisPoints: { A: 10_000, B: 10_000, C: 10_000, D: 10_000 },
  receipt: { reminders: ['P7D', 'P14D'], escalation: 'P15D', expiry: 'P45D', lostAfter: 'P14D' },
  inspectionWithin: 'P5D',
  dispositionWithin: 'P30D',
  disposition: {
    ...common.disposition,
    // Used again it is worth to us what it stands in the books for, or nearly that.
    recoveryBasisPoints: {
      ...common.disposition.recoveryBasisPoints,
      restock: { A: 10_000, B: 9000, C: 0, D: 0 },
    },
  },
};

/**
 * What consignees have of recalled goods comes back when they say so, at our cost, and is nobody's to sell: it waits for whoever takes
 * it back or destroys it. What it was sold for is settled where it was sold.
 */
const recall: Policy = {
  ...common,
  id: 'recall-default',
  program: 'recall',
  window: { days: 3650, byCategory: {}, extensions: [] },
  hygieneCategories: [],
  methods: ['drop_off', 'pickup', 'freight'],
  fees: { ...common.fees, waivedFor: ['buyer', 'us', 'vendor', 'carrier'] },
  diminishedValueBasisPoints: { A: 10_000, B: 10_000, C: 10_000, D: 10_000 },
  receipt: { reminders: ['P7D', 'P14D'], escalation: 'P21D', expiry: 'P60D', lostAfter: 'P14D' },
  inspectionWithin: 'P7D',
  dispositionWithin: 'P30D',
};

/**
 * What somebody had on loan comes back: it is ours, so nobody is paid here; what its borrower owes for its condition is the loan's.
 * How late it may be is the loan's too, so that the receipt timer is a long one.
 */
const rental: Policy = {
  ...assetRecovery,
  id: 'rental-default',
  program: 'rental',
  methods: ['drop_off', 'pickup', 'freight'],
  fees: { ...common.fees, waivedFor: ['buyer', 'us', 'vendor', 'carrier'] },
  receipt: { reminders: [], escalation: 'P60D', expiry: 'P365D', lostAfter: 'P14D' },
};

/** One for each program: what a fresh installation starts with. */
export const defaultPolicies: readonly Policy[] = [
  defaultCustomerPolicy,
  business,
  unsold,
  undeliverable,
  warranty,
  endOfLife,
  tradeIn,
  assetRecovery,
  recall,
  rental,
];
