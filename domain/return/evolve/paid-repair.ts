import type { Instant } from '../../time/duration.ts';
import { unreachable } from '../../unreachable.ts';
import type { PaidRepairEvent } from '../events/paid-repair.ts';
import { type PaidRepairState, unquoted } from '../paid-repair.ts';
import type { Opened } from '../state.ts';
import { changeItem } from './items.ts';
import { claimableAgain } from './repair.ts';

export function evolvePaidRepair(state: Opened, event: PaidRepairEvent, at: Instant): Opened {
  switch (event.type) {
    case 'repair_quoted': {
      const { price, total, diagnosis, diagnosisTax, until } = event;
      const quoted = { total: total.amount, tax: price.tax, diagnosis: diagnosis.amount, diagnosisTax, until };
      return change(waiting(state, event.item), event.item, () => ({ ...unquoted(at), ...quoted }), at);
    }
    case 'repair_quote_reminded':
      return change(state, event.item, ({ reminders }) => ({ reminders: reminders + 1 }), at);
    case 'repair_agreed':
      return change(state, event.item, () => ({ state: 'agreed', clawback: event.clawback }), at);
    case 'repair_paid': {
      const { received, charge } = event;
      return change(state, event.item, () => ({ state: 'paid', received: received.amount, charge }), at);
    }
    case 'paid_repair_ended': {
      const { why: end, repay } = event;
      return change(waiting(state, event.item), event.item, () => ({ state: 'ended', end, repay: repay.amount }), at);
    }
    case 'repair_repaid':
      return change(state, event.item, () => ({ repay: 0 }), at);
    case 'repair_repayment_refused':
      return change(state, event.item, () => ({ charge: null }), at);
    case 'returned_unrepaired':
      return claimableAgain(state, event);
    default:
      return unreachable(event);
  }
}

/** It chooses its way again once its owner has agreed, or not. */
const waiting = (state: Opened, id: string): Opened =>
  state.items[id]?.stage === 'disposing'
    ? changeItem(state, id, { stage: 'inspected', choice: null, overdue: false })
    : state;

const change = (
  state: Opened,
  id: string,
  to: (paid: PaidRepairState) => Partial<PaidRepairState>,
  at: Instant,
): Opened => {
  const paid = state.items[id]?.paidRepair ?? unquoted(at);
  return changeItem(state, id, { paidRepair: { ...paid, ...to(paid) } });
};
