import { roomOf } from '../../money/dispute.ts';
import { difference } from '../../money/settlement.ts';
import { rulesFor } from '../../policy/rules-for.ts';
import { keptByBuyer, netGiven, settledDifference } from '../claw-back.ts';
import type { ReturnCommand } from '../commands.ts';
import type { ReturnEvent } from '../events.ts';
import { categoryOf } from '../item-category.ts';
import { isPartOf } from '../item-id.ts';
import { isAskedAbout, raise } from '../raise.ts';
import { type Answer, refuse } from '../refuse.ts';
import type { ItemState, Opened } from '../state.ts';
import { quoteHeld } from './authorize.ts';
import { claim, claimByHand } from './claw-back.ts';
import { settlement } from './settle.ts';

/**
 * Goods that were settled before anybody looked at them, or are graded again: what they are worth more is paid, what they
 * are worth less is claimed, or asked of a person, as the policy says. Where what is kept was priced again, what was settled
 * stays: a share of what else fell then can't be told from a share of the goods' worth.
 */
export function adjustSettled(state: Opened): readonly ReturnEvent[] {
  if (state.basket !== undefined) return [];
  for (const item of Object.values(state.items)) {
    const how = rulesFor(state.policy, categoryOf(state, item)).refund.adjustAfterSettlement;
    const differs = how === undefined ? null : settledDifference(state, item);
    if (differs === null) continue;
    const { before, now, line } = differs;
    if (now > before) {
      const paid = { items: [item.item], withoutGoods: [], lines: [line], shippingFee: 0, total: now - before };
      return settlement(state, paid);
    }
    if (how === 'claim') return claimDifference(state, [item]);
    if (!isAskedAbout(state, 'settlement_differs', item.item))
      return raise(state, 'settlement_differs', item.item, `${before} ${now}`);
  }
  return [];
}

/** Items, or the parts they were split into, for which more was settled than they are worth. */
export const settledTooHigh = (state: Opened, subject: string): ItemState[] =>
  Object.values(state.items).filter((item) => {
    const differs = isPartOf(item.item, subject) ? settledDifference(state, item) : null;
    return differs !== null && differs.now < differs.before;
  });

/** Claims what was settled too much for items, as one claim. */
export function claimDifference(state: Opened, items: readonly ItemState[]): ReturnEvent[] {
  const differing = items.flatMap((item) => {
    const differs = settledDifference(state, item);
    return differs === null ? [] : [{ item: item.item, line: differs.line }];
  });
  if (differing.length === 0) return [];
  const lines = differing.map(({ line }) => difference(difference(line, line), line));
  return [claim(state, { cause: 'regraded', goods: [], items: differing.map(({ item }) => item), lines })];
}

/**
 * A person pays or claims what no rule makes due. Never more than the order's payments still hold, never more than the
 * buyer was given. What is credited on account was perhaps never paid, and store credit and goods leave payments as they are:
 * there it is never more than the goods cost.
 */
export function adjust(state: Opened, command: Extract<ReturnCommand, { type: 'adjust' }>): Answer {
  const { direction, amount, code, note } = command;
  if (state.phase === 'in_review') return refuse('not_authorized');
  if (state.authorizedAt === null) return refuse('return_declined');
  if (!Number.isSafeInteger(amount) || amount < 1) return refuse('amount_not_positive', 'amount');
  const available = Math.max(0, direction === 'claim' ? netGiven(state) : payable(state));
  if (amount > available) return refuse('adjustment_exceeds', 'amount', { available, currency: state.currency });
  const adjustment = { code, note };
  const events =
    direction === 'claim'
      ? [claimByHand(state, amount, adjustment)]
      : settlement(state, { items: [], withoutGoods: [], lines: [], shippingFee: 0, total: amount, adjustment });
  return state.phase === 'closed' ? [{ type: 'reopened' }, ...events] : events;
}

function payable(state: Opened): number {
  const kept = keptByBuyer(state);
  const { lines, outboundShipping } = quoteHeld(state);
  const cost = lines.reduce((sum, { price, discount, tax }) => sum + price - discount + tax, outboundShipping);
  if (state.instrument === 'credit_memo') return cost - kept;
  const captured = state.payments.reduce((sum, payment) => sum + payment.captured, 0);
  const room = state.payments.reduce((sum, payment) => sum + roomOf(payment), 0);
  const left = Math.min(room, captured - kept);
  return state.instrument === 'original' ? left : Math.min(left, cost - kept);
}
