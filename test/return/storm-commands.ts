import { kindOfProgram } from '../../domain/eligibility/claim.ts';
import { dispositions } from '../../domain/goods/disposition.ts';
import { deviceFindings, type Evidence } from '../../domain/goods/evidence.ts';
import type { ConditionFacts } from '../../domain/goods/grading.ts';
import type { Units } from '../../domain/goods/units.ts';
import { type WorkResult, workOutcomes } from '../../domain/goods/work.ts';
import { shareOf } from '../../domain/money/shares.ts';
import { collectionMethods, instruments } from '../../domain/policy/policy.ts';
import { rejectedChoices } from '../../domain/policy/rejection.ts';
import { attentionResolutions } from '../../domain/return/attention.ts';
import { basketNow } from '../../domain/return/basket.ts';
import {
  type EffectOutcome,
  type OtherGoods,
  type Resolution,
  type ReturnCommand,
  resolutions,
  type TrackingStatus,
} from '../../domain/return/commands.ts';
import { repairEndings } from '../../domain/return/events/repair.ts';
import type { ItemState, Opened } from '../../domain/return/state.ts';
import { type Basket, discountsAgain, withParts } from '../../domain/sale/basket.ts';
import type { OrderFacts, OrderLineFacts } from '../../domain/sale/order.ts';
import { asNew } from '../domain/sale.ts';
import { plusDays } from './calendar.ts';
import type { Weather } from './storm.ts';
import { quoteOf } from './storm-paid-repair.ts';
import { tripOf } from './storm-trip.ts';
import { otherLine } from './storm-wish.ts';

/** Ids that no return has, some of which every object has. */
export const strangeIds = ['', '__proto__', 'constructor', 'toString', 'P9', 'L9', 'P1-1.9.9', 'A99', 'S9-9', '🦆'];

/** Where returns may be sent instead. */
export const facilities = ['RC1', 'RC2', 'RC3'];

export type CommandKind =
  | 'receive'
  | 'inspect'
  | 'many'
  | 'evidence'
  | 'confirm'
  | 'dispose'
  | 'resolve'
  | 'review'
  | 'override'
  | 'cancel'
  | 'change'
  | 'extend'
  | 'pickup'
  | 'trip'
  | 'refund'
  | 'payments'
  | 'others'
  | 'dispute'
  | 'claim'
  | 'adjust'
  | 'anew'
  | 'owed'
  | 'ledger'
  | 'execution'
  | 'exchange'
  | 'repair'
  | 'choice'
  | 'quote'
  | 'stop'
  | 'sync';

/** A command of a kind, mostly about what the state has. */
export function commandOf(
  storm: Pick<Weather, 'at' | 'books'>,
  state: Opened,
  { kind, pick, other }: { readonly kind: CommandKind; readonly pick: number; readonly other: number },
  idOf: (ids: readonly string[]) => string,
): ReturnCommand {
  const line = () => idOf(Object.keys(state.lines));
  const item = () => idOf(Object.keys(state.items));
  switch (kind) {
    case 'receive':
      return receiveOf(state, idOf(Object.keys(state.parcels)), pick, other);
    case 'inspect':
      return inspectOf(state, item(), pick, other);
    case 'many':
      return manyOf(state, item(), pick, other);
    case 'evidence':
      return evidenceOf(state, item(), pick, other);
    case 'confirm':
      return {
        type: 'confirm_disposition',
        item: item(),
        evidence: 'BIN-7',
        ...(pick % 3 === 0 ? { proceeds: other } : {}),
      };
    case 'dispose':
      if (pick % 4 === 0) return handOnOf(item(), other);
      return { type: 'dispose', item: item(), disposition: at(dispositions, other) ?? 'destroy', note: 'N' };
    case 'resolve':
      return resolveOf(state, idOf(Object.keys(state.attention)), other);
    case 'review':
    case 'override': {
      const open = Object.values(state.lines)
        .filter(({ verdict }) => verdict === 'needs_review')
        .map((each) => each.line);
      const lines = kind === 'review' && open.length > 0 && other % 4 > 0 ? open : [line()];
      return { type: kind, decisions: lines.map((each) => ({ line: each, approve: other % 3 > 0, note: 'N' })) };
    }
    case 'cancel':
      return { type: 'cancel', note: null };
    case 'change':
      return changeOf(state, line(), pick, other);
    case 'extend':
      return {
        type: 'extend',
        schedule: {
          reminders: [plusDays(3, storm.at)],
          escalation: plusDays(5, storm.at),
          expiry: plusDays((other % 12) - 1, storm.at),
        },
        note: 'N',
      };
    case 'pickup':
      return {
        type: 'report_pickup',
        pickup: idOf(Object.keys(state.pickups)),
        outcome: other % 2 ? 'collected' : 'failed',
        at: storm.at,
      };
    case 'trip':
      return tripOf(storm, state, idOf(Object.keys(state.parcels)), { pick, other });
    case 'refund':
      return {
        type: 'refund_update',
        refund: idOf(Object.keys(state.refunds)),
        status: at(['succeeded', 'pending', 'failed'] as const, other) ?? 'failed',
        providerId: 're_web',
      };
    case 'payments':
      return { type: 'payments_changed', payments: storm.books.payments(state, pick) };
    case 'others':
      return { type: 'basket_changed', basket: settledByOthers(state) };
    case 'dispute':
      return disputeOf(storm, state, pick, other);
    case 'adjust':
      return {
        type: 'adjust',
        direction: other % 2 ? 'pay' : 'claim',
        amount: at([0, 1, 499, 3000, 1_000_000], pick) ?? 1,
        code: 'goodwill',
        note: 'N',
      };
    case 'anew':
      return other % 2 === 0
        ? { type: 'ship_anew', carrier: 'UPS', tracking: `EZ${pick}` }
        : { type: 'choose_remedy', remedy: other % 3 === 0 ? 'refund' : 'new_shipment' };
    case 'owed':
      if (other % 5 === 4) {
        return { type: 'record_consent', consent: { reference: `AGREED-${other % 2}`, at: storm.at } };
      }
      return {
        type: 'settle_clawback',
        clawback: idOf(Object.keys(state.clawbacks ?? {})),
        how: at(['paid', 'waived', 'written_off', 'external'] as const, other) ?? 'paid',
        note: 'N',
      };
    case 'ledger':
      return other % 4 === 0 ? { type: 'ledger_disagrees', detail: 'quarantine:MUG 1' } : { type: 'sync' };
    case 'claim': {
      const claim = idOf(Object.keys(state.claims ?? {}));
      if (other % 3 === 0) return { type: 'report_claim', claim, outcome: 'refused' };
      const currency = other % 31 === 0 ? 'USD' : 'EUR';
      return { type: 'report_claim', claim, outcome: 'paid', amount: { amount: (other % 40) * 100, currency } };
    }
    case 'exchange':
      return exchangeOf(state, idOf(['X1']), pick, other);
    case 'choice':
      return { type: 'choose_for_rejected', item: item(), choice: at(rejectedChoices, other) ?? 'dispose' };
    case 'quote':
      return quoteOf(item(), pick, other);
    case 'repair':
      return {
        type: 'end_repair',
        item: item(),
        why: at(repairEndings, pick) ?? 'withdrawn',
        ...(other % 3 === 0 ? { instead: at(instruments, other) ?? 'original' } : {}),
        note: 'N',
      };
    case 'execution':
      return executionOf(state, item(), pick, other);
    case 'stop':
      return stopOf(state, item(), pick, other);
    case 'sync':
      return { type: 'sync' };
  }
}

/** Changes of what is still to come. */
function changeOf(state: Opened, line: string, pick: number, other: number): ReturnCommand {
  switch (pick % 6) {
    case 0:
      return { type: 'add_parcel' };
    case 3:
      return { type: 'change_facility', facility: at(facilities, other) ?? 'RC1', note: null };
    case 4:
      return lineOf(state, other);
    case 1:
    case 2:
      return { type: 'change_quantity', line, quantity: (other % 6) - (other % 31 === 0 ? 1 : 0), note: null };
    default:
      return { type: 'change_method', method: at(collectionMethods, other) ?? 'drop_off', note: null };
  }
}

/** A further line like one that is there, of this order or, now and then, of another. */
function lineOf(state: Opened, other: number): ReturnCommand {
  const [like] = Object.values(state.lines);
  const quantity = other % 5;
  const orderLine = `OL${other % 4 === 0 ? 1 : Object.keys(state.lines).length + 1}`;
  const lines =
    like === undefined ? [] : [{ ...like.sold, orderLine, sku: `NEW-${orderLine}`, held: [[0, quantity]] as const }];
  const asked = { orderLine, quantity, reason: other % 2 ? ('defective' as const) : ('changed_mind' as const) };
  return { type: 'add_line', asked, order: orderOf(state, other, lines) };
}

/** The order as it is read again, with some of its lines; now and then it is another one. */
const orderOf = (state: Opened, other: number, lines: readonly OrderLineFacts[]): OrderFacts => ({
  order: other % 17 === 0 ? 'O-9' : state.order,
  kind: lines[0]?.withoutReceipt ? 'without_receipt' : kindOfProgram[state.program],
  ...{ currency: state.currency, channel: 'web', country: 'DE', buyer: 'B-1', buyerBlocked: false, recentReturns: 0 },
  ...{ validFrom: '2026-01-01T00:00:00.000Z', validUntil: '2027-01-01T00:00:00.000Z' },
  ...{ lines, payments: state.payments },
});

/** What the shop says of goods that go out. */
function exchangeOf(state: Opened, exchange: string, pick: number, other: number): ReturnCommand {
  switch (pick % 5) {
    case 0:
      return { type: 'drop_exchange', exchange, note: 'N' };
    case 1:
    case 2: {
      const amount = (state.exchange?.due ?? 0) + (other % 7 === 0 ? 1 : 0);
      return { type: 'pay_exchange', exchange, amount, reference: `ch_${other % 3}` };
    }
    default: {
      const [goods] = state.exchange?.toShip ?? [];
      const serials = Array.from({ length: (goods?.quantity ?? 1) + (other % 9 === 0 ? 1 : 0) }, (_, n) => `N-${n}`);
      const recorded = other % 2 === 0 ? [] : [{ sku: goods?.sku ?? 'MUG', serials }];
      return { type: 'ship_exchange', exchange, carrier: null, tracking: 'T-1', serials: recorded };
    }
  }
}

/** What became of an item at a bench: one result, or two that together are the item; now and then they aren't. */
export function workResults(item: ItemState | undefined, pick: number, other: number): WorkResult[] {
  const { quantity = 1, serials = [] } = item ?? {};
  const first = 1 + (pick % quantity);
  const parts = other % 2 === 0 || first === quantity ? [quantity] : [first, quantity - first];
  return parts.map((each, index) => ({
    quantity: other % 19 === 0 ? each + 1 : each,
    serials: pick % 3 === 0 ? serials.slice(index, index + each) : [],
    outcome: at(workOutcomes, other + index) ?? 'mended',
    facts: other % 4 === 0 ? null : { ...asNew, ...(at(conditions, other + index) ?? {}) },
    added: other % 23 === 0 ? -1 : (pick + index) % 700,
  }));
}

/** What executions say: they take an item up, let go of it, bring it where it goes, and what they got for it. */
function executionOf(state: Opened, id: string, pick: number, other: number): ReturnCommand {
  const item = Object.hasOwn(state.items, id) ? state.items[id] : undefined;
  const execution = other % 5 === 0 ? 'VR-2' : (item?.execution ?? 'VR-1');
  switch (pick % 7) {
    case 0:
      return { type: 'set_free', item: id, execution, ...(other % 3 === 0 ? { instead: 'recycle' } : {}) };
    case 1: {
      const salvaged = other % 3 === 0 ? { salvaged: other % 900 } : {};
      return { type: 'confirm_disposition', item: id, evidence: execution, execution, ...salvaged };
    }
    case 3:
    case 4:
      return { type: 'record_work', item: id, execution, results: workResults(item, pick, other) };
    case 2: {
      const amount = other % 4 === 0 ? 0 : 1 + (other % 500);
      return { type: 'record_recovery', item: id, from: 'vendor', reference: execution, amount };
    }
    default:
      return {
        type: 'take_up',
        item: id,
        execution,
        disposition: other % 7 === 0 ? 'quarantine' : (item?.choice?.disposition ?? 'liquidate'),
        quantity: (item?.quantity ?? 1) + (other % 11 === 0 ? 1 : 0),
      };
  }
}

const statuses: readonly TrackingStatus[] = [
  'pre_transit',
  'in_transit',
  'in_transit',
  'out_for_delivery',
  'delivered',
  'return_to_sender',
  'failure',
  'unknown',
];

/** Another return of a promoted sale settles a unit of what only others bring. */
function settledByOthers(state: Opened): Basket {
  const now = basketNow(state);
  const line = now?.lines.find(({ orderLine }) => orderLine === otherLine);
  if (now === undefined || state.basket === undefined || line === undefined || line.settled.quantity >= line.quantity) {
    return state.basket ?? { promotions: [], lines: [], others: 0 };
  }
  const position = line.settled.quantity;
  const units: Units = [[position, position + 1]];
  const price = shareOf(line.price, line.quantity, units);
  const part = { orderLine: otherLine, quantity: 1, price, discount: shareOf(line.discount, line.quantity, units) };
  const [discount = 0] = discountsAgain(now, [part]).discounts;
  return { ...withParts(state.basket, [{ ...part, discount }]), others: state.basket.others + 1 };
}

/** News of one of two disputes of a payment; a loss that settlements count on is not taken back. */
function disputeOf(storm: Pick<Weather, 'at'>, state: Opened, pick: number, other: number): ReturnCommand {
  const payment = at(state.payments, pick);
  // A bank seldom gives back what it took.
  const counted = (payment?.settledByChargeback ?? 0) > 0 && other % 5 > 0;
  return {
    type: 'dispute_update',
    payment: payment?.payment ?? '',
    dispute: {
      dispute: `dp_${payment?.payment}_${pick % 2}`,
      status: counted ? 'lost' : (at(['open', 'open', 'won', 'lost'] as const, other) ?? 'open'),
      amount: counted ? (payment?.captured ?? 0) : Math.ceil((payment?.captured ?? 0) / (1 + (other % 3))),
      at: plusDays(-(pick % 2) / 2, storm.at),
    },
  };
}

export const trackOf = (
  storm: Pick<Weather, 'at' | 'books'>,
  parcel: string,
  pick: number,
  other: number,
): ReturnCommand => ({
  type: 'track',
  parcel,
  status: at(statuses, other) ?? 'unknown',
  at: plusDays(-(pick % 3) / 2, storm.at),
  ...(pick % 5 === 0 ? { weightGrams: pick % 2 ? 10 : 5000 } : {}),
});

function receiveOf(state: Opened, parcel: string, pick: number, other: number): ReturnCommand {
  const expected = Object.values(state.lines).filter((line) => line.outstanding > 0);
  const lines = expected.length > 0 && other % 5 > 0 ? expected : Object.values(state.lines);
  const contents = lines.map((line, index) => ({
    sku: (pick + index) % 13 === 0 ? 'BRICK' : line.sold.sku,
    quantity: Math.max(1, line.outstanding + ((pick + index) % 4) - 1) * ((pick + index) % 29 === 0 ? -1 : 1),
    ...(pick % 2 ? { lot: pick % 6 === 1 ? 'LOT-X' : 'LOT-A' } : {}),
    ...(pick % 3 ? { serials: [pick % 7 ? 'S-1' : 'X-9'] } : {}),
    ...(other % 7 === 0 ? { damagedInTransit: true } : {}),
  }));
  return {
    type: 'receive',
    parcel: other % 4 === 0 ? null : parcel,
    contents: other % 11 === 0 ? [] : contents,
    partial: other % 3 === 0,
    ...(pick % 8 === 3 ? { delivery: 'ASN-1' } : {}),
    ...(pick % 19 === 2 ? { elsewhere: contents.map(({ sku }) => ({ sku, serial: 'S-1' })) } : {}),
  };
}

/** Several items with one message, mostly those that wait for it; now and then one twice, or one that isn't there. */
function manyOf(state: Opened, strange: string, pick: number, other: number): ReturnCommand {
  const stage = pick % 2 ? 'received' : 'disposing';
  const waiting = Object.values(state.items).filter(
    (item) => item.stage === stage && item.choice?.disposition !== 'quarantine',
  );
  const items = [...waiting.map(({ item }) => item), ...(other % 5 === 0 ? [strange] : [])];
  if (stage === 'disposing') return { type: 'confirm_items', items, evidence: 'DOCK-1' };
  return {
    type: 'inspect_items',
    items: items.map((item, index) => {
      const of = inspectOf(state, item, pick + index, other);
      return { item, findings: of.type === 'inspect' ? of.findings : [] };
    }),
  };
}

export function inspectOf(state: Opened, item: string, pick: number, other: number): ReturnCommand {
  const quantity = (Object.hasOwn(state.items, item) ? state.items[item]?.quantity : undefined) ?? 1;
  const first = 1 + (pick % quantity);
  const quantities =
    other % 3 === 0 && first < quantity ? [first, quantity - first] : other % 3 === 1 ? [first] : [quantity];
  return {
    type: 'inspect',
    item,
    findings: quantities.map((each, index) => ({
      quantity: pick % 31 === 0 ? each + 1 : each,
      ...(pick % 6 === 0
        ? { answers: answersOf(other + index) }
        : { facts: { ...asNew, ...(at(conditions, other + index) ?? {}) } }),
      ...(pick % 5 === 0 ? { reason: 'changed_mind' as const } : {}),
      ...(pick % 4 === 0 ? { serials: ['S-2'] } : {}),
      ...(pick % 9 === 0 ? { found: [at(deviceFindings, other) ?? 'data_present'] } : {}),
    })),
  };
}

/** Evidence about all, some or strange devices of an item. */
/** A recall of what an item is of, of its lot or of all of the SKU; now and then it was an error. */
function stopOf(state: Opened, id: string, pick: number, other: number): ReturnCommand {
  const recall = at(['RC-1', 'RC-2', 'constructor'], pick) ?? 'RC-1';
  if (other % 4 === 0) return { type: 'release_goods', recall };
  if (other % 5 === 0) return { type: 'stop_stock', recall };
  const item = Object.hasOwn(state.items, id) ? state.items[id] : undefined;
  return {
    type: 'stop_goods',
    recall,
    goods: [
      { sku: item?.sku ?? 'OTHER', lot: other % 3 === 0 ? null : (item?.lot ?? 'X') },
      ...(other % 7 === 0 ? [{ sku: item?.sku ?? 'OTHER', lot: null, unread: true } as const] : []),
    ],
  };
}

function evidenceOf(state: Opened, id: string, pick: number, other: number): ReturnCommand {
  const item = Object.hasOwn(state.items, id) ? state.items[id] : undefined;
  const unknown = Array.from({ length: (item?.quantity ?? 1) - (item?.serials.length ?? 0) }, (_, n) => `N-${n}`);
  const all = [...(item?.serials ?? []), ...unknown];
  const serials = other % 4 === 0 ? all.slice(0, 1) : other % 13 === 0 ? ['X-1'] : other % 17 === 0 ? [] : all;
  const certificate = `CERT-${other % 3}`;
  const consent = pick % 2 ? { consent: 'CONSENT-1' } : {};
  const evidence: readonly Evidence[] = [
    { kind: 'data_wiped', certificate, serials, method: 'purge', tool: 'T', ...consent },
    { kind: 'data_wiped', certificate, serials, method: 'clear', tool: 'T', ...consent },
    { kind: 'activation_unlocked', certificate, serials },
    { kind: 'recall_lifted', certificate },
  ];
  return { type: 'record_evidence', item: id, evidence: at(evidence, pick) ?? { kind: 'recall_lifted', certificate } };
}

/** Answers to the standard questions; now and then one is missing or senseless. */
function answersOf(choice: number): Record<string, string> {
  const { contamination, ...others } = { ...asNew, ...(at(conditions, choice) ?? {}) };
  if (choice % 7 === 0) return others;
  return { ...others, contamination: choice % 7 === 1 ? 'smelly' : contamination };
}

const conditions: readonly Partial<ConditionFacts>[] = [
  {},
  { packaging: 'opened' },
  { cosmetic: 'damaged' },
  { contamination: 'suspected' },
  { function: 'defective' },
  { expiry: 'expired' },
];

function resolveOf(state: Opened, attention: string, choice: number): ReturnCommand {
  const reason = Object.hasOwn(state.attention, attention) ? state.attention[attention]?.reason : undefined;
  const allowed: readonly Resolution[] =
    reason === undefined || choice % 10 === 0 ? resolutions : attentionResolutions[reason];
  const resolution = at(allowed, choice) ?? 'acknowledge';
  const others = reason === 'wrong_item' && choice % 7 > 0 ? { others: otherGoodsOf(state, choice) } : {};
  return { type: 'resolve', attention, resolution, note: 'N', ...others };
}

/** The order has a line of what came and nobody asked back, which the rules let back, bar, or have a person look at. */
function otherGoodsOf(state: Opened, choice: number): OtherGoods {
  const [like] = Object.values(state.lines);
  const changed = { finalSale: choice % 5 === 0, hazardous: choice % 3 === 0 };
  const lines =
    like === undefined
      ? []
      : [{ ...like.sold, ...changed, orderLine: 'OL-BRICK', sku: 'BRICK', held: [[0, 2]] as const }];
  const order = orderOf(state, choice, lines);
  return { reason: choice % 2 ? 'changed_mind' : 'defective', order };
}

const handOnOf = (item: string, other: number): ReturnCommand => ({
  ...{
    type: 'hand_on',
    item,
    receipt: `U-${other}`,
    to: other % 2 ? 'B-2' : null,
    partial: other % 3 === 0,
    note: 'N',
  },
});

/** Commands that name what isn't there, or that come at a time when they can't be meant. */
export function nonsense(storm: Pick<Weather, 'at' | 'books'>, pick: number, other: number): ReturnCommand {
  const id = at(strangeIds, other) ?? '';
  const effects = [
    'buy_label',
    'void_label',
    'book_pickup',
    'cancel_pickup',
    'open_claim',
    'withdraw_claim',
    'reserve_units',
    'refund',
    'fly',
  ];
  const outcomes: readonly EffectOutcome[] = [
    { type: 'unavailable', code: 'x' },
    { type: 'refused', code: 'x' },
    { type: 'label_voided', voided: true },
    { type: 'claim_opened', providerId: 'x' },
    { type: 'claim_withdrawn', withdrawn: true },
    { type: 'pickup_cancelled', cancelled: true },
  ];
  switch (pick % 5) {
    case 0:
      return {
        type: 'outcome',
        effect: `${at(effects, pick) ?? ''}:${id}`,
        outcome: at(outcomes, pick + other) ?? { type: 'refused', code: 'x' },
      };
    case 1:
      return {
        type: 'deadline',
        deadline: at(['expiry', 'reminder', `lost:${id}`, 'pickup:K1', id], pick) ?? '',
        due: storm.at,
      };
    case 2:
      return { type: 'receive', parcel: id, contents: [], partial: false };
    case 3:
      return { type: 'refund_update', refund: id, status: 'succeeded', providerId: 'x' };
    default:
      return { type: 'review', decisions: [{ line: id, approve: true, note: 'N' }] };
  }
}

export const at = <T>(list: readonly T[], choice: number): T | undefined => list[choice % Math.max(1, list.length)];
