import fc from 'fast-check';
import { floorUnder } from '../../domain/policy/law.ts';
import type { PolicyRule } from '../../domain/policy/policy.ts';
import type { RejectionTerms } from '../../domain/policy/rejection.ts';
import { reasonCodes } from '../../domain/reasons.ts';
import type { ReturnCommand } from '../../domain/return/commands.ts';
import type { BasketLine } from '../../domain/sale/basket.ts';
import type { PromotionTerms } from '../../domain/sale/promotion.ts';
import { anyFacts } from '../domain/sale.ts';
import { forPayment, paidRepairs } from './storm-paid-repair.ts';
import { aRequest, type Wish } from './world.ts';

const placedAt = '2026-02-25T00:00:00.000Z';

const aSale = fc
  .record({
    quantity: fc.integer({ min: 1, max: 4 }),
    more: fc.integer({ min: 0, max: 2 }),
    held: fc.integer({ min: 0, max: 9 }),
    sku: fc.constantFrom('MUG', 'CUP'),
    category: fc.constantFrom('kitchen', 'toys'),
    price: fc.constantFrom(0, 1, 999, 3000, 100_001),
    discount: fc.constantFrom(0, 0.1, 1),
    tax: fc.constantFrom(0, 7, 513),
    reason: fc.oneof(
      { arbitrary: fc.constant('changed_mind' as const), weight: 5 },
      { arbitrary: fc.constantFrom(...reasonCodes), weight: 3 },
    ),
    delivered: fc.integer({ min: 0, max: 8 }),
    flags: fc.constantFrom(
      {},
      {},
      {},
      {},
      { hygiene: true },
      { hazardous: true },
      { recalled: true },
      { lotControlled: true },
      { dataBearing: true },
      { dataBearing: true, recalled: true },
    ),
    tracked: fc.boolean(),
    lots: fc.constantFrom({}, {}, { lots: ['LOT-A'] }, { lots: ['LOT-B', 'LOT-X'] }),
  })
  .map(({ quantity, more, held, sku, category, price, discount, tax, reason, delivered, flags, tracked, lots }) => ({
    quantity,
    reason,
    ...lots,
    sold: {
      sku,
      category,
      quantity: quantity + more,
      fulfilled: quantity + more,
      price,
      discount: Math.floor(price * discount),
      tax,
      deliveredAt: delivered === 0 ? null : '2026-03-01T09:00:00.000Z',
      // Mostly all that was asked for; now and then other returns hold some of it.
      held: held === 0 ? [] : ([[0, held === 1 ? Math.max(1, quantity - 1) : quantity]] as const),
      ...flags,
      lots: ['LOT-A'],
      serials: tracked ? ['S-1', 'S-2', 'S-3'] : [],
      unitCost: 400,
    },
  }));

/** Rules that match some goods or all of a sale, and set what a later step looks at. */
const someRule = fc.record({
  when: fc.constantFrom<PolicyRule['when']>(
    { categories: ['kitchen'] },
    { categories: ['toys'] },
    { channels: ['web'] },
  ),
  set: fc.constantFrom<PolicyRule['set']>(
    { refund: { timing: 'receipt' } },
    { refund: { timing: 'inspection' }, inspectionWithin: 'P9D' },
    { window: { days: 1 } },
    { finalSale: true },
    { hygiene: true },
    { fees: { returnShipping: { EUR: 100 }, restockingBasisPoints: 500, waivedForReasons: ['wrong_size'] } },
    { returnlessUpTo: { EUR: 4000 } },
    { inspection: { twoPeopleAbove: { EUR: 500 } } },
    { diminishedValueBasisPoints: { A: 0, B: 5000, C: 10_000, D: 10_000 } },
  ),
});

const collected = { A: 50, B: 50, C: 50, D: 50 };
const offered = { A: 1000, B: 601, C: 333, D: 0 };

/** What stands where a sale stands, with the program that takes it back. */
const kinds = {
  sale: { program: 'customer', order: {} },
  agreement: {
    program: 'unsold',
    order: { kind: 'agreement', validFrom: '2026-01-01T00:00:00.000Z', validUntil: '2027-01-01T00:00:00.000Z' },
  },
  assets: { program: 'asset_recovery', order: { kind: 'assets' } },
  take_back: { program: 'end_of_life', order: { kind: 'take_back' } },
  recall: { program: 'recall', order: { kind: 'recall' } },
  loan: { program: 'rental', order: { kind: 'loan' } },
  without_receipt: { program: 'customer', order: { kind: 'without_receipt' } },
  warranty: { program: 'warranty', order: {} },
  undelivered: { program: 'undeliverable', order: {} },
  offer: { program: 'trade_in', order: { kind: 'offer', validUntil: '2027-01-01T00:00:00.000Z' } },
} as const;

type Request = Extract<ReturnCommand, { type: 'request' }>;

const outbound = { carrier: 'UPS', tracking: 'EZ1', at: '2026-03-09T09:00:00.000Z' };
const offers = ['original', 'store_credit', 'exchange', 'replacement', 'repair'] as const;

const aPromotion: fc.Arbitrary<PromotionTerms> = fc.oneof(
  fc.record({ kind: fc.constant('threshold' as const), from: fc.constantFrom(0, 3000, 20_000), amount: fc.nat(5000) }),
  fc.constantFrom(
    { kind: 'multi_buy' as const, buy: 2, pay: 1 },
    { kind: 'gift' as const, gift: 'MUG-1', for: 1, skus: ['OTHER'] },
  ),
);

/** A sale whose discounts a promotion gave, with goods that only other returns bring back. */
function promoted(asked: Request, terms: PromotionTerms): Request {
  const settled = { quantity: 0, price: 0, discount: 0 };
  const lines: BasketLine[] = asked.facts.order.lines.map(
    ({ orderLine, sku, category, quantity, price, discount }) => ({
      ...{ orderLine, sku, category, quantity, price, settled },
      discount: Math.min(price, discount),
      promoted: Math.min(price, discount),
    }),
  );
  const other = { orderLine: otherLine, sku: 'OTHER', category: 'general', quantity: 2, price: 3000, discount: 900 };
  lines.push({ ...other, promoted: 600, settled });
  const saved = lines.reduce((sum, line) => sum + line.promoted, 0);
  const basket = { promotions: [{ promotion: 'PROMO', terms, saved }], lines, others: 0 };
  return { ...asked, facts: { ...asked.facts, order: { ...asked.facts.order, basket } } };
}

/** A sale of one kit, or of so many that units are left over; its components are the lines. */
function ofKits(asked: Request, spare: number): Request {
  const { lines } = asked.facts.order;
  const quantityOf = (id: string) => asked.request.lines.find(({ orderLine }) => orderLine === id)?.quantity ?? 1;
  const components = lines.map(({ orderLine }) => {
    const units = Math.max(1, quantityOf(orderLine));
    return { orderLine, units, returnable: units + spare };
  });
  const kit = { kit: 'O-1-1', sku: 'KIT', components };
  const order = { ...asked.facts.order, lines: lines.map((line) => ({ ...line, kit })) };
  return { ...asked, facts: { ...asked.facts, order } };
}

const warrantyTerms = { months: 24, byCategory: { toys: 0 }, replacementMonths: 6, repairMonths: 12 };

/** The line of a promoted sale that the return itself doesn't ask for. */
export const otherLine = 'OTHER-1';

const anyWish: fc.Arbitrary<Request> = fc
  .record({
    lines: fc.array(aSale, { minLength: 1, maxLength: 3 }),
    payments: fc.array(
      fc.record({
        captured: fc.constantFrom(0, 500, 3000, 500_000),
        refunded: fc.constantFrom(0, 0, 200),
        disputed: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    fee: fc.constantFrom(0, 495, 5000),
    restocking: fc.constantFrom(0, 1500),
    reviewAbove: fc.constantFrom(2000, 50_000_000, 50_000_000, 50_000_000),
    returnlessUpTo: fc.constantFrom(-1, -1, -1, 1000),
    timing: fc.oneof(
      { arbitrary: fc.constantFrom('inspection' as const, 'receipt' as const), weight: 2 },
      { arbitrary: fc.constantFrom('authorization' as const, 'first_scan' as const), weight: 1 },
    ),
    after: fc.constantFrom(
      {},
      { adjustAfterSettlement: 'claim' as const },
      { adjustAfterSettlement: 'person' as const },
    ),
    charges: fc.constantFrom({}, ...Array.from({ length: 3 }, () => ({ chargesConsented: true as const }))),
    claws: fc.constantFrom({}, { clawsBackCredit: true as const }),
    dunning: fc.constantFrom({}, { dunning: { reminders: ['P7D', 'P14D'], person: 'P21D' } }),
    method: fc.constantFrom(
      'drop_off' as const,
      'drop_off' as const,
      'pickup' as const,
      'counter' as const,
      'freight' as const,
      'along' as const,
    ),
    /** How many lines' goods are looked at over the counter. */
    brought: fc.constantFrom(0, 1, 3),
    seen: anyFacts,
    instrument: fc.constantFrom(
      'original' as const,
      'original' as const,
      'store_credit' as const,
      'credit_memo' as const,
      'exchange' as const,
      'exchange' as const,
      'replacement' as const,
      'repair' as const,
    ),
    wanted: fc.array(
      fc.record({
        sku: fc.constantFrom('MUG', 'BOWL'),
        quantity: fc.integer({ min: 1, max: 3 }),
        price: fc.constantFrom(1, 900, 3000, 120_000),
      }),
      { minLength: 1, maxLength: 2 },
    ),
    rejected: fc.constantFrom<{ rejected?: RejectionTerms }>(
      {},
      { rejected: { chooseWithin: 'P14D', otherwise: 'dispose', returnFee: { EUR: 400 } } },
      { rejected: { chooseWithin: 'P5D', otherwise: 'return_to_customer', partialRefundBasisPoints: 3333 } },
    ),
    against: fc.constantFrom({}, { firstAgainstHold: { goodsWithin: 'P6D' } }),
    consent: fc.constantFrom(
      {},
      ...Array.from({ length: 3 }, () => ({ consent: { reference: 'AGREED-1', at: placedAt } })),
    ),
    claims: fc.constantFrom('replacement' as const, 'repair' as const),
    paidRepair: fc.constantFrom(...paidRepairs),
    accepts: fc.constantFrom({}, { acceptsStoreCredit: true as const }),
    gift: fc.constantFrom({}, {}, {}, { gift: true as const }),
    /** Goods come back because they aren't as they should be. */
    faulty: fc.boolean(),
    rules: fc.array(someRule, { maxLength: 2 }),
    byLaw: fc.boolean(),
    shippingCharged: fc.constantFrom(0, 490),
    unitsSent: fc.integer({ min: 1, max: 6 }),
    promotion: fc.option(aPromotion, { freq: 4 }),
    kits: fc.constantFrom(null, null, null, null, null, null, null, 0, 0, 1),
    kind: fc.constantFrom(
      'sale' as const,
      'sale' as const,
      'sale' as const,
      'agreement' as const,
      'offer' as const,
      'assets' as const,
      'take_back' as const,
      'without_receipt' as const,
      'warranty' as const,
      'undelivered' as const,
    ),
  })
  .map(({ lines, payments, fee, restocking, reviewAbove, returnlessUpTo, rules, byLaw, brought, seen, ...asked }) => {
    const { timing, after, dunning, method, shippingCharged, unitsSent, wanted, faulty, claims, accepts } = asked;
    // Both are equipment of ours, from a register or from a borrower.
    const kind = asked.kind === 'assets' && unitsSent % 2 === 0 ? 'loan' : asked.kind;
    const { rejected } = asked;
    // Claims under a warranty are to be mended, or for the same again.
    const isOwned = kind === 'sale' || kind === 'warranty';
    const wished = asked.instrument === 'repair' && !isOwned ? 'original' : asked.instrument;
    const instrument = kind === 'warranty' && faulty ? claims : wished;
    const { promotion, kits, gift, claws, against, charges } = asked;
    const consent = 'gift' in gift ? {} : asked.consent;
    const { program, order } = kinds[kind];
    const inOrder = unitsSent % 3 === 0 ? offers : offers.toReversed();
    const wish: Wish = {
      lines: lines
        .map((line) =>
          (kind === 'warranty' || instrument === 'replacement' || instrument === 'repair') && faulty
            ? { ...line, reason: 'defective' as const }
            : line,
        )
        .map((line) => ({ ...line, sold: { ...line.sold, ...soldAs[kind](line.sold.quantity) } }))
        .map((line, index) => (method === 'counter' && index < brought ? { ...line, seen: { facts: seen } } : line)),
      payments: payments.map((payment) => ({ ...payment, refunded: Math.min(payment.refunded, payment.captured) })),
      timing,
      policy: {
        ...rejected,
        ...(kind === 'warranty' ? { program, warranty: { ...warrantyTerms, ...asked.paidRepair } } : {}),
        refund: {
          timing,
          instruments: inOrder,
          pendingCheck: 'PT24H',
          fallback: 'store_credit',
          ...after,
          ...dunning,
          ...claws,
          ...charges,
        },
        fees: {
          restockingBasisPoints: restocking,
          returnShipping: { EUR: fee },
          waivedFor: ['us', 'vendor', 'carrier'],
        },
        review: { aboveAmount: { EUR: reviewAbove }, frequentReturns: { count: 5, days: 90 } },
        returnlessUpTo: { EUR: returnlessUpTo },
        exchange: { payWithin: 'P7D', shipWithin: 'P3D', ...against },
        ...(promotion === null ? {} : { promotions: 'recompute' as const }),
        ...(kits === null ? {} : { kits: 'whole_only' as const }),
        rules: rules.map(({ when, set }, index) => ({ rule: `rule-${index}`, when, set })),
      },
      request:
        kind === 'undelivered'
          ? { program, method: 'drop_off', instrument, outbound, ...(byLaw ? { remedy: 'open' as const } : {}) }
          : {
              program,
              method,
              instrument,
              ...accepts,
              ...gift,
              ...consent,
              ...(instrument === 'exchange' ? { wanted } : {}),
            },
      order: { ...order, placedAt, lastDeliveredAt: '2026-03-01T09:00:00.000Z', shippingCharged, unitsSent },
    };
    const ofGoods = kind === 'sale' && promotion !== null ? promoted(aRequest(wish), promotion) : aRequest(wish);
    const command = kind === 'sale' && kits !== null ? ofKits(ofGoods, kits) : ofGoods;
    const { channel, country } = command.facts.order;
    const floor = floorUnder({ program, channel, country, placedAt });
    return byLaw ? { ...command, facts: { ...command.facts, floor } } : command;
  });

/** Orders of all kinds, under policies of all kinds; some of goods that their owners are to pay for to have them mended. */
export const aWish: fc.Arbitrary<Request> = fc.oneof(
  { arbitrary: anyWish, weight: 9 },
  { arbitrary: anyWish.map(forPayment), weight: 2 },
);

/** What lines of each kind have instead of a price. */
const soldAs = {
  sale: () => ({}),
  warranty: () => ({}),
  agreement: () => ({}),
  take_back: (quantity: number) => ({
    ...{ creditByGrade: collected, price: collected.A * quantity, discount: 0, tax: 0, unitCost: 0, deliveredAt: null },
  }),
  without_receipt: () => ({ withoutReceipt: true as const, deliveredAt: null }),
  undelivered: () => ({ deliveredAt: null }),
  offer: (quantity: number) => ({
    ...{ creditByGrade: offered, price: offered.A * quantity, discount: 0, tax: 0, unitCost: 0, deliveredAt: null },
  }),
  loan: (_quantity: number) => ({ bookValue: 900, price: 0, discount: 0, tax: 0, unitCost: 0, deliveredAt: null }),
  assets: (_quantity: number) => ({ bookValue: 700, price: 0, discount: 0, tax: 0, unitCost: 0, deliveredAt: null }),
};
