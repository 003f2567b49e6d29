import type { Dimension } from '../../api/measures/dimensions.ts';
import type { Measured } from '../../api/measures/shape.ts';
import { type Stage, stages } from '../../api/measures/times.ts';
import { roundHalfUp } from '../../domain/money/shares.ts';
import { rulesFor } from '../../domain/policy/rules-for.ts';
import { faultOf } from '../../domain/reasons.ts';
import type { Recorded, ReturnEvent } from '../../domain/return/events.ts';
import { fold } from '../../domain/return/fold.ts';
import { type ItemState, initialState, type Opened } from '../../domain/return/state.ts';

/** One return as its journal tells it, beside what was posted for its carriage. */
export type Life = {
  readonly recorded: readonly Recorded[];
  readonly postings: readonly { readonly subject: string; readonly currency: string; readonly amount: number }[];
};
export type SoldLine = {
  readonly orderLine: string;
  readonly sku: string;
  readonly category: string;
  readonly quantity: number;
};

type Figure = { n: number; d: number | null; seconds: number[] };
const scans = ['in_transit', 'out_for_delivery', 'available_for_pickup', 'delivered'];

/** The measures counted in another way: from the state that each journal folds to, one return after the other. */
export function foldMeasures(lives: readonly Life[], sold: readonly SoldLine[], by: Dimension): Measured[] {
  const figures = new Map<string, Figure>();
  const figure = (measure: string, grp: string | null, currency: string | null = null): Figure => {
    const key = JSON.stringify([measure, grp, currency]);
    const known = figures.get(key) ?? { n: 0, d: null, seconds: [] };
    figures.set(key, known);
    return known;
  };
  const add = (
    measure: string,
    grp: string | null,
    n: number,
    d: number | null = null,
    currency: string | null = null,
  ) => {
    const into = figure(measure, grp, currency);
    into.n += n;
    if (d !== null) into.d = (into.d ?? 0) + d;
  };
  for (const life of lives)
    countLife(life, by, add, (measure, grp, seconds) => figure(measure, grp).seconds.push(seconds));
  for (const line of sold) {
    const all = by === 'none' ? 'all' : by === 'sku' ? line.sku : line.category;
    if (by === 'none' || by === 'sku' || by === 'category') add('returns_rate', all, 0, line.quantity);
  }
  const total = sold.reduce((sum, { quantity }) => sum + quantity, 0);
  return [...figures].map(([key, { n, d, seconds }]) => {
    const [measure, grp, currency] = JSON.parse(key) as [string, string | null, string | null];
    const sorted = seconds.sort((a, b) => a - b);
    const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? null;
    const shareOfAll = measure === 'returns_rate' && d === null ? total : d;
    return { measure, grp, currency, n: sorted.length || n, d: shareOfAll, p50: at(0.5), p90: at(0.9) };
  });
}

type Add = (measure: string, grp: string | null, n: number, d?: number | null, currency?: string | null) => void;

function countLife(
  { recorded, postings }: Life,
  by: Dimension,
  add: Add,
  took: (measure: string, grp: string | null, seconds: number) => void,
): void {
  const state = fold(initialState, recorded);
  if (state.phase === 'initial') return;
  const group = groupsIn(state, by, recorded);
  const events = recorded.map(({ event }) => event);
  const all = <T extends ReturnEvent['type']>(type: T) =>
    events.filter((event): event is Extract<ReturnEvent, { type: T }> => event.type === type);
  const { currency } = state;

  for (const grp of group.ofReturn) add('returns', grp, 1);
  for (const { line, quantity } of all('requested').flatMap(({ request }) => request.lines)) {
    add('units_requested', group.ofLine(line), quantity);
  }
  for (const line of Object.values(state.lines)) {
    if (line.kept > 0 && by !== 'week') add('returns_rate', group.ofLine(line.line), line.kept);
  }
  const value = (item: ItemState) => {
    const sold = item.line === null ? undefined : state.lines[item.line]?.sold;
    return sold === undefined ? null : roundHalfUp(sold.price - sold.discount, item.quantity, sold.quantity);
  };
  for (const item of Object.values(state.items)) {
    const grp = group.ofItem(item);
    if (item.line !== null) {
      add('units_received', grp, item.quantity);
      if (by !== 'week') add('returns_rate', grp, item.quantity);
    }
    const worth = value(item);
    const reason = item.reasonFound ?? (item.line === null ? null : state.lines[item.line]?.reason);
    const fault = reason == null ? null : faultOf(reason);
    if (worth !== null && (fault === 'carrier' || fault === 'vendor')) {
      const claimed = all('claim_opened').some(({ parcel }) => parcel === item.parcel);
      add(`${fault}_claims`, grp, claimed ? worth : 0, worth, currency);
    }
    const end = item.stage === 'disposed' ? item.choice?.disposition : undefined;
    if (end === undefined || end === 'return_to_customer' || end === 'repair_and_return') continue;
    add(
      'resell',
      grp,
      ['restock', 'rework', 'refurbish', 'liquidate'].includes(end) ? item.quantity : 0,
      item.quantity,
    );
    const isDiverted = ['recycle', 'harvest_parts', 'donate'].includes(end);
    if (isDiverted || end === 'destroy') add('recycling_diversion', grp, isDiverted ? item.quantity : 0, item.quantity);
    if (worth !== null) {
      const net = item.choice?.alternatives.find(({ disposition }) => disposition === end)?.net ?? 0;
      add('expected_recovery', grp, net, worth, currency);
    }
  }
  const shipped = all('exchange_shipped').length > 0;
  const replaced = all('settlement_due').flatMap(({ items, instrument }) =>
    instrument === 'replacement' ? items : [],
  );
  for (const item of Object.values(state.items)) {
    if (item.line === null) continue;
    const isReplaced = shipped && replaced.some((whole) => isOf(item.item, whole));
    add('replacement_frequency', group.ofItem(item), isReplaced ? item.quantity : 0, item.quantity);
  }
  // What the work cost lies in the books of the work, which these lives have none of.
  for (const { item, into } of all('item_worked_on')) {
    const root = Object.values(state.items).find((each) => isOf(each.item, item.split('.', 1)[0] ?? item));
    const units = into.reduce((sum, { quantity }) => sum + quantity, 0);
    if (root !== undefined) add('repair_cost', group.ofItem(root), 0, units, currency);
  }
  const grades = new Map<string, string>();
  for (const { type, item, into } of recorded.flatMap(({ event }) =>
    event.type === 'item_inspected' || event.type === 'item_worked_on' ? [event] : [],
  )) {
    for (const part of type === 'item_worked_on' ? into : []) grades.set(part.item, part.grade);
    if (type === 'item_worked_on') continue;
    const before = grades.get(item);
    const root = Object.values(state.items).find((each) => into.some((part) => isOf(each.item, part.item)));
    if (before !== undefined && root !== undefined) {
      add('inspection_agreement', group.ofItem(root), into.every(({ grade }) => grade === before) ? 1 : 0, 1);
    }
    for (const part of into) grades.set(part.item, part.grade);
  }
  for (const { item } of all('inspection_confirmed')) {
    const root = Object.values(state.items).find((each) => isOf(each.item, item));
    if (root !== undefined) add('inspection_agreement', group.ofItem(root), 1, 1);
  }
  const pickups = new Set(all('pickup_booked').map(({ pickup }) => pickup));
  for (const { subject, currency: charged, amount } of postings) {
    for (const grp of group.ofReturn) {
      add(pickups.has(subject) ? 'pickup_cost' : 'label_cost', grp, amount, null, charged);
    }
  }
  const feesOf = (line: string) => rulesFor(state.policy, state.lines[line]?.sold.category ?? null).fees;
  const settlements = all('settlement_due');
  for (const line of settlements.flatMap(({ lines }) => lines)) {
    const { restockingBasisPoints } = feesOf(line.line);
    if (restockingBasisPoints === 0 || line.restockingFee !== 0) continue;
    const waived = roundHalfUp(line.price - line.discount, restockingBasisPoints, 10_000);
    add('restocking_waived', group.ofLine(line.line), waived, null, currency);
  }
  const settled = settlements.flatMap(({ lines }) => lines);
  const carriage = Math.min(...settled.map(({ line }) => feesOf(line).returnShipping[currency] ?? 0));
  const withGoods = settlements.filter(({ items }) => items.length > 0);
  const used = all('label_bought').some(
    ({ parcel }) =>
      all('parcel_received').some((event) => event.parcel === parcel) ||
      all('parcel_tracked').some((event) => event.parcel === parcel && scans.includes(event.status)),
  );
  if (carriage > 0 && used && withGoods.length > 0 && settlements.every(({ shippingFee }) => shippingFee === 0)) {
    const waived = Math.min(
      carriage,
      withGoods.reduce((sum, { total }) => sum + total.amount, 0),
    );
    for (const grp of group.ofReturn) add('shipping_waived', grp, waived, null, currency);
  }
  const moments = momentsOf(recorded);
  for (const [stage, [since, till]] of Object.entries(stages) as [Stage, readonly [string, string]][]) {
    const from = moments[since];
    const to = moments[till];
    if (from === undefined || to === undefined || to < from) continue;
    for (const grp of group.ofReturn) took(stage, grp, (to - from) / 1000);
  }
}

const isOf = (item: string, whole: string) => item === whole || item.startsWith(`${whole}.`);

function momentsOf(recorded: readonly Recorded[]): Readonly<Record<string, number | undefined>> {
  const at = (is: (event: ReturnEvent) => boolean) =>
    recorded.filter(({ event }) => is(event)).map(({ at: instant }) => Date.parse(instant));
  const first = (is: (event: ReturnEvent) => boolean) => at(is).sort((a, b) => a - b)[0];
  const last = (is: (event: ReturnEvent) => boolean) => at(is).sort((a, b) => b - a)[0];
  return {
    requested: first(({ type }) => type === 'requested'),
    authorized: first(({ type }) => type === 'authorized'),
    handed_over: first(
      (event) => event.type === 'pickup_collected' || (event.type === 'parcel_tracked' && scans.includes(event.status)),
    ),
    received: first(({ type }) => type === 'parcel_received'),
    inspected: last(({ type }) => type === 'item_inspected' || type === 'inspection_confirmed'),
    disposed: last(({ type }) => type === 'disposition_confirmed'),
    settled: last(({ type }) => type === 'refund_succeeded'),
    done: last(({ type }) => type === 'disposition_confirmed' || type === 'refund_succeeded'),
    closed: last((event) => event.type === 'closed' && event.outcome === 'completed'),
  };
}

type Groups = {
  readonly ofReturn: readonly (string | null)[];
  readonly ofLine: (line: string) => string | null;
  readonly ofItem: (item: ItemState) => string | null;
};

function groupsIn(state: Opened, by: Dimension, recorded: readonly Recorded[]): Groups {
  const one = (grp: string): Groups => ({ ofReturn: [grp], ofLine: () => grp, ofItem: () => grp });
  const byLine = (of: (line: Opened['lines'][string]) => string): Groups => ({
    ofReturn: [...new Set(Object.values(state.lines).map(of))],
    ofLine: (line) => (state.lines[line] === undefined ? null : of(state.lines[line])),
    ofItem: ({ line }) => (line === null || state.lines[line] === undefined ? null : of(state.lines[line])),
  });
  switch (by) {
    case 'none':
      return one('all');
    case 'facility':
      return one(state.firstFacility ?? state.facility);
    case 'program':
      return one(state.program);
    case 'week':
      return one(weekOf(new Date(recorded[0]?.at ?? 0)));
    case 'sku':
      return { ...byLine(({ sold }) => sold.sku), ofItem: ({ sku }) => sku };
    case 'category':
      return byLine(({ sold }) => sold.category);
    case 'reason':
      return byLine(({ reason }) => reason);
    case 'carrier': {
      const carriers = new Map(
        recorded.flatMap(({ event }) =>
          event.type === 'label_bought' ? [[event.parcel, event.carrier] as const] : [],
        ),
      );
      return {
        ofReturn: carriers.size === 0 ? [null] : [...new Set(carriers.values())],
        ofLine: () => null,
        ofItem: ({ parcel }) => carriers.get(parcel) ?? null,
      };
    }
  }
}

/** ISO 8601: the week belongs to the year of its Thursday. */
function weekOf(at: Date): string {
  const day = 86_400_000;
  const midnight = Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate());
  const thursday = new Date(midnight + (4 - (new Date(midnight).getUTCDay() || 7)) * day);
  const week = Math.floor((thursday.getTime() - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / day / 7) + 1;
  return `${thursday.getUTCFullYear()}-W${String(week).padStart(2, '0')}`;
}
