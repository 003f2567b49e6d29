import { chooseDisposition, type Disposition, type DispositionChoice, isAllowed } from '../../goods/disposition.ts';
import type { Instant } from '../../time/duration.ts';
import { awaitsSecond } from '../agreement.ts';
import type { ReturnCommand } from '../commands.ts';
import { costOf } from '../cost.ts';
import type { ReturnEvent } from '../events.ts';
import { find } from '../find.ts';
import { goodsOf } from '../goods-of.ts';
import { awaitsAgreement, hasEnded } from '../paid-repair.ts';
import { type Answer, refuse } from '../refuse.ts';
import { isOpenChoice } from '../rejection.ts';
import { isMended, isUnderRepair, ownerOf, repairReturned } from '../repair.ts';
import type { ItemState, Opened } from '../state.ts';

/** Items that are inspected and accepted, rejected, or on no line, get their way. */
export function whatDispositionNeeds(state: Opened): readonly ReturnEvent[] {
  return Object.values(state.items).flatMap((item): ReturnEvent[] => {
    const ready =
      item.stage === 'inspected' && !awaitsSecond(state, item) && (item.acceptance !== 'pending' || item.line === null);
    const waits = isOpenChoice(item) || (isUnderRepair(state, item) && awaitsAgreement(state, item));
    const choice = ready && !waits ? choiceFor(state, item) : null;
    return choice === null ? [] : [{ type: 'item_disposed', item: item.item, choice, by: null, note: null }];
  });
}

/** A person chooses another way than the engine did; vetoes hold for everybody. */
export function dispose(state: Opened, command: Extract<ReturnCommand, { type: 'dispose' }>, by: string): Answer {
  if (state.phase === 'closed') return refuse('return_closed');
  const item = find(state.items, command.item);
  if (item === undefined) return refuse('unknown_item', 'item');
  if (item.stage === 'disposed') return refuse('item_already_moved', 'item');
  if (item.choice === null || awaitsSecond(state, item)) return refuse('item_not_inspected', 'item');
  if (item.execution != null) return refuse('item_in_execution', 'item', { execution: item.execution });
  return goesElsewhere(state, item, item.choice, command, by);
}

/** An item's new way, unless a veto bars it. */
export function goesElsewhere(
  state: Opened,
  item: ItemState,
  before: DispositionChoice,
  { disposition, note }: { readonly disposition: Disposition; readonly note: string | null },
  by: string,
): Answer {
  // Evidence may have lifted a veto since the choice was made.
  const choice = choiceFor(state, item) ?? before;
  if (ownerOf(state, item) === 'customer' && !mayOwnersGo(item, disposition)) {
    return refuse('owned_by_customer', 'disposition');
  }
  // What was accepted is paid for, or is sent again.
  const keepsBoth =
    (item.settled || item.acceptance === 'accepted') && !isUnderRepair(state, item) && goesBack(disposition);
  if (keepsBoth || !isAllowed(choice, disposition)) {
    const otherwise = item.line === null ? 'on_no_line' : 'not_as_new';
    const vetoes = keepsBoth ? 'settled' : choice.vetoes.join(', ') || otherwise;
    return refuse('disposition_vetoed', 'disposition', { vetoes });
  }
  return [{ type: 'item_disposed', item: item.item, choice: { ...choice, disposition }, by, note }];
}

/** The goods have arrived where they were to go. Quarantine is a wait, not an end: it can't be confirmed. */
export function confirmDisposition(
  state: Opened,
  command: Extract<ReturnCommand, { type: 'confirm_disposition' }>,
  at: Instant,
): Answer {
  if (state.phase === 'closed') return refuse('return_closed');
  const item = find(state.items, command.item);
  if (item === undefined) return refuse('unknown_item', 'item');
  if (item.stage === 'disposed') return refuse('item_already_moved', 'item');
  if ((item.execution ?? null) !== (command.execution ?? null)) {
    return refuse('item_in_execution', 'item', { execution: item.execution ?? 'none' });
  }
  const disposition = item.choice?.disposition ?? 'quarantine';
  if (item.stage !== 'disposing' || disposition === 'quarantine') return refuse('item_not_disposed', 'item');
  if (command.execution === undefined && needsCertificate(state, disposition))
    return refuse('certificate_needed', 'item');
  // That it was mended is what a bench says: a hand's word would have a broken thing covered anew, and nobody paid.
  if (command.execution === undefined && disposition === 'repair_and_return' && isUnderRepair(state, item))
    return refuse('repair_not_done', 'item');
  const { evidence, proceeds = 0 } = command;
  if (!Number.isSafeInteger(proceeds) || proceeds < 0) return refuse('amount_not_positive', 'proceeds');
  if (proceeds > 0 && !(isAsset(state, item) && leavesForGood(disposition))) return refuse('no_proceeds', 'proceeds');
  const { salvaged = 0 } = command;
  if (!Number.isSafeInteger(salvaged) || salvaged < 0) return refuse('amount_not_positive', 'salvaged');
  if (salvaged > 0 && disposition !== 'harvest_parts') return refuse('not_taken_apart', 'salvaged');
  const cost = costOf(state, item) + (item.work?.added ?? 0);
  if (salvaged > cost)
    return refuse('salvage_exceeds_cost', 'salvaged', { asked: salvaged, available: cost, currency: state.currency });
  const brought = { ...(proceeds > 0 ? { proceeds } : {}), ...(salvaged > 0 ? { salvaged } : {}) };
  return [
    { type: 'disposition_confirmed', item: item.item, disposition, evidence, ...brought },
    ...(goesBack(disposition) ? repairReturned(state, item, at) : []),
  ];
}

/** Equipment at the end of its life leaves with weights of what went in and came out (Directive 2012/19/EU, Art. 11(4)). */
const needsCertificate = ({ program }: Opened, disposition: Disposition): boolean =>
  program === 'end_of_life' && (disposition === 'recycle' || disposition === 'destroy');

const isAsset = (state: Opened, { line }: ItemState): boolean =>
  line !== null && state.lines[line]?.sold.bookValue !== undefined;

const leavesForGood = (disposition: Disposition): boolean => disposition !== 'restock' && !goesBack(disposition);

/** The engine's choice for an item as it is now; null before it was inspected. */
export function choiceFor(state: Opened, item: ItemState): DispositionChoice | null {
  const goods = goodsOf(state, item);
  if (goods === null) return null;
  const choice = chooseDisposition(goods);
  if (ownerOf(state, item) === 'customer') return ownersChoice(state, item, choice);
  const refused =
    item.acceptance === 'rejected' &&
    !item.settled &&
    item.rejection?.choice !== 'dispose' &&
    isAllowed(choice, 'return_to_customer');
  return refused ? { ...choice, disposition: 'return_to_customer' } : choice;
}

/** Somebody else's goods are mended and go back, or wait; we neither sell them nor build them into others. */
function ownersChoice(state: Opened, item: ItemState, choice: DispositionChoice): DispositionChoice {
  const isLeft = item.rejection?.choice === 'dispose' || item.paidRepair?.end === 'left';
  const scrap = isAllowed(choice, 'recycle') ? 'recycle' : 'destroy';
  const back = isLeft ? scrap : 'return_to_customer';
  const isToBeMended = isUnderRepair(state, item) && !isMended(item) && !hasEnded(item);
  const way = isToBeMended ? 'repair_and_return' : back;
  return { ...choice, disposition: isAllowed(choice, way) ? way : 'quarantine', alternatives: [] };
}

/** What their owner is to get back mended goes nowhere else; what was refused, or isn't mended, may also be scrapped. */
const mayOwnersGo = (item: ItemState, disposition: Disposition): boolean => {
  if (disposition === 'quarantine') return true;
  if (item.acceptance === 'accepted' && !hasEnded(item)) {
    return disposition === 'repair_and_return' || (disposition === 'return_to_customer' && isMended(item));
  }
  return disposition === 'return_to_customer' || disposition === 'recycle' || disposition === 'destroy';
};

/** Whoever was paid for the goods does not get them back as well. */
export const goesBack = (disposition: Disposition | undefined): boolean =>
  disposition === 'return_to_customer' || disposition === 'repair_and_return';
