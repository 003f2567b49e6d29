import { after, type Instant } from '../../time/duration.ts';
import type { ReturnCommand } from '../commands.ts';
import type { DroppedBecause } from '../events/exchange.ts';
import type { ReturnEvent } from '../events.ts';
import {
  creditedTo,
  type ExchangeState,
  type GoodsOut,
  goodsToShip,
  instrumentNow,
  isPaidOtherwise,
  lackOf,
  legsTowards,
  moreIsToBeCredited,
  type Shipment,
} from '../exchange.ts';
import { fold } from '../fold.ts';
import { raise } from '../raise.ts';
import { type Answer, type Refused, refuse } from '../refuse.ts';
import { carryOver } from '../replaced.ts';
import type { ReturnRequest } from '../request.ts';
import type { Opened } from '../state.ts';
import { withdrawAdvance } from './hold.ts';
import { payOut } from './refund.ts';

/**
 * What follows for the goods that the buyer is to get: ready once they are covered and reserved; to be paid for where
 * nothing more will be credited; given up where nothing was.
 */
export function whatExchangeNeeds(state: Opened, at: Instant): readonly ReturnEvent[] {
  const { exchange } = state;
  if (exchange === undefined || exchange.state === 'shipped' || exchange.state === 'dropped') return [];
  const goods = goodsToShip(state, exchange);
  const more = moreIsToBeCredited(state);
  const { exchange: id } = exchange;
  if (isCovered(state, exchange, goods, more)) {
    if (exchange.stock !== 'reserved' || isSame(exchange, goods)) return [];
    return [{ type: 'exchange_ready', exchange: id, goods }];
  }
  if (more) return exchange.state === 'ready' ? [{ type: 'exchange_withheld', exchange: id }] : [];
  if (exchange.kind === 'replacement' || creditedTo(state) === 0) return drop(state, 'nothing_accepted', at);
  const amount = lackOf(state);
  if (exchange.stock !== 'reserved' || (exchange.state === 'payment_due' && exchange.due === amount)) return [];
  const until = after(at, state.policy.exchange?.payWithin ?? 'P7D');
  return [{ type: 'exchange_payment_due', exchange: id, amount: { amount, currency: state.currency }, until }];
}

/** A replacement is of what was credited once no more will be, so that it is shipped once, and of nothing that became money. */
const isCovered = (state: Opened, { kind }: ExchangeState, goods: readonly GoodsOut[], more: boolean): boolean =>
  kind === 'replacement' ? !more && goods.length > 0 && !isPaidOtherwise(state) : lackOf(state) === 0;

const isSame = ({ state, toShip }: ExchangeState, goods: readonly GoodsOut[]): boolean =>
  state === 'ready' && JSON.stringify(toShip) === JSON.stringify(goods);

/** No goods go out: what was credited towards them is paid as money, and the stock is free again. */
export function drop(state: Opened, why: DroppedBecause, at: Instant): ReturnEvent[] {
  const { exchange, currency } = state;
  if (exchange === undefined || exchange.state === 'shipped' || exchange.state === 'dropped') return [];
  const repay = { amount: exchange.paid, currency };
  const events: ReturnEvent[] = [
    ...withdrawAdvance(state),
    { type: 'exchange_dropped', exchange: exchange.exchange, why, repay },
  ];
  let now = next(state, events, at);
  for (const { refund, settlement, amount, payment } of legsTowards(state)) {
    // What it was given in the place of has room for it again.
    const free = next(now, [{ type: 'refund_replaced', refund, by: [] }], at);
    const { legs, events: known } = payOut(free, settlement, amount, instrumentNow(free), payment);
    const paid: ReturnEvent[] = [{ type: 'refund_replaced', refund, by: legs }, ...known];
    events.push(...paid);
    now = next(now, paid, at);
  }
  if (repay.amount > 0) events.push(...raise(now, 'exchange_repayment', exchange.exchange, String(repay.amount)));
  return events;
}

const next = (state: Opened, events: readonly ReturnEvent[], at: Instant): Opened =>
  fold(
    state,
    events.map((event) => ({ at, by: '', event })),
  ) as Opened;

/** An exchange names goods with a price; nothing else does. */
export function misnamedGoods({ instrument, wanted }: Pick<ReturnRequest, 'instrument' | 'wanted'>): Refused | null {
  if ((instrument === 'exchange') !== (wanted !== undefined && wanted.length > 0)) {
    return refuse('goods_not_named', 'wanted');
  }
  for (const [index, { quantity, price }] of (wanted ?? []).entries()) {
    if (!Number.isSafeInteger(quantity) || quantity < 1) {
      return refuse('quantity_not_positive', `wanted.${index}.quantity`);
    }
    if (!Number.isSafeInteger(price) || price < 1) return refuse('amount_not_positive', `wanted.${index}.price`);
  }
  return null;
}

/** The shop says that the buyer has paid the difference; said again, nothing new. */
export function payExchange(
  state: Opened,
  { exchange: id, amount, reference }: Extract<ReturnCommand, { type: 'pay_exchange' }>,
): Answer {
  const { exchange } = state;
  if (exchange?.exchange !== id) return refuse('unknown_exchange', 'exchange');
  if (exchange.reference === reference && exchange.paid > 0) return [];
  if (exchange.state !== 'payment_due') return refuse('no_payment_due', 'exchange', { state: exchange.state });
  if (amount !== exchange.due)
    return refuse('amount_not_due', 'amount', { due: exchange.due, currency: state.currency });
  return [{ type: 'exchange_paid', exchange: id, amount: { amount, currency: state.currency }, reference }];
}

/** The shop has shipped the goods: what was credited towards them has reached the buyer. */
export function shipExchange(
  state: Opened,
  { exchange: id, carrier, tracking, serials }: Extract<ReturnCommand, { type: 'ship_exchange' }>,
  at: Instant,
): Answer {
  const { exchange } = state;
  if (exchange?.exchange !== id) return refuse('unknown_exchange', 'exchange');
  if (exchange.state !== 'ready') return refuse('exchange_not_ready', 'exchange', { state: exchange.state });
  const { toShip: goods } = exchange;
  for (const each of serials) {
    const { quantity = 0 } = goods.find(({ sku }) => sku === each.sku) ?? {};
    if (each.serials.length > quantity || new Set(each.serials).size < each.serials.length) {
      return refuse('serials_not_shipped', 'serials', { sku: each.sku, quantity });
    }
  }
  if (new Set(serials.map(({ sku }) => sku)).size < serials.length) {
    return refuse('serials_not_shipped', 'serials', { sku: serials[0]?.sku ?? '', quantity: 0 });
  }
  const goesOver = state.program === 'warranty' && exchange.kind === 'replacement';
  const unnamed = goesOver ? goods.find((each) => isUnnamed(state, each, serials)) : undefined;
  if (unnamed !== undefined) return refuse('replacement_without_serials', 'serials', unnamed);
  return [
    { type: 'exchange_shipped', exchange: id, goods, carrier, tracking, serials },
    ...(goesOver ? [carryOver(state, id, serials, at)] : []),
    ...legsTowards(state).map(({ refund }): ReturnEvent => ({ type: 'refund_succeeded', refund, providerId: null })),
  ];
}

/** A warranty goes over by serial where the sale recorded any. */
const isUnnamed = (state: Opened, { sku, quantity }: GoodsOut, serials: Shipment['serials']): boolean =>
  Object.values(state.lines).some(({ sold }) => sold.sku === sku && sold.serials.length > 0) &&
  (serials.find((each) => each.sku === sku)?.serials.length ?? 0) < quantity;

/** The buyer wants money after all, or the shop can't send the goods. */
export function dropExchange(
  state: Opened,
  { exchange: id }: Extract<ReturnCommand, { type: 'drop_exchange' }>,
  at: Instant,
): Answer {
  const { exchange } = state;
  if (exchange?.exchange !== id) return refuse('unknown_exchange', 'exchange');
  const { state: is, stock } = exchange;
  if (is === 'shipped' || is === 'dropped') return refuse('exchange_ended', 'exchange', { state: is });
  return stock === 'none' ? refuse('not_authorized') : drop(state, 'withdrawn', at);
}

/** The buyer didn't pay in time, or the shop doesn't ship. */
export const exchangeOverdue = (state: Opened, at: Instant): readonly ReturnEvent[] =>
  state.exchange?.state === 'payment_due'
    ? drop(state, 'unpaid', at)
    : raise(state, 'exchange_late', state.exchange?.exchange ?? '');

/** The shop has given the buyer's payment of the difference back. */
export function exchangeRepaid({ exchange, currency }: Opened): readonly ReturnEvent[] {
  if (exchange === undefined || exchange.paid === 0) return [];
  return [{ type: 'exchange_repaid', exchange: exchange.exchange, amount: { amount: exchange.paid, currency } }];
}
