import { countUnits } from '../../goods/units.ts';
import { rulesFor } from '../../policy/rules-for.ts';
import { awaitsSecond } from '../agreement.ts';
import type { ReturnEvent } from '../events.ts';
import { categoryOf } from '../item-category.ts';
import { cameFor, comesWith, leavesWhole } from '../kit.ts';
import { raise } from '../raise.ts';
import type { ItemState, LineState, Opened } from '../state.ts';
import { blockedSubjects, isBlocked } from './discrepancies.ts';

/**
 * Accepts what arrived and nothing speaks against: at receipt or after inspection, as the policy settles. Components of a kit
 * that comes back whole or not at all wait for one another.
 */
export function acceptItems(state: Opened): readonly ReturnEvent[] {
  return acceptable(state)
    .filter((item) => item.kitAsked === true || kitOf(state, item) === 'whole')
    .map((item) => ({ type: 'item_accepted', item: item.item }));
}

/** What came of a kit without its other components waits for a person, once nothing more of it is to come. */
export function askAboutKits(state: Opened): readonly ReturnEvent[] {
  if (state.policy.kits !== 'whole_only') return [];
  return acceptable(state)
    .filter((item) => item.kitAsked !== true && kitOf(state, item) === 'incomplete')
    .flatMap((item, index): ReturnEvent[] => [
      {
        ...{ type: 'discrepancy_found', discrepancy: `kit_incomplete:${item.item}`, kind: 'kit_incomplete' },
        ...{ parcel: item.parcel, line: item.line, item: item.item, quantity: item.quantity },
      },
      ...raise(state, 'not_authorized', item.item, String(item.quantity), index),
    ]);
}

function acceptable(state: Opened): ItemState[] {
  const blocked = blockedSubjects(state);
  return Object.values(state.items)
    .filter((item) => item.line !== null && item.acceptance === 'pending')
    .filter((item) => isReady(state, blocked, item));
}

const isReady = (state: Opened, blocked: ReadonlySet<string>, item: ItemState): boolean =>
  isHeld(item) && isDue(state, item) && !isBlocked(blocked, item);

/** Whether the kit of an item is there, lacks something for good, or may still become whole. */
function kitOf(state: Opened, item: ItemState): 'whole' | 'incomplete' | 'waits' {
  const line = item.line === null ? undefined : state.lines[item.line];
  if (line === undefined) return 'whole';
  const lines = comesWith(state, { ...line, reason: item.reasonFound ?? line.reason });
  if (lines.length === 0) return 'whole';
  if (lines.some((each) => isAwaited(state, each))) return 'waits';
  return leavesWhole(line, lines, (each) => cameFor(state, each)) ? 'whole' : 'incomplete';
}

function isAwaited(state: Opened, line: LineState): boolean {
  if (line.outstanding > 0 || line.reserving) return true;
  const blocked = blockedSubjects(state);
  return Object.values(state.items).some(
    (item) => item.line === line.line && item.acceptance === 'pending' && !isReady(state, blocked, item),
  );
}

const isHeld = (item: ItemState): boolean => !item.reserving && countUnits(item.units) === item.quantity;

/** What is credited by its grade, or has no receipt, is never due before it was looked at, whatever the policy says. */
const isDue = (state: Opened, item: ItemState): boolean =>
  (item.stage !== 'received' && !awaitsSecond(state, item)) ||
  (state.instrument !== 'repair' &&
    !isByGrade(state, item) &&
    !isWithoutReceipt(state, item) &&
    rulesFor(state.policy, categoryOf(state, item)).refund.timing === 'receipt');

const isWithoutReceipt = (state: Opened, { line }: ItemState): boolean =>
  line !== null && state.lines[line]?.sold.withoutReceipt === true;

const isByGrade = (state: Opened, { line }: ItemState): boolean =>
  line !== null && state.lines[line]?.sold.creditByGrade !== undefined;
