import { countUnits } from '../../goods/units.ts';
import { settleLine } from '../../money/settlement.ts';
import { givesMoney } from '../../policy/policy.ts';
import type { RejectedChoice } from '../../policy/rejection.ts';
import { after, type Instant } from '../../time/duration.ts';
import { awaitsSecond } from '../agreement.ts';
import type { ReturnCommand } from '../commands.ts';
import type { ReturnEvent } from '../events.ts';
import { find } from '../find.ts';
import { gradeFound } from '../grade-found.ts';
import { type Answer, refuse } from '../refuse.ts';
import { isOpenChoice } from '../rejection.ts';
import type { ItemState, Opened } from '../state.ts';
import { claimService } from './claw-back.ts';
import { choiceFor } from './dispose.ts';

/**
 * Asks the buyer of goods that aren't accepted what is to become of them, where the policy lets them choose and no veto
 * keeps the goods here. Nobody is asked twice.
 */
export function askForChoice(state: Opened, at: Instant): readonly ReturnEvent[] {
  const terms = state.policy.rejected;
  if (terms === undefined) return [];
  const { currency } = state;
  return Object.values(state.items)
    .filter((item) => awaitsQuestion(state, item))
    .map((item): ReturnEvent => {
      const partial = partialRefund(state, item);
      const offered: RejectedChoice[] = [
        'return_to_customer',
        'dispose',
        ...(partial > 0 ? ['partial_refund' as const] : []),
      ];
      const fee = { amount: terms.returnFee?.[currency] ?? 0, currency };
      const money = { fee, partialRefund: { amount: partial, currency } };
      return { type: 'choice_due', item: item.item, offered, ...money, until: after(at, terms.chooseWithin) };
    });
}

const awaitsQuestion = (state: Opened, item: ItemState): boolean =>
  item.acceptance === 'rejected' &&
  item.stage === 'inspected' &&
  item.line !== null &&
  item.rejection === undefined &&
  !item.settled &&
  !awaitsSecond(state, item) &&
  choiceFor(state, item)?.disposition === 'return_to_customer';

/** A part of the money is offered where money is what the buyer gets, for units that the return holds. */
function partialRefund(state: Opened, item: ItemState): number {
  const line = item.line === null ? undefined : state.lines[item.line];
  const share = state.policy.rejected?.partialRefundBasisPoints;
  if (line === undefined || share === undefined || !givesMoney(state.instrument)) return 0;
  // What is priced by grade, or again with what is kept, is all or nothing.
  if (state.basket !== undefined || line.sold.creditByGrade !== undefined) return 0;
  if (countUnits(item.units) < item.quantity) return 0;
  const { sold, floor, reason } = line;
  const what = { line: line.line, sold, units: item.units, floor, grade: gradeFound(item), share };
  return settleLine({ ...what, reason: item.reasonFound ?? reason, policy: state.policy }).amount;
}

/** The buyer says what is to become of goods that weren't accepted; the same again changes nothing. */
export function chooseForRejected(
  state: Opened,
  command: Extract<ReturnCommand, { type: 'choose_for_rejected' }>,
): Answer {
  const item = find(state.items, command.item);
  if (item === undefined) return refuse('unknown_item', 'item');
  if (item.rejection?.choice === command.choice) return [];
  if (state.phase === 'closed') return refuse('return_closed');
  if (!isOpenChoice(item)) return refuse('choice_not_open', 'item');
  const offered = item.rejection?.offered ?? [];
  if (!offered.includes(command.choice)) {
    return refuse('choice_not_offered', 'choice', { offered: offered.join(', ') });
  }
  const made: ReturnEvent = { type: 'choice_made', item: item.item, choice: command.choice, because: 'chosen' };
  const fee = command.choice === 'return_to_customer' ? (item.rejection?.fee ?? 0) : 0;
  const isCharged = Object.values(state.clawbacks ?? {}).some(({ cause }) => cause === 'way_back');
  return fee > 0 && !isCharged ? [made, claimService(state, 'way_back', fee)] : [made];
}

/** Nothing was heard in time. What nobody asked for costs nothing. */
export function choiceOverdue(state: Opened, item: string): readonly ReturnEvent[] {
  const choice = state.policy.rejected?.otherwise ?? 'return_to_customer';
  return [{ type: 'choice_made', item, choice, because: 'deadline' }];
}
