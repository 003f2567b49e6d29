import { givesGoods } from '../../policy/policy.ts';
import type { Instant } from '../../time/duration.ts';
import { unreachable } from '../../unreachable.ts';
import type { ExchangeEvent } from '../events/exchange.ts';
import type { RepairEvent } from '../events/repair.ts';
import { type ExchangeState, exchangeId } from '../exchange.ts';
import type { ReturnRequest } from '../request.ts';
import type { LineState, Opened } from '../state.ts';

/** What a request asks for instead of money; nothing where it asks for that. */
export function exchangeAsked(
  { instrument, wanted = [] }: Pick<ReturnRequest, 'instrument' | 'wanted'>,
  lines: readonly LineState[],
  at: Instant,
): { exchange?: ExchangeState } {
  if (!givesGoods(instrument)) return {};
  const same = lines.map(({ sold, requested }) => ({ sku: sold.sku, quantity: requested, price: 0 }));
  return { exchange: newExchange(instrument, instrument === 'replacement' ? same : wanted, at) };
}

const newExchange = (kind: ExchangeState['kind'], goods: ExchangeState['goods'], since: Instant): ExchangeState => ({
  exchange: exchangeId,
  ...{ kind, goods, since },
  state: 'wanted',
  stock: 'none',
  facility: null,
  toShip: [],
  due: 0,
  paid: 0,
  reference: null,
  shipment: null,
});

/** What isn't repaired is replaced: the goods are to be kept for the buyer. */
export function wantReplacement(
  state: Opened,
  { goods }: Extract<RepairEvent, { type: 'replacement_wanted' }>,
  at: Instant,
): Opened {
  const free = goods.map((each) => ({ ...each, price: 0 }));
  return wantStock({ ...state, exchange: newExchange('replacement', free, at) });
}

/** With the authorization the goods are to be kept for the buyer, also where it comes after the return was declined. */
export const wantStock = (state: Opened): Opened =>
  change(state, ({ stock }) => (stock === 'none' ? { state: 'wanted', stock: 'wanted' } : {}));

/** The shop's stock held goods although it had been told to let go. */
export const releaseAgain = (state: Opened): Opened => change(state, () => ({ stock: 'releasing' }));

/** A person knows that the goods wait to be shipped. */
export const waitToShip = (state: Opened, at: Instant): Opened => change(state, () => ({ since: at }));

export function evolveExchange(state: Opened, event: ExchangeEvent, at: Instant): Opened {
  switch (event.type) {
    case 'exchange_reserved':
      // Dropped while it was being reserved: given back under a new id.
      return change(state, ({ stock, stoppedBy }) =>
        stock === 'wanted'
          ? { stock: 'reserved', facility: event.facility, ...(stoppedBy === undefined ? {} : { stoppedBy: null }) }
          : {},
      );
    case 'exchange_stopped':
      return change(state, () => ({
        ...{ state: 'wanted', stock: 'wanted', facility: null, stoppedBy: event.recall },
        ...{ due: 0, toShip: [], since: at },
      }));
    case 'exchange_payment_due':
      return change(state, () => ({ state: 'payment_due', due: event.amount.amount, toShip: [], since: at }));
    case 'exchange_paid':
      return change(state, ({ paid }) => ({
        paid: paid + event.amount.amount,
        due: 0,
        reference: event.reference,
        state: 'wanted',
        since: at,
      }));
    case 'exchange_ready':
      return change(state, () => ({ state: 'ready', due: 0, toShip: event.goods, since: at }));
    case 'exchange_withheld':
      return change(state, () => ({ state: 'wanted', toShip: [], since: at }));
    case 'exchange_shipped': {
      const { goods: toShip, carrier, tracking, serials } = event;
      const shipment = { carrier, tracking, serials };
      return change(state, () => ({ state: 'shipped', stock: 'releasing', toShip, shipment, since: at }));
    }
    case 'exchange_dropped':
      return change(state, ({ stock }) => ({
        state: 'dropped',
        stock: stock === 'none' ? stock : 'releasing',
        due: 0,
        toShip: [],
        since: at,
      }));
    case 'exchange_repaid':
      return change(state, ({ paid }) => ({ paid: paid - event.amount.amount }));
    case 'stock_released':
      return change(state, () => ({ stock: 'released' }));
    default:
      return unreachable(event);
  }
}

function change(state: Opened, to: (exchange: ExchangeState) => Partial<ExchangeState>): Opened {
  const { exchange } = state;
  return exchange === undefined ? state : { ...state, exchange: { ...exchange, ...to(exchange) } };
}
