import { gainOfWork } from '../goods/work.ts';
import { attentionRows } from '../process/attention-rows.ts';
import { creditOfRefund } from '../store-credit/credit.ts';
import { creditExpiry } from '../store-credit/expiry.ts';
import { type ClaimState, claimOf } from './claims.ts';
import { costOf } from './cost.ts';
import { deadlines } from './deadlines.ts';
import type { Recorded } from './events.ts';
import { type ExchangeState, exchangeDueAt, priceOf } from './exchange.ts';
import { evidenceOf, vetoesOn } from './goods-of.ts';
import type { HoldState } from './hold.ts';
import type {
  ChargeRow,
  ClaimRow,
  ExchangeRow,
  HoldRow,
  InspectionRow,
  ItemRow,
  LineRow,
  Projection,
  ReturnRow,
  StoreCreditRow,
  WarrantyRow,
} from './projection.ts';
import { repairLimit } from './repair.ts';
import { unitsTaken } from './replaced.ts';
import type { ClawbackState, ItemState, LineState, Opened, ParcelState, ReturnState } from './state.ts';
import { goodsStatus, moneyStatus, settledAmount } from './status.ts';

/** The rows that changed from one state to another; what stayed the same object is left out. */
export function project(before: ReturnState, after: Opened, recorded: readonly Recorded[]): Projection {
  const was = before.phase === 'initial' ? null : before;
  const changed = <T>(kind: (state: Opened) => Readonly<Record<string, T>>): T[] => {
    const old = was === null ? {} : kind(was);
    return Object.entries(kind(after)).flatMap(([id, value]) => (old[id] === value ? [] : [value]));
  };
  const items = changed((state) => state.items);
  const touched = new Set(items.map((item) => item.line));
  const lines = Object.values(after.lines).filter((line) => was?.lines[line.line] !== line || touched.has(line.line));
  return {
    return: returnRow(after),
    lines: lines.map((line) => lineRow(after, line)),
    items: items.map((item) => itemRow(after, item)),
    goneItems: was === null ? [] : Object.keys(was.items).filter((item) => after.items[item] === undefined),
    parcels: parcelsChanged(was, after).map((parcel) => parcelRow(after, parcel)),
    claims: changed((state) => state.claims ?? {}).map(claimRow),
    pickups: changed((state) => state.pickups).map(({ cost: _, trip = null, load = null, ...row }) => ({
      ...row,
      trip,
      load,
    })),
    refunds: changed((state) => state.refunds).map(
      ({ refund, settlement, payment, to, amount, state, providerId, code }) => ({
        refund,
        settlement,
        to,
        payment,
        amount,
        state,
        providerId,
        code,
      }),
    ),
    settlements: changed((state) => state.settlements).map(({ outboundShipping: _, others = null, ...row }) => ({
      ...row,
      others,
    })),
    clawbacks: changed((state) => state.clawbacks ?? {}).map(
      ({ clawback, cause, total, outstanding, paid, state }) => ({ clawback, cause, total, outstanding, paid, state }),
    ),
    exchanges:
      after.exchange === undefined || after.exchange === was?.exchange ? [] : [exchangeRow(after, after.exchange)],
    holds: after.hold === undefined || after.hold === was?.hold ? [] : [holdRow(after.hold)],
    charges: changed((state) => state.clawbacks ?? {}).flatMap(chargeRows),
    warranties: lastOfEachSerial(recorded.flatMap(coverOf)),
    storeCredits: recorded.flatMap((each) => storeCreditRows(after, each)),
    inspections: lastOfEach(recorded.flatMap(inspectionRows)),
    attention: attentionRows(recorded),
  };
}

const returnRow = (state: Opened): ReturnRow => ({
  rma: state.rma,
  program: state.program,
  order: state.order,
  currency: state.currency,
  facility: state.facility,
  method: state.method,
  instrument: state.instrument,
  goods: goodsStatus(state),
  money: moneyStatus(state),
  quoted: state.quote.amount,
  settled: settledAmount(state),
  requestedAt: state.requestedAt,
  authorizedAt: state.authorizedAt,
  closedAt: state.closedAt,
  nextDeadline: deadlines(state)[0]?.at ?? null,
  outcome: state.outcome,
  policy: state.policy.id,
  policyVersion: state.policy.version,
  gift: state.gift === true,
});

const lineRow = (state: Opened, line: LineState): LineRow => ({
  line: line.line,
  orderLine: line.sold.orderLine,
  sku: line.sold.sku,
  reason: line.reason,
  verdict: line.verdict,
  codes: line.codes,
  requested: line.requested,
  cancelled: line.cancelled,
  kept: line.kept,
  outstanding: line.outstanding,
  missing: line.missing,
  received: line.received,
  holds: unitsTaken(state, line),
});

const itemRow = (state: Opened, item: ItemState): ItemRow => ({
  item: item.item,
  line: item.line,
  parcel: item.parcel,
  sku: item.sku,
  quantity: item.quantity,
  lot: item.lot,
  serials: item.serials,
  stage: item.stage,
  grade: item.grade,
  acceptance: item.acceptance,
  disposition: item.choice?.disposition ?? null,
  vetoes: vetoesOn(state, item),
  evidence: evidenceOf(item),
  settled: item.settled,
  execution: item.execution ?? null,
  location: item.location ?? null,
  cost: costOf(state, item),
  recovered: item.recovered ?? 0,
  added: item.work?.added ?? 0,
  refurbished: item.work?.refurbished ?? 0,
  gain: budgetOf(state, item),
});

/** What work on an item may cost, as far as a rule says so. */
function budgetOf(state: Opened, item: ItemState): number | null {
  if (item.choice === null) return null;
  return item.choice.disposition === 'repair_and_return' ? repairLimit(state, item) : gainOfWork(item.choice);
}

/** A parcel's row shows its claim, so that it changes with it. */
function parcelsChanged(was: Opened | null, after: Opened): ParcelState[] {
  return Object.values(after.parcels).filter(
    ({ parcel }) => was?.parcels[parcel] !== after.parcels[parcel] || was?.claims?.[parcel] !== after.claims?.[parcel],
  );
}

const exchangeRow = (state: Opened, exchange: ExchangeState): ExchangeRow => ({
  exchange: exchange.exchange,
  kind: exchange.kind,
  state: exchange.state,
  stock: exchange.stock,
  facility: exchange.facility,
  goods: exchange.goods,
  price: priceOf(exchange),
  due: exchange.due,
  paid: exchange.paid,
  dueAt: exchangeDueAt(state),
  toShip: exchange.toShip,
  carrier: exchange.shipment?.carrier ?? null,
  tracking: exchange.shipment?.tracking ?? null,
  serials: exchange.shipment?.serials ?? [],
});

const holdRow = ({ hold, payment, amount, taken, state, providerId }: HoldState): HoldRow => ({
  ...{ hold, payment, amount, taken, state, providerId },
});

const chargeRows = ({ clawback, charge }: ClawbackState): ChargeRow[] => {
  if (charge === undefined) return [];
  const { payment, amount, state, providerId } = charge;
  return [{ clawback, payment, amount, state, providerId }];
};

const claimRow = ({ claim, parcel, kind, state, amount, paid, providerId }: ClaimState): ClaimRow => ({
  claim,
  parcel,
  kind,
  state,
  amount,
  paid,
  providerId,
});

/** Whether a claim for the lost parcel is with its carrier. */
function lostClaim(state: Opened, parcel: string): 'none' | 'wanted' | 'opened' {
  const claim = state.claims?.[claimOf(parcel, 'lost')];
  if (claim === undefined || claim.state === 'dropped' || claim.state === 'withdrawn') return 'none';
  return claim.state === 'wanted' ? 'wanted' : 'opened';
}

const parcelRow = (state: Opened, parcel: ParcelState) => ({
  parcel: parcel.parcel,
  method: parcel.method,
  labelState: parcel.label,
  carrier: parcel.carrier,
  tracking: parcel.trackingNumber,
  providerId: parcel.providerId,
  status: parcel.tracking,
  received: parcel.received,
  lost: parcel.lost,
  claim: lostClaim(state, parcel.parcel),
});

function storeCreditRows(
  { rma, refunds, currency, policy, creditTo }: Opened,
  { event, at, by }: Recorded,
): StoreCreditRow[] {
  const refund = event.type === 'refund_succeeded' ? refunds[event.refund] : undefined;
  if (refund?.to !== 'store_credit') return [];
  const of = { rma, refund: refund.refund };
  const { buyer = null, country = null } = creditTo ?? {};
  const expiresAt = creditExpiry(policy.refund.storeCredit, country, at);
  const { amount } = refund;
  const credit = creditOfRefund(of);
  return [
    { at, by, issued: { type: 'issued', credit, currency, amount, buyer, expiresAt, cause: 'return', refund: of } },
  ];
}

function inspectionRows({ event, at, by }: Recorded): InspectionRow[] {
  if (event.type !== 'item_inspected') return [];
  return event.into.map(({ item, quantity, grade, facts, reasonFound }) => ({
    item,
    from: event.item,
    quantity,
    grade,
    facts,
    reasonFound,
    at,
    by,
  }));
}

/** A serial that was covered twice in one step has one row: the later one. */
const lastOfEachSerial = (rows: readonly WarrantyRow[]): WarrantyRow[] => [
  ...new Map(rows.map((row) => [`${row.orderLine} ${row.serial}`, row])).values(),
];

function coverOf({ event, at }: Recorded): WarrantyRow[] {
  if (event.type !== 'warranty_carried_over' && event.type !== 'repair_returned') return [];
  // What an owner paid for doesn't use up what the law adds to the warranty for its first repair.
  const repaired = event.type === 'repair_returned' && event.paid !== true;
  return event.serials.map((unit) => ({ ...unit, from: at, repaired }));
}

/** An item that was graded twice in one step has one row: the later one. */
const lastOfEach = (rows: readonly InspectionRow[]): InspectionRow[] => [
  ...new Map(rows.map((row) => [row.item, row])).values(),
];
