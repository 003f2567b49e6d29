import type { ReturnCommand } from '../commands.ts';
import type { ReturnEvent } from '../events.ts';
import { find } from '../find.ts';
import { fold } from '../fold.ts';
import { vetoesOn } from '../goods-of.ts';
import { isUnderWay } from '../parcel.ts';
import { isAskedAbout, isRaised, raise } from '../raise.ts';
import { type Answer, refuse } from '../refuse.ts';
import type { ItemState, Opened } from '../state.ts';

/**
 * Goods that are not this return's go on: to a receipt of their own, as if they had come in a parcel that nobody expected. That is
 * what is on no line, and what lies on a line while a person is asked whose it is. A line that had it waits for its own goods
 * again. What a veto holds stays, as a receipt knows of none.
 */
export function handOn(state: Opened, command: Extract<ReturnCommand, { type: 'hand_on' }>): Answer {
  if (state.phase === 'closed') return refuse('return_closed');
  const item = find(state.items, command.item);
  if (item === undefined) return refuse('unknown_item', 'item');
  if (item.stage === 'disposed') return refuse('item_already_moved', 'item');
  if (item.execution != null) return refuse('item_in_execution', 'item', { execution: item.execution });
  if (!isStrange(state, item)) return refuse('item_of_return', 'item', { item: item.item });
  const vetoes = item.recalled === true ? ['recalled'] : vetoesOn(state, item);
  if (vetoes.length > 0) return refuse('disposition_vetoed', 'item', { vetoes: vetoes.join(', ') });
  const { receipt, to, partial, note } = command;
  const { sku, quantity, lot, serials, line } = item;
  const handedOn: ReturnEvent = {
    type: 'item_handed_on',
    ...{ item: item.item, line, receipt, to, partial, note },
    content: {
      ...{ sku, quantity },
      ...(lot === null ? {} : { lot }),
      ...(serials.length === 0 ? {} : { serials }),
      ...(item.reasonFound === 'damaged_in_transit' ? { damagedInTransit: true } : {}),
    },
  };
  return [handedOn, ...nowShort(state, item, handedOn)];
}

/** On no line; or a person is asked whether it is what the line's buyer has bought, and nobody has taken it. */
const isStrange = (state: Opened, { item, line, acceptance, settled }: ItemState): boolean =>
  line === null ||
  (acceptance === 'pending' &&
    !settled &&
    (['serial_mismatch', 'lot_mismatch'] as const).some((reason) => isAskedAbout(state, reason, item)));

/** What the line now lacks asks a person, unless another parcel is on its way. */
function nowShort(state: Opened, { line, parcel }: ItemState, event: ReturnEvent): ReturnEvent[] {
  if (line === null || Object.values(state.parcels).some(isUnderWay) || isRaised(state, 'short', line)) return [];
  const left = fold(state, [{ at: '', by: '', event }]) as Opened;
  const quantity = left.lines[line]?.outstanding ?? 0;
  if (quantity === 0) return [];
  return [
    { type: 'discrepancy_found', discrepancy: `short:${line}`, kind: 'short', parcel, line, item: null, quantity },
    ...raise(state, 'short', line, String(quantity)),
  ];
}
