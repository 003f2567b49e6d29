import type { ReturnCommand } from '../commands.ts';
import { costOf } from '../cost.ts';
import { find } from '../find.ts';
import { type Answer, refuse } from '../refuse.ts';
import type { Opened } from '../state.ts';
import { goesElsewhere } from './dispose.ts';

/**
 * An execution (a vendor return, a lot, a work order) takes an item that waits to go its way. Until it ends or lets go,
 * nobody else inspects, disposes or confirms the item: it is in at most one execution. Asked again, nothing changes.
 */
export function takeUp(state: Opened, command: Extract<ReturnCommand, { type: 'take_up' }>): Answer {
  if (state.phase === 'closed') return refuse('return_closed');
  const item = find(state.items, command.item);
  if (item === undefined) return refuse('unknown_item', 'item');
  const { execution, disposition, quantity } = command;
  if (item.execution === execution) return [];
  if (item.stage === 'disposed') return refuse('item_already_moved', 'item');
  if (item.execution != null) return refuse('item_in_execution', 'item', { execution: item.execution });
  if (disposition === 'quarantine') return refuse('item_not_disposed', 'item');
  if (item.stage !== 'disposing' || item.choice?.disposition !== disposition || item.quantity !== quantity) {
    return refuse('item_has_changed', 'item', { disposition, quantity });
  }
  return [{ type: 'item_taken_up', item: item.item, execution }];
}

/**
 * An execution lets go of an item, which waits again, or goes another way where a person said so and nothing bars it;
 * nothing happens where it doesn't hold it.
 */
export function setFree(state: Opened, command: Extract<ReturnCommand, { type: 'set_free' }>, by: string): Answer {
  const item = find(state.items, command.item);
  const { execution, instead } = command;
  if (item === undefined || item.execution !== execution || item.stage === 'disposed') return [];
  const free = { type: 'item_set_free', item: item.item, execution } as const;
  if (instead === undefined || item.choice === null) return [free];
  const elsewhere = goesElsewhere(state, item, item.choice, { disposition: instead, note: null }, by);
  return 'refusal' in elsewhere ? [free] : [free, ...elsewhere];
}

/**
 * What we got back from others for an item; also after the return has closed, which it stays. All of them together never
 * come to more than the item's cost: who is paid more than the loss makes a gain of it.
 */
export function recordRecovery(state: Opened, command: Extract<ReturnCommand, { type: 'record_recovery' }>): Answer {
  const item = find(state.items, command.item);
  if (item === undefined) return refuse('unknown_item', 'item');
  const { from, reference, amount } = command;
  if (!Number.isSafeInteger(amount) || amount < 1) return refuse('amount_not_positive', 'amount');
  const left = costOf(state, item) - (item.recovered ?? 0);
  if (amount > left)
    return refuse('recovery_exceeds_cost', 'amount', { asked: amount, available: left, currency: state.currency });
  return [{ type: 'recovery_recorded', item: item.item, from, reference, amount }];
}
