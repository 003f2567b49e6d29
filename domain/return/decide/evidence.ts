import type { ReturnCommand } from '../commands.ts';
import type { ReturnEvent } from '../events.ts';
import { changeItem } from '../evolve/items.ts';
import { find } from '../find.ts';
import { evidenceOf, vetoesOn } from '../goods-of.ts';
import { type Answer, refuse } from '../refuse.ts';
import type { ItemState, Opened } from '../state.ts';
import { choiceFor, goesBack } from './dispose.ts';

/**
 * Evidence about an item: alone it lifts a veto, whoever records it. An item that waits for it gets its way anew; one that a
 * person has sent somewhere stays on that way. What goes back to its owner is not wiped without the owner's recorded consent.
 */
export function recordEvidence(state: Opened, command: Extract<ReturnCommand, { type: 'record_evidence' }>): Answer {
  if (state.phase === 'closed') return refuse('return_closed');
  const item = find(state.items, command.item);
  if (item === undefined) return refuse('unknown_item', 'item');
  if (item.stage === 'disposed') return refuse('item_already_moved', 'item');
  if (item.execution != null) return refuse('item_in_execution', 'item', { execution: item.execution });
  const { evidence } = command;
  if ('serials' in evidence) {
    if (evidence.serials.length === 0) return refuse('serials_needed', 'serials');
    const stranger = evidence.serials.find((serial) => isStranger(item, serial));
    if (stranger !== undefined) return refuse('serial_not_in_item', 'serials', { serial: stranger });
  }
  if (evidence.kind === 'data_wiped' && evidence.consent === undefined && goesBack(item.choice?.disposition)) {
    return refuse('consent_needed', 'consent');
  }
  const known = evidenceOf(item);
  if (known.some((each) => JSON.stringify(each) === JSON.stringify(evidence))) return [];
  const after = { ...item, evidence: [...known, evidence] };
  const recorded: ReturnEvent = { type: 'evidence_recorded', item: item.item, evidence };
  return [recorded, ...disposedAnew(changeItem(state, item.item, after), item, after)];
}

/** Whether a serial can't be one of the item's: all of its units are known by others. */
const isStranger = ({ serials, quantity }: ItemState, serial: string): boolean =>
  serials.length >= quantity && !serials.includes(serial);

function disposedAnew(state: Opened, before: ItemState, after: ItemState): ReturnEvent[] {
  const isSent = before.chosenByPerson === true && before.choice?.disposition !== 'quarantine';
  if (before.stage !== 'disposing' || isSent) return [];
  const left = vetoesOn(state, after);
  if ((before.choice?.vetoes ?? []).every((veto) => left.includes(veto))) return [];
  const choice = choiceFor(state, after);
  return choice === null ? [] : [{ type: 'item_disposed', item: after.item, choice, by: null, note: null }];
}
