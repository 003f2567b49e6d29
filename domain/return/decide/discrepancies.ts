import type { AttentionReason } from '../attention.ts';
import type { DiscrepancyKind } from '../events/items.ts';
import { isPartOf } from '../item-id.ts';
import type { ItemState, Opened } from '../state.ts';

/** The queue's reason for each discrepancy. */
export const attentionOf = {
  over: 'over_receipt',
  short: 'short',
  wrong_item: 'wrong_item',
  empty_box: 'empty_box',
  damaged_in_transit: 'damaged_in_transit',
  lot_mismatch: 'lot_mismatch',
  serial_mismatch: 'serial_mismatch',
  not_authorized: 'not_authorized',
} as const satisfies Record<DiscrepancyKind, AttentionReason>;

const blocking: readonly AttentionReason[] = ['lot_mismatch', 'serial_mismatch', 'not_authorized', 'units_not_held'];

/** An item waits for a person before it can be accepted; parts of a split item wait with the whole. */
export function isBlocked(state: Opened, item: ItemState): boolean {
  return Object.values(state.attention).some(
    (open) => blocking.includes(open.reason) && isPartOf(item.item, open.subject),
  );
}
