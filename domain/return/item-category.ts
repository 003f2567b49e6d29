import type { ItemState, Opened } from './state.ts';

/** What an item was sold as, which picks its rules; null for goods on no line. */
export function categoryOf(state: Opened, item: ItemState): string | null {
  return item.line === null ? null : (state.lines[item.line]?.sold.category ?? null);
}
