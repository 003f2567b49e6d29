import { allocate, type LineToSettle, returnShippingFee, type SettledLine, settleLine } from '../../settlement.ts';
import { countUnits } from '../../units.ts';
import type { ReturnCommand } from '../commands.ts';
import type { RefundLeg, ReturnEvent } from '../events.ts';
import { raise } from '../raise.ts';
import { type Answer, refuse } from '../refuse.ts';
import type { ItemState, Opened, RefundState } from '../state.ts';
import { isBlocked } from './discrepancies.ts';

/** Accepts what arrived and nothing speaks against: at receipt or after inspection, as the policy settles. */
export function acceptItems(state: Opened): readonly ReturnEvent[] {
  return Object.values(state.items)
    .filter((item) => item.line !== null && item.acceptance === 'pending' && isHeld(item))
    .filter((item) => isDue(state, item) && !isBlocked(state, item))
    .map((item) => ({ type: 'item_accepted', item: item.item }));
}

/** One settlement of all that has become due: accepted items, and units that are settled without goods. */
export function settleWhatIsDue(state: Opened): readonly ReturnEvent[] {
  const items = Object.values(state.items).filter(
    (item) => item.acceptance === 'accepted' && !item.settled && isHeld(item) && isDue(state, item),
  );
  const withoutGoods = Object.values(state.lines).filter((line) => line.dueUnits.length > 0);
  if (items.length === 0 && withoutGoods.length === 0) return [];
  const toSettle: LineToSettle[] = [
    ...items.flatMap((item): LineToSettle[] => {
      const line = item.line === null ? undefined : state.lines[item.line];
      if (line === undefined) return [];
      const { sold, reason } = line;
      return [{ line: line.line, sold, units: item.units, reason: item.reasonFound ?? reason, grade: item.grade }];
    }),
    ...withoutGoods.map(({ line, sold, dueUnits: units, reason }) => ({ line, sold, units, reason, grade: null })),
  ];
  const lines = toSettle.map((each) => settleLine({ ...each, policy: state.policy }));
  const amount = lines.reduce((sum, line) => sum + line.amount, 0);
  const shippingFee = items.length === 0 ? 0 : Math.min(amount, shippingFeeOf(state));
  return settlement(state, {
    items: items.map((item) => item.item),
    withoutGoods: withoutGoods.map((line) => line.line),
    lines,
    shippingFee,
    total: amount - shippingFee,
  });
}

type ToPay = {
  readonly items: readonly string[];
  readonly withoutGoods: readonly string[];
  readonly lines: readonly SettledLine[];
  readonly shippingFee: number;
  readonly total: number;
};

/** Splits a total into refunds; what no payment can take goes to a person. */
function settlement(state: Opened, { items, withoutGoods, lines, shippingFee, total }: ToPay): ReturnEvent[] {
  const id = `S${Object.keys(state.settlements).length + 1}`;
  const { instrument, currency } = state;
  const { legs: paid, shortfall } =
    instrument === 'original' ? allocate(total, state.payments) : { legs: [], shortfall: 0 };
  const legs: RefundLeg[] = paid.map(({ payment: { payment, providerPaymentId }, amount }, index) => ({
    refund: `${id}-${index + 1}`,
    to: 'payment',
    payment,
    providerPaymentId,
    amount,
  }));
  const unpaid = instrument === 'store_credit' ? total : shortfall;
  const rest: RefundLeg = {
    refund: `${id}-${legs.length + 1}`,
    to: instrument === 'store_credit' ? 'store_credit' : 'nowhere',
    payment: null,
    providerPaymentId: null,
    amount: unpaid,
  };
  if (unpaid > 0) legs.push(rest);
  const due: ReturnEvent = {
    type: 'settlement_due',
    settlement: id,
    items,
    withoutGoods,
    lines,
    shippingFee,
    total: { amount: total, currency },
    instrument,
    legs,
  };
  if (unpaid === 0) return [due];
  if (rest.to === 'store_credit') return [due, { type: 'refund_succeeded', refund: rest.refund, providerId: null }];
  const code = state.payments.some((payment) => payment.disputed) ? 'payment_disputed' : 'refund_over_payment';
  return [due, { type: 'refund_failed', refund: rest.refund, code }, ...raise(state, code, rest.refund)];
}

/** News of a refund from its provider; a closed return comes back to life when its refund turns out to have failed. */
export function refundUpdated(state: Opened, command: Extract<ReturnCommand, { type: 'refund_update' }>): Answer {
  const refund = state.refunds[command.refund];
  if (refund === undefined) return refuse('unknown_refund', 'refund');
  const events = refundHeard(state, refund, command.status, command.providerId, 'failed_at_provider');
  return state.phase === 'closed' && events.length > 0 ? [{ type: 'reopened' }, ...events] : events;
}

/** What a provider's word on a refund changes, whichever way and however often it reaches us. */
export function refundHeard(
  state: Opened,
  refund: RefundState,
  status: 'succeeded' | 'pending' | 'failed',
  providerId: string,
  code: string,
): ReturnEvent[] {
  const open = refund.state === 'due' || refund.state === 'requested';
  if (status === 'pending') {
    return refund.state === 'due' ? [{ type: 'refund_requested', refund: refund.refund, providerId }] : [];
  }
  if (status === 'succeeded') {
    return open ? [{ type: 'refund_succeeded', refund: refund.refund, providerId }] : [];
  }
  // A bank may send a refund back days after the provider called it a success.
  if (!open && refund.state !== 'succeeded') return [];
  const reason = code === 'payment_disputed' ? 'payment_disputed' : 'refund_failed';
  return [{ type: 'refund_failed', refund: refund.refund, code }, ...raise(state, reason, refund.refund, code)];
}

const isHeld = (item: ItemState): boolean => !item.reserving && countUnits(item.units) === item.quantity;

const isDue = (state: Opened, item: ItemState): boolean =>
  state.policy.refund.timing === 'receipt' || item.stage !== 'received';

/** The fee for the way back, until one settlement has taken it. */
function shippingFeeOf(state: Opened): number {
  const taken = Object.values(state.settlements).some((settled) => settled.shippingFee > 0);
  const reasons = Object.values(state.lines).map((line) => line.reason);
  return taken ? 0 : returnShippingFee(state.policy, state.currency, reasons);
}
