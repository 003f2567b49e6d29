import { barredCodesFor } from '../../eligibility.ts';
import { gradeOf } from '../../grading.ts';
import { countUnits, takeUnits } from '../../units.ts';
import type { ReturnCommand } from '../commands.ts';
import type { InspectedItem, ReturnEvent } from '../events.ts';
import { find } from '../find.ts';
import { categoryOf } from '../item-category.ts';
import { isPartOf } from '../item-id.ts';
import { raise } from '../raise.ts';
import { type Answer, refuse } from '../refuse.ts';
import type { ItemState, Opened } from '../state.ts';

/**
 * Records what was found on an item's units and grades them. Several findings split the item; what was not looked at
 * stays behind. The same item can be graded again until it has moved.
 */
export function inspect(state: Opened, command: Extract<ReturnCommand, { type: 'inspect' }>): Answer {
  if (state.phase === 'closed') return refuse('return_closed');
  const item = find(state.items, command.item);
  if (item === undefined) return refuse('unknown_item', 'item');
  if (item.stage === 'disposed') return refuse('item_already_moved', 'item');
  const { findings } = command;
  const bad = findings.findIndex((finding) => !Number.isSafeInteger(finding.quantity) || finding.quantity < 1);
  if (bad >= 0 || findings.length === 0)
    return refuse('quantity_not_positive', `findings.${Math.max(bad, 0)}.quantity`);
  const quantity = findings.reduce((sum, finding) => sum + finding.quantity, 0);
  if (quantity > item.quantity) {
    return refuse('quantity_exceeds_item', 'findings', { asked: quantity, available: item.quantity });
  }
  const category = categoryOf(state, item) ?? '';
  const whole = findings.length === 1 && quantity === item.quantity;
  const taken = Object.keys(state.items).filter((id) => id.startsWith(`${item.item}.`)).length;
  let { units } = item;
  // Serials that some finding names are not given to the others.
  const claimed = new Set(findings.flatMap((finding) => finding.serials ?? []));
  let serials = item.serials.filter((serial) => !claimed.has(serial));
  const into = findings.map((finding, index): InspectedItem => {
    const part = takeUnits(units, Math.min(finding.quantity, countUnits(units)));
    units = part.rest;
    const named = finding.serials ?? serials.slice(0, finding.quantity);
    serials = serials.filter((serial) => !named.includes(serial));
    return {
      item: whole ? item.item : `${item.item}.${taken + index + 1}`,
      quantity: finding.quantity,
      units: part.taken,
      serials: named,
      facts: finding.facts,
      grade: gradeOf(category, finding.facts),
      reasonFound: finding.reason ?? item.reasonFound,
    };
  });
  return [{ type: 'item_inspected', item: item.item, into }, ...notAsClaimed(state, item, into)];
}

/**
 * The rules judged what was claimed. What they would have barred as it was found (opened hygiene goods, a defect that
 * isn't one on a final sale) waits for a person, unless one has let it in already or it is settled.
 */
function notAsClaimed(state: Opened, item: ItemState, into: readonly InspectedItem[]): ReturnEvent[] {
  const line = item.line === null ? undefined : state.lines[item.line];
  const isAsked = Object.values(state.attention).some(
    (open) => open.reason === 'not_authorized' && isPartOf(item.item, open.subject),
  );
  if (line === undefined || item.settled || item.acceptance === 'rejected' || isAsked) return [];
  const { sold, reason } = line;
  const barred = into.filter(({ reasonFound, facts }) =>
    barredCodesFor({
      sold,
      policy: state.policy,
      at: state.requestedAt,
      reason: reasonFound ?? reason,
      opened: facts.packaging !== 'sealed',
    }).some((code) => !line.codes.includes(code)),
  );
  return barred.flatMap((part, index): ReturnEvent[] => [
    {
      type: 'discrepancy_found',
      discrepancy: `not_authorized:${part.item}`,
      kind: 'not_authorized',
      parcel: item.parcel,
      line: line.line,
      item: part.item,
      quantity: part.quantity,
    },
    ...raise(state, 'not_authorized', part.item, String(part.quantity), index),
  ]);
}
