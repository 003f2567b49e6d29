import { isOwnWish } from '../eligibility/grounds.ts';
import { countUnits } from '../goods/units.ts';
import { leavesWholeKits } from '../sale/kit.ts';
import type { ItemState, LineState, Opened } from './state.ts';

/**
 * The lines of a return with components of the same kit as one of them; empty where it may come back by itself, also as a
 * person has let it in without the others.
 */
export function comesWith(
  state: Opened,
  { sold, reason, codes }: Pick<LineState, 'sold' | 'reason' | 'codes'>,
): readonly LineState[] {
  const { kit } = sold;
  const isBound = kit !== undefined && state.policy.kits === 'whole_only' && !codes.includes('kit_incomplete');
  if (!isBound || !isOwnWish({ sold, reason })) return [];
  return Object.values(state.lines).filter((line) => line.sold.kit?.kit === kit.kit);
}

/** Whether whole kits are left to the buyer of what a line was sold in, when each of the lines brings so many units. */
export const leavesWhole = (
  { sold }: LineState,
  lines: readonly LineState[],
  bringing: (line: LineState) => number,
): boolean =>
  sold.kit === undefined ||
  leavesWholeKits(sold.kit, new Map(lines.map((line) => [line.sold.orderLine, bringing(line)])));

/** Units of a line that have come and weren't rejected, or are settled without; what is still to come is not among them. */
export function cameFor({ items }: Opened, line: LineState): number {
  const rejected = Object.values(items)
    .filter((item: ItemState) => item.line === line.line && item.acceptance === 'rejected')
    .reduce((sum, { quantity }) => sum + quantity, 0);
  return line.received - rejected + line.kept + countUnits(line.compensatedUnits);
}
