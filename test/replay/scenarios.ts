import { defaultCustomerPolicy } from '../../domain/policy/default-customer.ts';
import { deliveryWorkflowId } from '../../workflows/delivery/messages.ts';
import { aRecycling } from '../domain/certified-disposal/world.ts';
import { aWorkItem } from '../domain/refurbishment/world.ts';
import { asNew } from '../domain/sale.ts';
import { aCertifiedDisposal, handedOver, waitsForDisposal } from '../workflows/certified-disposals.ts';
import { aTroubledParcel, carrierSays, ordinaryTerms, untilDelivery } from '../workflows/deliveries.ts';
import { holds } from '../workflows/executions.ts';
import { aBid, accepts, aLiquidation, fetched, pays, waitsForSale } from '../workflows/liquidations.ts';
import { aLoan } from '../workflows/loans.ts';
import type { Sale } from '../workflows/orders.ts';
import { aRefurbishment, isInWork, passed, waitsForWork } from '../workflows/refurbishments.ts';
import type { Asked, OpenReturn } from '../workflows/returns.ts';
import { complete, confirm, handOver, hasLabel, inspect, receive, refundSucceeds } from '../workflows/steps.ts';
import { aTransfer, comes, leaves } from '../workflows/transfers.ts';
import { aVendorReturn, waitsForVendor } from '../workflows/vendor-returns.ts';
import type { World } from '../workflows/world.ts';

/** A return's life whose history is recorded for each version, and replayed with every later one. */
export type Scenario = {
  readonly name: string;
  readonly sale?: Sale & Asked;
  readonly play: (its: OpenReturn, world: World) => Promise<void>;
};

/** Rules that say no time for a carrier's answer: a return closes without one. */
const { claimWithin: _, ...beforeClaimsWereFollowed } = defaultCustomerPolicy.receipt;

/** What buyers agree to of the card that paid. */
const consent = { reference: 'TERMS-1', at: '2026-01-01T00:00:00.000Z' };

/** Between them they go through every stage, effect, timer and kind of message. */
export const scenarios: readonly Scenario[] = [
  { name: 'refunded-after-inspection', play: complete },
  {
    name: 'expired-then-late',
    play: async (its) => {
      await its.after('23 days', (state) => state.phase === 'closed');
      await receive(its);
      await inspect(its);
      await refundSucceeds(its);
      await confirm(its, 'P1-1');
    },
  },
  {
    name: 'pickup-failed-then-dropped-off',
    sale: { method: 'pickup' },
    play: async (its) => {
      for (const pickup of ['K1', 'K2', 'K3']) {
        await its.until((state) => state.pickups[pickup]?.state === 'booked');
        await its.tell({ type: 'report_pickup', pickup, outcome: 'failed', at: await its.now() });
      }
      await complete(its);
    },
  },
  {
    name: 'cancelled-with-label-and-pickup',
    sale: { method: 'pickup' },
    play: async (its) => {
      await its.until((state) => state.pickups['K1']?.state === 'booked');
      await its.signal({ type: 'cancel', note: null });
    },
  },
  {
    name: 'lost-claimed-and-compensated',
    sale: { policy: { receipt: beforeClaimsWereFollowed } },
    play: async (its) => {
      await handOver(its);
      await its.after('11 days', (state) => state.claims?.['P1']?.state === 'opened');
      await its.resolve('parcel_lost', 'accept');
      await refundSucceeds(its);
    },
  },
  {
    name: 'lost-then-found-and-claim-withdrawn',
    play: async (its) => {
      await handOver(its);
      await its.after('11 days', (state) => state.claims?.['P1']?.state === 'opened');
      await receive(its);
      await its.until((state) => state.claims?.['P1']?.state === 'withdrawn');
      await inspect(its);
      await refundSucceeds(its);
      await confirm(its, 'P1-1');
    },
  },
  {
    name: 'by-freight-many-items-at-once',
    sale: { method: 'freight', policy: { methods: ['freight'] } },
    play: async (its) => {
      await receive(its, 1, { parcel: null, delivery: 'DN-1' });
      await its.tell({ type: 'inspect_items', items: [{ item: 'U1-1', findings: [{ quantity: 1, facts: asNew }] }] });
      await refundSucceeds(its);
      await its.tell({ type: 'confirm_items', items: ['U1-1'], evidence: 'DOCK-1' });
    },
  },
  {
    name: 'damaged-claimed-unanswered-then-paid',
    play: async (its) => {
      await handOver(its);
      await receive(its, 1, { contents: [{ sku: 'KETTLE', quantity: 1, damagedInTransit: true }] });
      await its.until((state) => state.claims?.['P1:damaged']?.state === 'opened');
      await its.resolve('damaged_in_transit', 'acknowledge');
      await inspect(its);
      await refundSucceeds(its);
      await confirm(its, 'P1-1');
      await its.after('31 days', (state) => Object.keys(state.attention).length > 0);
      await its.resolve('claim_unanswered', 'await');
      const amount = { amount: 4000, currency: 'EUR' };
      await its.signal({ type: 'report_claim', claim: 'P1:damaged', outcome: 'paid', amount });
    },
  },
  {
    name: 'partly-received-split-and-overdue',
    sale: { quantity: 3 },
    play: async (its) => {
      await handOver(its);
      await receive(its, 2, { partial: true });
      await its.after('49 hours', (state) => Object.keys(state.attention).length > 0);
      const damaged = { ...asNew, packaging: 'opened', cosmetic: 'damaged' } as const;
      const findings = [
        { quantity: 1, facts: asNew },
        { quantity: 1, facts: damaged },
      ];
      await its.tell({ type: 'inspect', item: 'P1-1', findings });
      await refundSucceeds(its);
      await confirm(its, 'P1-1.1', 'P1-1.2');
      await its.tell({ type: 'cancel', note: null });
    },
  },
  {
    name: 'reviewed-extended-and-credited',
    sale: { unitPrice: 60_000, instrument: 'store_credit' },
    play: async (its) => {
      await its.tell({ type: 'review', decisions: [{ line: 'L1', approve: true, note: 'N1' }] });
      await hasLabel(its);
      const later = async (days: number) => new Date(Date.parse(await its.now()) + days * 86_400_000).toISOString();
      const schedule = { reminders: [], escalation: await later(40), expiry: await later(50) };
      await its.tell({ type: 'extend', schedule, note: 'N1' });
      await complete(its);
    },
  },
  {
    name: 'refund-pending-then-failed',
    sale: { refunds: 'hold' },
    play: async (its, { control }) => {
      await handOver(its);
      await receive(its);
      await inspect(its);
      await confirm(its, 'P1-1');
      await its.after('25 hours', (state) => state.retries['refund:S1-1'] === 1);
      await its.until((state) => state.refunds['S1-1']?.state === 'requested');
      await control('POST', `refunds/${its.rma}:refund:S1-1/turn`, { status: 'failed' });
      const { providerId } = (await its.state()).refunds['S1-1'] ?? {};
      await its.signal({ type: 'refund_update', refund: 'S1-1', status: 'failed', providerId: providerId ?? '' });
      await its.until((state) => Object.keys(state.attention).length > 0);
      await its.resolve('refund_failed', 'store_credit');
    },
  },
  {
    name: 'carrier-unavailable-then-cancelled',
    play: async (its, { control }) => {
      await hasLabel(its);
      await control('PUT', 'faults', { carrier: { errorRate: 1 } });
      await its.tell({ type: 'cancel', note: null });
      await its.after('45 minutes', (state) => Object.keys(state.attention).length > 0);
      await control('DELETE', 'faults');
      await its.resolve('void_failed', 'retry');
    },
  },
  {
    name: 'back-to-its-vendor-short-paid',
    play: async (its, world) => {
      await waitsForVendor(its);
      const vendor = await aVendorReturn(world, [its]);
      await vendor.until(holds(1));
      await world.skip('8 days');
      const late = await vendor.until((state) => Object.keys(state.attention).length > 0);
      const [asked] = Object.keys(late.attention);
      await vendor.tell({ type: 'resolve', attention: asked ?? '', resolution: 'acknowledge', note: 'N1' });
      await vendor.tell({ type: 'authorize', vendorRma: 'V', restockingBasisPoints: 0, shipBy: null, refused: [] });
      await vendor.tell({ type: 'ship', carrier: 'UPS', tracking: '1Z' });
      await vendor.tell({ type: 'record_credit', memo: 'CM-1', total: 1500, items: null });
      await vendor.tell({ type: 'write_off', note: 'N1' });
      await vendor.handle.result();
    },
  },
  {
    name: 'let-go-by-its-vendor-return',
    play: async (its, world) => {
      await waitsForVendor(its);
      const vendor = await aVendorReturn(world, [its]);
      await vendor.until(holds(1));
      await vendor.tell({ type: 'decline', note: null });
      await vendor.handle.result();
      await confirm(its, 'P1-1');
    },
  },
  {
    name: 'sold-again-in-a-lot',
    play: async (its, world) => {
      await waitsForSale(its);
      const lot = await aLiquidation(world, [its]);
      await lot.until(holds(1));
      await lot.tell(aBid(1800, 'JOBBER'));
      await lot.tell(accepts('B1'));
      await world.skip('8 days');
      const late = await lot.until((state) => Object.keys(state.attention).length > 0);
      const [asked] = Object.keys(late.attention);
      await lot.tell({ type: 'resolve', attention: asked ?? '', resolution: 'sell_again', note: 'N1' });
      await lot.tell(aBid(1600));
      await lot.tell(accepts('B2'));
      await lot.tell(pays(1600));
      await lot.tell(fetched);
      await world.skip('8 days');
      await lot.handle.result();
    },
  },
  {
    name: 'recycled-late-with-a-certificate',
    play: async (its, world) => {
      await waitsForDisposal(its, 'recycle');
      const disposal = await aCertifiedDisposal(world, [its], 'recycle');
      await disposal.until(holds(1));
      await disposal.tell(handedOver);
      await world.skip('31 days');
      await disposal.until((state) => Object.keys(state.attention).length > 0);
      await disposal.tell({ type: 'certify', certificate: aRecycling({ proceeds: 300, charge: 120 }) });
      await disposal.handle.result();
    },
  },
  {
    name: 'mended-at-a-bench-and-given-up',
    play: async (its, world) => {
      await waitsForWork(its);
      const work = await aRefurbishment(world, [its]);
      await work.until(isInWork);
      await work.tell({ type: 'use_part', sku: 'LID', quantity: 1, unitCost: 300 });
      await work.tell({ type: 'await_parts', sku: 'CORD', until: await work.in(3) });
      await world.skip('4 days');
      await work.until((state) => Object.keys(state.attention).length > 0);
      await work.tell({ type: 'parts_arrive' });
      await work.tell({ type: 'estimate', minutes: 60, parts: 0 });
      await world.skip('3 days');
      await work.handle.result();
      await its.tell({ type: 'dispose', item: 'P1-1', disposition: 'recycle', note: 'N1' });
      await confirm(its, 'P1-1');
    },
  },
  {
    name: 'repaired-for-its-owner-else-replaced',
    sale: {
      ...{ quantity: 2, reason: 'defective', instrument: 'repair', stock: { KETTLE: 5 } },
      policy: { refund: { ...defaultCustomerPolicy.refund, instruments: ['repair', 'replacement', 'original'] } },
    },
    play: async (its, world) => {
      await handOver(its);
      await receive(its, 2);
      const broken = { ...asNew, packaging: 'opened', function: 'defective' } as const;
      await its.tell({ type: 'inspect', item: 'P1-1', findings: [{ quantity: 2, facts: broken }] });
      const item = aWorkItem({ rma: its.rma, quantity: 2, cost: 4000, budget: 3000 });
      const work = await aRefurbishment(world, [its], { disposition: 'repair_and_return', items: [item] });
      await work.until(isInWork);
      await work.tell(passed(its));
      const { units } = passed(its);
      await work.tell({ type: 'abandon', units, outcome: 'beyond_repair', facts: null });
      await work.handle.result();
      await its.until((state) => state.exchange?.state === 'ready');
      await its.tell({ type: 'ship_exchange', exchange: 'X1', carrier: 'DHL', tracking: 'T-1', serials: [] });
      await confirm(its, 'P1-1.1', 'P1-1.2');
    },
  },
  {
    name: 'charged-for-a-repair-that-came-to-nothing',
    sale: {
      ...{ reason: 'defective', program: 'warranty', instrument: 'repair', consent },
      policy: {
        program: 'warranty',
        refund: { ...defaultCustomerPolicy.refund, instruments: ['repair', 'original'] },
        warranty: {
          ...{ months: 0, byCategory: {}, replacementMonths: 6 },
          paidRepair: { quoteValidFor: 'P14D', reminders: ['P7D'] },
        },
      },
    },
    play: async (its, world) => {
      await handOver(its);
      await receive(its);
      const broken = { ...asNew, packaging: 'opened', function: 'defective' } as const;
      await its.tell({ type: 'inspect', item: 'P1-1', findings: [{ quantity: 1, facts: broken }] });
      const because = 'out_of_warranty';
      await its.tell({ type: 'quote_repair', item: 'P1-1', because, parts: 1000, labour: 2000, fee: 0 });
      await its.after('8 days', (state) => state.items['P1-1']?.paidRepair?.reminders === 1);
      await its.tell({ type: 'answer_repair_quote', item: 'P1-1', answer: 'accept' });
      await its.until((state) => state.items['P1-1']?.choice?.disposition === 'repair_and_return');
      const item = aWorkItem({ rma: its.rma, quantity: 1, cost: 2000, budget: 3000 });
      const work = await aRefurbishment(world, [its], { disposition: 'repair_and_return', items: [item] });
      await work.until(isInWork);
      await work.tell({ type: 'abandon', units: passed(its).units, outcome: 'beyond_repair', facts: null });
      await work.handle.result();
      await its.until((state) => state.items['P1-1']?.paidRepair?.repay === 0);
      await confirm(its, 'P1-1');
    },
  },
  {
    name: 'sent-first-against-a-hold-that-was-taken',
    sale: {
      ...{ reason: 'defective', instrument: 'replacement', stock: { KETTLE: 5 }, consent },
      policy: { exchange: { payWithin: 'P7D', shipWithin: 'P3D', firstAgainstHold: { goodsWithin: 'P6D' } } },
    },
    play: async (its) => {
      await hasLabel(its);
      await its.until((state) => state.exchange?.state === 'ready');
      await its.tell({ type: 'ship_exchange', exchange: 'X1', carrier: 'DHL', tracking: 'T-1', serials: [] });
      await its.after('7 days', (state) => state.hold?.state === 'captured');
      await its.tell({ type: 'cancel', note: null });
    },
  },
  {
    name: 'paid-in-advance-and-charged-back-to-the-card',
    sale: { consent, policy: { refund: { ...defaultCustomerPolicy.refund, timing: 'authorization' } } },
    play: async (its) => {
      await refundSucceeds(its);
      await hasLabel(its);
      await its.after('22 days', (state) => state.clawbacks?.['C1']?.charge?.state === 'succeeded');
    },
  },
  {
    name: 'paid-in-advance-and-clawed-back',
    sale: {
      policy: {
        refund: {
          timing: 'authorization',
          instruments: ['original'],
          pendingCheck: 'PT24H',
          adjustAfterSettlement: 'claim',
          dunning: { reminders: ['P7D'], person: 'P14D' },
        },
      },
    },
    play: async (its) => {
      await refundSucceeds(its);
      await hasLabel(its);
      await its.after('22 days', (state) => state.parcels['P1']?.label === 'voided');
      await its.after('15 days', (state) => Object.keys(state.attention).length > 0);
      await its.tell({ type: 'adjust', direction: 'pay', amount: 5, code: 'fee_correction', note: 'N1' });
      await its.resolve('clawback_unpaid', 'retry');
      await its.tell({ type: 'settle_clawback', clawback: 'C1', how: 'paid', note: 'N1' });
    },
  },
  {
    name: 'exchanged-for-something-dearer',
    sale: { instrument: 'exchange', wanted: [{ sku: 'LAMP', quantity: 1, price: 6000 }], stock: { LAMP: 2 } },
    play: async (its) => {
      await handOver(its);
      await receive(its);
      await inspect(its);
      const { exchange } = await its.until((state) => state.exchange?.state === 'payment_due');
      await its.tell({ type: 'pay_exchange', exchange: 'X1', amount: exchange?.due ?? 0, reference: 'ch_1' });
      await its.tell({ type: 'ship_exchange', exchange: 'X1', carrier: 'DHL', tracking: 'T-1', serials: [] });
      await confirm(its, 'P1-1');
    },
  },
  {
    name: 'exchange-not-paid-then-refunded',
    sale: { instrument: 'exchange', wanted: [{ sku: 'LAMP', quantity: 1, price: 6000 }], stock: { LAMP: 2 } },
    play: async (its) => {
      await handOver(its);
      await receive(its);
      await inspect(its);
      await confirm(its, 'P1-1');
      await its.after('8 days', (state) => state.exchange?.state === 'dropped');
      await refundSucceeds(its, 'S1-2');
    },
  },
  {
    name: 'disputed-and-won',
    play: async (its) => {
      const { payments } = await its.state();
      const payment = payments[0]?.payment ?? '';
      const dispute = { dispute: `dp_${payment}`, status: 'open', amount: 5000, at: await its.now() } as const;
      await its.signal({ type: 'dispute_update', payment, dispute });
      await handOver(its);
      await receive(its);
      await inspect(its);
      await its.until((state) => state.refunds['S1-1']?.state === 'frozen');
      await its.signal({ type: 'dispute_update', payment, dispute: { ...dispute, status: 'won' } });
      await refundSucceeds(its, 'S1-2');
      await confirm(its, 'P1-1');
    },
  },
  {
    name: 'delivered-after-all',
    play: async (its, world) => {
      await ordinaryTerms(world);
      const tracking = await aTroubledParcel(world);
      await carrierSays(world, tracking, 'failure', 'not_home');
      await untilDelivery(world, tracking, (state) => state.status === 'contacting');
      await world.skip('2 days');
      await untilDelivery(world, tracking, (state) => state.status !== 'initial' && state.reminders === 1);
      await carrierSays(world, tracking, 'delivered', null);
      await world.client.workflow.getHandle(deliveryWorkflowId(tracking)).result();
      await its.tell({ type: 'cancel', note: null });
    },
  },
  {
    name: 'lent-late-and-damaged',
    play: async (its, world) => {
      await its.tell({ type: 'cancel', note: null });
      const loan = await aLoan(world, { deposit: 1000 });
      await world.skip('29 days');
      await loan.tell({ type: 'ask_extension', until: new Date((await world.now()) + 20 * 86_400_000).toISOString() });
      await loan.tell({ type: 'answer_extension', extension: 'E1', agreed: true, fee: 500 });
      await world.skip('23 days');
      const back = await loan.comesBack();
      await loan.until((state) => state.isOverdue);
      await hasLabel(back);
      await receive(back, 1);
      await loan.hears(({ units }) => units['U1']?.stage === 'back');
      await inspect(back, 'P1-1', 1, { ...asNew, packaging: 'opened', cosmetic: 'damaged' });
      const { attention } = await loan.hears(({ units }) => units['U1']?.stage === 'inspected');
      const [asked] = Object.values(attention);
      await loan.tell({ type: 'resolve', attention: asked?.attention ?? '', resolution: 'write_off', note: 'N1' });
      await loan.handle.result();
      await back.tell({ type: 'dispose', item: 'P1-1', disposition: 'recycle', note: 'N1' });
      await confirm(back, 'P1-1');
      await back.closed();
    },
  },
  { name: 'kept-without-return', sale: { unitPrice: 500 }, play: async () => undefined },
  {
    name: 'moved-late-short-and-turned-back',
    play: async (its, world) => {
      const haul = await aTransfer(world);
      await world.skip('3 days');
      await haul.until(({ attention }) => Object.keys(attention).length > 0);
      await haul.tell({ type: 'pick', lines: [{ line: 'L2', quantity: 4, lot: 'B1', serials: [] }] });
      const short = await haul.until(({ isPickedShort }) => isPickedShort);
      const asked = Object.values(short.attention).find(({ reason }) => reason === 'transfer_short_pick');
      await haul.tell({ type: 'resolve', attention: asked?.attention ?? '', resolution: 'ship_less', note: 'N1' });
      await haul.tell(leaves);
      await haul.tell(comes(6, 0));
      await haul.tell({ type: 'cancel', note: null });
      await haul.tell(comes(3, 5, true));
      const { attention } = await haul.until((state) => Object.keys(state.attention).length === 2);
      for (const open of Object.values(attention)) {
        const resolution = open.reason === 'transfer_short' ? 'write_off' : 'accept';
        await haul.tell({ type: 'resolve', attention: open.attention, resolution, note: 'N1' });
      }
      await haul.until(({ toCorrect, toStock }) => Object.keys({ ...toCorrect, ...toStock }).length === 0);
      await haul.handle.result();
      await its.tell({ type: 'cancel', note: null });
    },
  },
];
