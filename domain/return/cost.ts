import { gradeFound } from './grade-found.ts';
import type { ItemState, Opened } from './state.ts';

/**
 * What an item's units cost us, in minor units; goods on no line have no known cost and are carried at none. What was
 * offered for is carried at the credit for its grade, and so at none before that is known; an asset at its book value.
 * What work here has added is not in it (see goods/work.ts): nobody else gives us anything for that.
 */
export function costOf(state: Opened, item: Pick<ItemState, 'line' | 'quantity' | 'grade' | 'work'>): number {
  const line = item.line === null ? undefined : state.lines[item.line];
  if (line === undefined) return 0;
  const { bookValue, creditByGrade, unitCost } = line.sold;
  if (bookValue !== undefined) return bookValue * item.quantity;
  if (creditByGrade === undefined) return unitCost * item.quantity;
  const grade = gradeFound(item);
  return grade === null ? 0 : creditByGrade[grade] * item.quantity;
}
