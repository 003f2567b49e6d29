import type { AttentionReason } from '../attention.ts';
import type { DiscrepancyKind } from '../events/items.ts';
import type { ReturnEvent } from '../events.ts';
import { wholesOf } from '../item-id.ts';
import { raise } from '../raise.ts';
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
  serial_repeated: 'serial_mismatch',
  not_authorized: 'not_authorized',
  kit_incomplete: 'not_authorized',
} as const satisfies Record<DiscrepancyKind, AttentionReason>;

/** What a discrepancy of an item makes known, and whom it asks; `offset` counts what the same command asks before it. */
export const discrepancyOf = (
  state: Opened,
  { item, parcel, quantity }: Pick<ItemState, 'item' | 'parcel' | 'quantity'>,
  line: string,
  kind: DiscrepancyKind,
  offset: number,
): ReturnEvent[] => [
  { type: 'discrepancy_found', discrepancy: `${kind}:${item}`, kind, parcel, line, item, quantity },
  ...raise(state, attentionOf[kind], item, String(quantity), offset),
];

const blocking: readonly AttentionReason[] = ['lot_mismatch', 'serial_mismatch', 'not_authorized', 'units_not_held'];

/** What waits for a person before it can be accepted. */
export const blockedSubjects = ({ attention }: Opened): ReadonlySet<string> =>
  new Set(Object.values(attention).flatMap(({ reason, subject }) => (blocking.includes(reason) ? [subject] : [])));

/** Whether an item is among what is blocked; parts of a split item wait with the whole. */
export const isBlocked = (blocked: ReadonlySet<string>, { item }: ItemState): boolean =>
  blocked.size > 0 && wholesOf(item).some((whole) => blocked.has(whole));
