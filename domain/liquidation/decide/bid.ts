import { itemKey } from '../../execution/item.ts';
import { type Refused, refuse } from '../../execution/refusals.ts';
import { barredByRecall } from '../../execution/stop-sale.ts';
import type { Instant } from '../../time/duration.ts';
import type { LiquidationCommand } from '../commands.ts';
import type { LiquidationEvent } from '../events.ts';
import { priceByItem } from '../figures.ts';
import type { Bid, Opened } from '../state.ts';
import { wrongAmount } from './amount.ts';

type Answer = readonly LiquidationEvent[] | Refused;
type Command<T extends LiquidationCommand['type']> = Extract<LiquidationCommand, { type: T }>;

/** More bids than anybody compares; a liquidation is carried whole from one run of its process to the next. */
const MOST_BIDS = 200;

/** Offers goods of returns for sale; their returns are asked for the items at the same time. */
export function request({ number, request: asked }: Command<'request'>): Answer {
  if (asked.items.length === 0) return refuse('nothing_left', 'items');
  return wrongAmount(asked.reserve, 'reserve', 0) ?? [{ type: 'requested', number, request: asked }];
}

/** A liquidator bids for the whole; an earlier bid of the same one that is still open makes way. */
export function recordBid(state: Opened, command: Command<'record_bid'>, at: Instant): Answer {
  if (state.status !== 'open') return refuse(notOpen(state));
  const { liquidator, amount, currency, validUntil } = command;
  const wrong = wrongAmount(amount, 'amount');
  if (wrong !== null) return wrong;
  if (currency !== state.currency) return refuse('currency_differs', 'currency', { currency: state.currency });
  if (validUntil <= at) return refuse('time_in_the_past', 'validUntil');
  const bids = Object.values(state.bids);
  if (bids.length >= MOST_BIDS) return refuse('too_many_bids', undefined, { most: MOST_BIDS });
  return [
    ...bids
      .filter((bid) => bid.state === 'open' && bid.liquidator === liquidator)
      .map(({ bid }) => ({ type: 'bid_replaced', bid }) as const),
    { type: 'bid_recorded', bid: `B${bids.length + 1}`, liquidator, amount, validUntil, round: state.round },
  ];
}

export function withdrawBid(state: Opened, id: string): Answer {
  const bid = openBid(state, id);
  return 'refusal' in bid ? bid : [{ type: 'bid_withdrawn', bid: id }];
}

/** Another least price; who has bid still stands by it, and time begins anew. */
export function reprice(state: Opened, { reserve, note }: Command<'reprice'>): Answer {
  if (state.status !== 'open') return refuse(notOpen(state));
  return wrongAmount(reserve, 'reserve', 0) ?? [{ type: 'repriced', round: state.round + 1, reserve, note }];
}

/**
 * Goods that may not be sold after all leave the lot: recalled or held ones wait in quarantine for a person, so that no
 * other lot gathers them.
 */
export function takeOut(state: Opened, { rma, item: id, cause, note }: Command<'take_out'>): Answer {
  if (state.status !== 'open') return refuse(notOpen(state));
  const key = itemKey({ rma, item: id });
  const item = Object.hasOwn(state.items, key) ? state.items[key] : undefined;
  if (item?.state === 'wanted') return refuse('still_gathering');
  if (item?.state !== 'held') return refuse('unknown_item', 'item');
  return [
    { type: 'taken_out', rma, item: id, cause, note },
    { type: 'item_let_go', rma, item: id, ...(cause === 'mistake' ? {} : { instead: 'quarantine' }) },
  ];
}

/** Sells to the liquidator of a bid that still stands. Below the reserve somebody must have said so, and why. */
export function acceptBid(state: Opened, command: Command<'accept_bid'>, at: Instant): Answer {
  if (state.status !== 'open') return refuse(notOpen(state));
  const barred = barredByRecall(state);
  if (barred !== null) return barred;
  const bid = openBid(state, command.bid);
  if ('refusal' in bid) return bid;
  const { amount: price, liquidator } = bid;
  if (bid.validUntil <= at) return refuse('bid_not_open', 'bid', { state: 'lapsed' });
  if (Object.values(state.items).some((item) => item.state === 'wanted')) return refuse('still_gathering');
  const belowReserve = price < state.reserve;
  const { invoice, note } = command;
  if (belowReserve && !(command.belowReserve && note !== null)) {
    return refuse('below_reserve', 'bid', { bid: price, reserve: state.reserve, currency: state.currency });
  }
  const items = priceByItem(state, price);
  return [{ type: 'sold', bid: bid.bid, liquidator, price, invoice, items, belowReserve, note }];
}

function openBid(state: Opened, id: string): Bid | Refused {
  const bid = Object.hasOwn(state.bids, id) ? state.bids[id] : undefined;
  if (bid === undefined) return refuse('unknown_bid', 'bid');
  return bid.state === 'open' ? bid : refuse('bid_not_open', 'bid', { state: bid.state });
}

/** What is said of a command that comes when the goods are not for sale any more. */
const notOpen = ({ status }: Opened) =>
  status === 'sold' || status === 'shipped' ? 'already_sold' : 'execution_closed';
