import { countUnits, withoutUnits } from '../goods/units.ts';
import { givesMoney, type Instrument } from '../policy/policy.ts';
import { after, type Instant } from '../time/duration.ts';
import type { Adjustment } from './events/money.ts';
import { isPaidFor } from './paid-repair.ts';
import { isRepaired } from './repair.ts';
import type { WantedGoods } from './request.ts';
import type { ItemState, LineState, Opened, RefundState } from './state.ts';

/** Units of a SKU that go out to the buyer. */
export type GoodsOut = { readonly sku: string; readonly quantity: number };

/** How goods went out; the new serials where the shop recorded them. */
export type Shipment = {
  readonly carrier: string | null;
  readonly tracking: string | null;
  readonly serials: readonly { readonly sku: string; readonly serials: readonly string[] }[];
};

/**
 * What a buyer gets for what comes back. `exchange`: other goods at a price, the difference paid either way.
 * `replacement`: of every unit that comes back the same again, and no money.
 */
export type ExchangeState = {
  readonly exchange: string;
  readonly kind: 'exchange' | 'replacement';
  /** What was asked for; of a replacement without prices. */
  readonly goods: readonly WantedGoods[];
  readonly state: 'wanted' | 'payment_due' | 'ready' | 'shipped' | 'dropped';
  /** What the shop's stock holds for us; `releasing`: it is to forget it, but for what was shipped. */
  readonly stock: 'none' | 'wanted' | 'reserved' | 'releasing' | 'released';
  /** Where the stock is; null until it is reserved. */
  readonly facility: string | null;
  /** The recall that stopped the goods that were kept; absent while none has, null once others are kept. */
  readonly stoppedBy?: string | null;
  /** What may be shipped, or was. */
  readonly toShip: readonly GoodsOut[];
  /** Minor units that the buyer has yet to pay, and has paid. */
  readonly due: number;
  readonly paid: number;
  /** The shop's own name for that payment. */
  readonly reference: string | null;
  /** When it came into its state, or when a person last heard that it waits: its deadline counts from here. */
  readonly since: Instant;
  readonly shipment: Shipment | null;
};

/** A return has one exchange at most. */
export const exchangeId = 'X1';

export const exchangeStates = [
  'wanted',
  'payment_due',
  'ready',
  'shipped',
  'dropped',
] as const satisfies readonly ExchangeState['state'][];

/** What the goods cost the buyer, in minor units; 0 for a replacement. */
export const priceOf = ({ goods }: ExchangeState): number => goods.reduce((sum, { price }) => sum + price, 0);

/** Minor units of what comes back that go towards the goods. */
export const creditedTo = (state: Opened): number =>
  Object.values(state.refunds)
    .filter(({ to, state: now }) => to === 'exchange' && (now === 'due' || now === 'succeeded'))
    .reduce((sum, { amount }) => sum + amount, 0);

/** Credit towards goods that haven't gone out. */
export const legsTowards = (state: Opened): RefundState[] =>
  Object.values(state.refunds).filter(({ to, state: is }) => to === 'exchange' && is === 'due');

/** Something of what would be the same again is money instead: charged back, paid despite a dispute, or written off. */
export const isPaidOtherwise = (state: Opened): boolean =>
  Object.values(state.refunds).some(
    ({ to, state: is, settlement }) =>
      state.settlements[settlement]?.instrument === 'replacement' &&
      is !== 'replaced' &&
      (is === 'written_off' || (to !== 'exchange' && to !== 'offset')),
  );

/** Minor units that the goods still lack; what is left of a replacement's settlements all goes towards it. */
export function lackOf(state: Opened): number {
  const { exchange } = state;
  if (exchange === undefined || exchange.state === 'shipped' || exchange.state === 'dropped') return 0;
  if (exchange.kind === 'replacement') return Number.MAX_SAFE_INTEGER;
  return Math.max(0, priceOf(exchange) - exchange.paid - creditedTo(state));
}

/**
 * How settlements are paid now: as goods while they lack something, else, as what a person adjusts by hand, by what the
 * policy offers first that is money, the original payment before all.
 */
export function instrumentNow(state: Opened, byHand?: Adjustment): Instrument {
  if (givesMoney(state.instrument)) return state.instrument;
  // What isn't repaired is paid, unless it is replaced; that is said item by item.
  if (state.instrument !== 'repair' && lackOf(state) > 0 && byHand === undefined) return state.instrument;
  if (state.gift === true) return 'store_credit';
  const money = state.policy.refund.instruments.filter(givesMoney);
  return money.includes('original') ? 'original' : (money[0] ?? 'original');
}

/** How an accepted item is paid: like its return, or as what its owner gets for goods that aren't repaired. */
export function instrumentFor(state: Opened, { instead }: ItemState): Instrument {
  if (instead === undefined || (instead === 'replacement' && lackOf(state) === 0)) return instrumentNow(state);
  return instead;
}

/** Nothing is paid for what is repaired; what is to be replaced waits until that is asked for. */
export const isPayable = (state: Opened, { instead }: ItemState): boolean =>
  state.instrument !== 'repair' ||
  (instead !== undefined && (instead !== 'replacement' || state.exchange !== undefined));

/** The units that may go out as the return stands: all of an exchange, or as many as were credited of a replacement. */
export function goodsToShip(state: Opened, exchange: ExchangeState): readonly GoodsOut[] {
  if (exchange.kind === 'exchange') return bySku(exchange.goods);
  return bySku(
    Object.values(state.lines).map((line) => ({ sku: line.sold.sku, quantity: creditedUnits(state, line) })),
  );
}

/** One entry a SKU, in their order, without those of which there are none. */
export function bySku(goods: readonly GoodsOut[]): readonly GoodsOut[] {
  const sums = new Map<string, number>();
  for (const { sku, quantity } of goods) sums.set(sku, (sums.get(sku) ?? 0) + quantity);
  return [...sums].flatMap(([sku, quantity]) => (quantity > 0 ? [{ sku, quantity }] : []));
}

const itemsOf = (state: Opened, line: LineState): ItemState[] =>
  Object.values(state.items).filter((item) => item.line === line.line);

/** Items of a line that are settled as they were accepted; of those that weren't repaired, what is replaced. */
export const replaced = (state: Opened, line: LineState): ItemState[] =>
  itemsOf(state, line).filter(
    ({ settled, acceptance, instead }) =>
      settled && acceptance === 'accepted' && (state.instrument !== 'repair' || instead === 'replacement'),
  );

/** Units of a line that are settled: in advance, without goods, or as they were accepted. */
export function creditedUnits(state: Opened, line: LineState): number {
  const whole = replaced(state, line).reduce((sum, { quantity }) => sum + quantity, 0);
  if (state.instrument === 'repair') return whole;
  const due = countUnits(line.dueUnits);
  const without = countUnits(line.keptUnits) + countUnits(line.compensatedUnits) - due;
  return whole + Math.max(0, without) + countUnits(line.advancedUnits ?? []);
}

/** Something is still to be settled, or waits for a dispute, so that more may be credited by itself. */
export function moreIsToBeCredited(state: Opened): boolean {
  const lines = Object.values(state.lines).some(
    (line) =>
      line.reserving ||
      line.dueUnits.length > 0 ||
      countUnits(withoutUnits(line.units, line.advancedUnits ?? [])) > 0 ||
      itemsOf(state, line).some(
        (item) => isYetToSettle(line, item) && !isRepaired(state, item) && !isPaidFor(state, item),
      ),
  );
  return lines || Object.values(state.refunds).some((refund) => refund.state === 'frozen');
}

const isYetToSettle = (line: LineState, item: ItemState): boolean =>
  (item.acceptance === 'accepted' && !item.settled) ||
  (item.acceptance === 'pending' &&
    (item.units.length === 0 || countUnits(withoutUnits(item.units, line.advancedUnits ?? [])) > 0));

/** By when the buyer is to pay, or the shop to ship; null where nothing waits. */
export function exchangeDueAt({ policy, exchange }: Opened): Instant | null {
  if (exchange?.state === 'payment_due') return after(exchange.since, policy.exchange?.payWithin ?? 'P7D');
  if (exchange?.state === 'ready') return after(exchange.since, policy.exchange?.shipWithin ?? 'P3D');
  return null;
}
