import { gradeOf } from '../../goods/grading.ts';
import { unseen } from '../../goods/inspection.ts';
import { countUnits, takeUnits } from '../../goods/units.ts';
import { isWork, type WorkResult } from '../../goods/work.ts';
import type { ReturnCommand } from '../commands.ts';
import type { WorkedItem } from '../events/items.ts';
import { find } from '../find.ts';
import { categoryOf } from '../item-category.ts';
import { type Answer, type Refused, refuse } from '../refuse.ts';
import { ownerOf } from '../repair.ts';
import type { ItemState, Opened } from '../state.ts';

/**
 * An item comes back from the execution that worked on it: each part of it in its new state, graded anew, to choose its
 * way again. What its buyer is settled by stays the grade in which it came back.
 */
export function recordWork(state: Opened, command: Extract<ReturnCommand, { type: 'record_work' }>): Answer {
  if (state.phase === 'closed') return refuse('return_closed');
  const item = find(state.items, command.item);
  if (item === undefined) return refuse('unknown_item', 'item');
  const { execution, results } = command;
  if (item.stage === 'disposed') return refuse('item_already_moved', 'item');
  if (item.execution !== execution) {
    return refuse('item_in_execution', 'item', { execution: item.execution ?? 'none' });
  }
  const disposition = item.choice?.disposition;
  if (item.stage !== 'disposing' || !isWork(disposition)) return refuse('item_not_disposed', 'item');
  const wrong = wrongResults(item, results);
  if (wrong !== null) return wrong;
  return [{ type: 'item_worked_on', item: item.item, execution, disposition, into: partsOf(state, item, results) }];
}

function wrongResults(item: ItemState, results: readonly WorkResult[]): Refused | null {
  const bad = results.findIndex(({ quantity }) => !Number.isSafeInteger(quantity) || quantity < 1);
  if (bad >= 0) return refuse('quantity_not_positive', `results.${bad}.quantity`);
  const odd = results.findIndex(({ added }) => !Number.isSafeInteger(added) || added < 0);
  if (odd >= 0) return refuse('amount_not_positive', `results.${odd}.added`);
  const asked = results.reduce((sum, { quantity }) => sum + quantity, 0);
  return asked === item.quantity
    ? null
    : refuse('quantity_exceeds_item', 'results', { asked, available: item.quantity });
}

function partsOf(state: Opened, item: ItemState, results: readonly WorkResult[]): WorkedItem[] {
  const category = categoryOf(state, item) ?? '';
  const taken = Object.keys(state.items).filter((id) => id.startsWith(`${item.item}.`)).length;
  const claimed = new Set(results.flatMap(({ serials }) => serials));
  let unclaimed = item.serials.filter((serial) => !claimed.has(serial));
  let { units } = item;
  const isOurs = ownerOf(state, item) === 'ours';
  return results.map(({ quantity, serials, outcome, facts, added }, index): WorkedItem => {
    const part = takeUnits(units, Math.min(quantity, countUnits(units)));
    units = part.rest;
    const named = serials.length > 0 ? serials : unclaimed.slice(0, quantity);
    unclaimed = unclaimed.filter((serial) => !named.includes(serial));
    const now = facts ?? asLeft(item, outcome);
    return {
      item: results.length === 1 ? item.item : `${item.item}.${taken + index + 1}`,
      ...{ quantity, units: part.taken, serials: named, facts: now, grade: gradeOf(category, now) },
      // Somebody else's goods are carried at nothing, whatever was done to them.
      ...{ reasonFound: item.reasonFound, outcome, added: isOurs ? added : 0 },
    };
  });
}

/** What goods are like that nobody has looked at since: as they came, and defective where they are beyond repair. */
function asLeft({ facts }: ItemState, outcome: WorkResult['outcome']): WorkedItem['facts'] {
  const before = facts ?? unseen;
  return outcome === 'beyond_repair' ? { ...before, function: 'defective' } : before;
}
