import type { QuestionSet } from '../goods/inspection.ts';
import type { Policy } from './policy.ts';

/** What is asked of goods whose use is a function. */
const powered: QuestionSet = {
  categories: ['electronics', 'appliances', 'tools'],
  questions: [
    {
      question: 'packaging',
      text: 'How is the packaging?',
      answers: [
        { answer: 'sealed', text: 'The seal is unbroken', facts: { packaging: 'sealed' } },
        { answer: 'opened', text: 'It was opened', facts: { packaging: 'opened' } },
        { answer: 'missing', text: 'There is none', facts: { packaging: 'missing' } },
      ],
    },
    {
      question: 'powers_on',
      text: 'Does it switch on and do what it is for?',
      answers: [
        { answer: 'yes', text: 'Yes', facts: { function: 'works' } },
        { answer: 'no', text: 'No', facts: { function: 'defective' } },
        { answer: 'not_tried', text: 'Not tried', facts: { function: 'untested' } },
      ],
    },
    {
      question: 'marks',
      text: 'Are there marks?',
      answers: [
        { answer: 'none', text: 'None', facts: { cosmetic: 'pristine' } },
        { answer: 'light', text: 'Light scratches', facts: { cosmetic: 'light_wear' } },
        { answer: 'dents', text: 'Dents or cracks', facts: { cosmetic: 'damaged' } },
      ],
    },
    {
      question: 'complete',
      text: 'Are all parts and cables there?',
      answers: [
        { answer: 'yes', text: 'Yes', facts: { completeness: 'complete' } },
        { answer: 'no', text: 'Something is missing', facts: { completeness: 'incomplete' } },
      ],
    },
  ],
  assumes: { expiry: 'not_applicable', contamination: 'none' },
};

/**
 * The rules that a fresh installation starts with: 30 days, a fee for the way back, inspection before money. Amounts are
 * minor units; figures of recovery and handling are starting points to be replaced by a merchant's own.
 */
export const defaultCustomerPolicy: Policy = {
  id: 'customer-default',
  version: 1,
  program: 'customer',
  zone: 'UTC',
  window: { days: 30, byCategory: { electronics: 14 }, extensions: [] },
  finalSaleCategories: ['clearance', 'gift_cards'],
  hygieneCategories: ['cosmetics', 'underwear'],
  withdrawalExceptions: {
    personalised: 'made_to_order',
    food: 'perishable',
    flowers: 'perishable',
    software: 'sealed_media',
    magazines: 'press',
  },
  methods: ['drop_off', 'pickup', 'counter'],
  fees: {
    restockingBasisPoints: 0,
    returnShipping: { EUR: 495, USD: 595, GBP: 395, JPY: 600, KWD: 1500 },
    waivedFor: ['us', 'vendor', 'carrier'],
  },
  diminishedValueBasisPoints: { A: 0, B: 1000, C: 4000, D: 8000 },
  review: {
    aboveAmount: { EUR: 50_000, USD: 50_000, GBP: 50_000, JPY: 80_000, KWD: 150_000 },
    frequentReturns: { count: 5, days: 90 },
  },
  returnlessUpTo: { EUR: 500, USD: 500, GBP: 400, JPY: 700, KWD: 1500 },
  receipt: { reminders: ['P7D', 'P12D'], escalation: 'P14D', expiry: 'P21D', lostAfter: 'P10D', claimWithin: 'P30D' },
  pickup: { leadTime: 'P1D', windowLength: 'PT4H', rebookings: 2, silence: 'PT12H' },
  inspectionWithin: 'PT48H',
  inspection: {
    questionSets: [powered],
    twoPeopleAbove: { EUR: 100_000, USD: 100_000, GBP: 90_000, JPY: 150_000, KWD: 300_000 },
  },
  dispositionWithin: 'P7D',
  withoutReceipt: { lowestPriceDays: 90 },
  refund: {
    timing: 'inspection',
    instruments: ['original', 'store_credit', 'exchange', 'replacement'],
    pendingCheck: 'PT24H',
    adjustAfterSettlement: 'person',
    fallback: 'store_credit',
    clawsBackCredit: true,
    chargesConsented: true,
    dunning: { reminders: ['P7D', 'P14D'], person: 'P21D' },
  },
  exchange: { payWithin: 'P7D', shipWithin: 'P3D', firstAgainstHold: { goodsWithin: 'P6D' } },
  promotions: 'recompute',
  kits: 'by_component',
  disposition: {
    recoveryBasisPoints: {
      restock: { A: 10_000, B: 0, C: 0, D: 0 },
      refurbish: { A: 8000, B: 7500, C: 6000, D: 3500 },
      return_to_vendor: { A: 6000, B: 4000, C: 2500, D: 2500 },
      liquidate: { A: 4500, B: 4000, C: 2000, D: 500 },
      donate: { A: 500, B: 500, C: 200, D: 0 },
      recycle: { A: 100, B: 100, C: 100, D: 100 },
      destroy: { A: 0, B: 0, C: 0, D: 0 },
    },
    handling: {
      restock: { EUR: 150, USD: 150, GBP: 130, JPY: 220, KWD: 500 },
      refurbish: { EUR: 900, USD: 900, GBP: 800, JPY: 1400, KWD: 3000 },
      return_to_vendor: { EUR: 350, USD: 350, GBP: 300, JPY: 550, KWD: 1200 },
      liquidate: { EUR: 100, USD: 100, GBP: 90, JPY: 150, KWD: 350 },
      donate: { EUR: 80, USD: 80, GBP: 70, JPY: 120, KWD: 250 },
      recycle: { EUR: 60, USD: 60, GBP: 50, JPY: 90, KWD: 200 },
      destroy: { EUR: 120, USD: 120, GBP: 100, JPY: 180, KWD: 400 },
    },
    decayBasisPointsPerDay: 20,
    refurbishments: 2,
    days: { restock: 2, refurbish: 14, return_to_vendor: 30, liquidate: 21, donate: 10, recycle: 10, destroy: 10 },
  },
};
