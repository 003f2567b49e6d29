import { evolveAttention } from '../process/attention.ts';
import type { Instant } from '../time/duration.ts';
import type { CommonEvent } from './events.ts';
import { evolveItem } from './item.ts';
import type { ExecutionState } from './state.ts';
import { evolveStopped } from './stop-sale.ts';

/** The state of an execution after something that happens to every kind. */
export function evolveCommon<Reason, State extends ExecutionState<Reason, unknown>>(
  state: State,
  event: CommonEvent<Reason, unknown>,
  at: Instant,
): State {
  switch (event.type) {
    case 'attention_raised':
    case 'attention_resolved':
      return evolveAttention(state, event, at);
    case 'reconciliation_required':
      return { ...state, disagreements: event.disagreements };
    case 'reconciliation_retried':
      return { ...state, disagreements: [] };
    case 'goods_stopped':
    case 'goods_released':
      return { ...state, stopped: evolveStopped(state.stopped, event) };
    default:
      return { ...state, items: evolveItem(state.items, event) };
  }
}
