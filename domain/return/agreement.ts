import { rulesFor } from '../policy/rules-for.ts';
import { worthOfLine } from '../sale/order.ts';
import { categoryOf } from './item-category.ts';
import type { ItemState, LineState, Opened } from './state.ts';

/** It was graded, and nobody else has come to the same grade yet: it is neither settled nor moved on. */
export const awaitsSecond = (state: Opened, item: ItemState): boolean =>
  item.stage === 'inspected' && item.gradedBy.length < 2 && needsTwoPeople(state, item);

/**
 * Whether the goods of a line are graded by two people: by what the whole line is worth net of tax, so that splitting an
 * item doesn't take it below the threshold. Goods on no line have no worth that we know.
 */
function needsTwoPeople(state: Opened, item: ItemState): boolean {
  const line = item.line === null ? undefined : state.lines[item.line];
  const threshold = rulesFor(state.policy, categoryOf(state, item)).inspection.twoPeopleAbove[state.currency];
  return line !== undefined && threshold !== undefined && worthOf(line) > threshold;
}

const worthOf = ({ sold, requested }: LineState): number =>
  Math.round((worthOfLine(sold) * requested) / Math.max(1, sold.quantity));
