import { unreachable } from '../../unreachable.ts';
import type { RejectionEvent } from '../events/rejection.ts';
import type { Opened } from '../state.ts';
import { changeItem } from './items.ts';

export function evolveRejection(state: Opened, event: RejectionEvent): Opened {
  switch (event.type) {
    case 'choice_due': {
      const { offered, until, fee } = event;
      return changeItem(state, event.item, { rejection: { offered, until, fee: fee.amount, choice: 'open' } });
    }
    case 'choice_made': {
      const { rejection } = state.items[event.item] ?? {};
      if (rejection === undefined) throw new Error(`nobody was asked about ${event.item}`);
      // Who takes a part of the money leaves us the goods.
      const taken = event.choice === 'partial_refund' ? ({ acceptance: 'accepted' } as const) : {};
      return changeItem(state, event.item, { rejection: { ...rejection, choice: event.choice }, ...taken });
    }
    default:
      return unreachable(event);
  }
}
