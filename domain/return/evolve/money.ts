import { withDispute } from '../../money/dispute.ts';
import type { PaymentFacts } from '../../sale/order.ts';
import type { Instant } from '../../time/duration.ts';
import { unreachable } from '../../unreachable.ts';
import { goneFromBasket } from '../basket.ts';
import type { MoneyEvent, RefundLeg } from '../events/money.ts';
import type { LineState, Opened, RefundState } from '../state.ts';
import { inAdvance, notInAdvance, setOffAgainst, settledAsItIs } from './claw-back.ts';
import { eachItem } from './items.ts';

export function evolveMoney(state: Opened, event: MoneyEvent, at: Instant): Opened {
  switch (event.type) {
    case 'settlement_due':
      return settle(state, event);
    case 'refund_requested':
      return changeRefund(state, event.refund, {
        state: 'requested',
        providerId: event.providerId,
        requestedAt: at,
      });
    case 'refund_succeeded':
      return succeed(state, event);
    case 'refund_failed':
      return changeRefund(takeBack(state, event.refund), event.refund, { state: 'failed', code: event.code });
    case 'refund_replaced': {
      const settlement = state.refunds[event.refund]?.settlement;
      if (settlement === undefined) throw new Error(`no refund ${event.refund}`);
      const replaced = changeRefund(takeBack(state, event.refund), event.refund, { state: 'replaced' });
      return event.by.reduce((next, leg) => addLeg(next, leg, settlement), replaced);
    }
    case 'refund_written_off':
      return changeRefund(takeBack(state, event.refund), event.refund, { state: 'written_off' });
    case 'refund_frozen':
      return freeze(state, event.refund);
    case 'dispute_noted':
      return changePayment(state, event.payment, (payment) => withDispute(payment, event.dispute));
    case 'basket_refreshed':
      return state.basket === undefined ? state : { ...state, basket: event.basket };
    case 'payments_refreshed':
      return { ...state, payments: event.payments };
    default:
      return unreachable(event);
  }
}

function succeed(state: Opened, { refund, providerId }: Extract<MoneyEvent, { type: 'refund_succeeded' }>): Opened {
  const succeeded = changeRefund(state, refund, { state: 'succeeded', providerId, code: null });
  const { clawback, amount = 0 } = state.refunds[refund] ?? {};
  return clawback === undefined ? succeeded : setOffAgainst(succeeded, clawback, amount);
}

function settle(before: Opened, event: Extract<MoneyEvent, { type: 'settlement_due' }>): Opened {
  const state = eachItem((event.advanced ?? []).reduce(inAdvance, before), event.items, settleItem);
  const lines: Record<string, LineState> = { ...state.lines };
  for (const id of event.withoutGoods) {
    const line = lines[id];
    if (line !== undefined) lines[id] = { ...line, dueUnits: [] };
  }
  const { settlement, shippingFee, instrument, outboundShipping, again } = event;
  const settled: Opened = {
    ...state,
    lines,
    settlements: {
      ...state.settlements,
      [settlement]: {
        ...{ settlement, shippingFee, instrument, total: event.total.amount },
        ...(outboundShipping === undefined ? {} : { outboundShipping }),
        ...(again === undefined ? {} : { others: again.others }),
      },
    },
  };
  const paid = event.legs.reduce((next, leg) => addLeg(next, leg, settlement), settled);
  return again === undefined ? paid : goneFromBasket(paid, event.lines);
}

function settleItem(state: Opened, id: string): Opened {
  const { line = null, units = [] } = state.items[id] ?? {};
  const settled = settledAsItIs(state, id);
  return line === null ? settled : notInAdvance(settled, { line, units });
}

function addLeg(state: Opened, leg: RefundLeg, settlement: string): Opened {
  const refund: RefundState = { ...leg, settlement, state: 'due', providerId: null, requestedAt: null, code: null };
  return countAgainstPayment({ ...state, refunds: { ...state.refunds, [leg.refund]: refund } }, leg, leg.amount);
}

const givenUp: readonly RefundState['state'][] = ['failed', 'replaced', 'written_off'];

/** A refund that will not be made gives its payment the room back, once. */
function takeBack(state: Opened, id: string): Opened {
  const refund = state.refunds[id];
  return refund === undefined || givenUp.includes(refund.state)
    ? state
    : countAgainstPayment(state, refund, -refund.amount);
}

/** What a refund waits for is a dispute, whether we had heard of it or the provider said so when it was asked. */
function freeze(state: Opened, id: string): Opened {
  const payment = state.refunds[id]?.payment ?? '';
  return changePayment(changeRefund(state, id, { state: 'frozen' }), payment, (each) => ({ ...each, disputed: true }));
}

function countAgainstPayment(state: Opened, { to, payment }: RefundLeg, amount: number): Opened {
  if (payment === null) return state;
  return changePayment(state, payment, (each) => {
    if (to === 'chargeback') return { ...each, settledByChargeback: (each.settledByChargeback ?? 0) + amount };
    if (to === 'store_credit' || to === 'exchange') return { ...each, credited: (each.credited ?? 0) + amount };
    return { ...each, refunded: each.refunded + amount };
  });
}

const changePayment = (state: Opened, payment: string, change: (payment: PaymentFacts) => PaymentFacts): Opened => ({
  ...state,
  payments: state.payments.map((each) => (each.payment === payment ? change(each) : each)),
});

export function changeRefund(state: Opened, id: string, change: Partial<RefundState>): Opened {
  const refund = state.refunds[id];
  if (refund === undefined) throw new Error(`no refund ${id}`);
  return { ...state, refunds: { ...state.refunds, [id]: { ...refund, ...change } } };
}
