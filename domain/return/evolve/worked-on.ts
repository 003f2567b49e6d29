import type { Instant } from '../../time/duration.ts';
import type { ItemEvent } from '../events/items.ts';
import type { ItemState, Opened } from '../state.ts';
import { deviceOf, shareOf, without } from './item-parts.ts';

/** Comes back from a bench in parts, each in its own state, to choose its way again. */
export function comeBack(state: Opened, event: Extract<ItemEvent, { type: 'item_worked_on' }>, at: Instant): Opened {
  const item = state.items[event.item];
  if (item === undefined) throw new Error(`no item ${event.item}`);
  const { [event.item]: _whole, ...items } = state.items;
  const parts: Record<string, ItemState> = { ...items };
  let left: ItemState = item;
  for (const { item: id, quantity, units, serials, facts, grade, outcome, added } of event.into) {
    const share = shareOf(left, quantity);
    left = { ...left, ...without(left, share), quantity: left.quantity - quantity };
    parts[id] = {
      ...item,
      ...{ item: id, quantity, units, serials, facts, grade },
      ...{ stage: 'inspected', choice: null, execution: null, overdue: false, waitsSince: at },
      ...share,
      ...deviceOf(item, serials, []),
      work: {
        disposition: event.disposition,
        outcome,
        refurbished:
          (item.work?.refurbished ?? 0) + (event.disposition === 'refurbish' && outcome === 'mended' ? 1 : 0),
        added: (share.work?.added ?? 0) + added,
        found: item.work?.found ?? item.grade ?? grade,
      },
    };
  }
  return { ...state, items: parts };
}
