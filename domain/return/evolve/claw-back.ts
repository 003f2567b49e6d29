import { joinUnits, type Units, withoutUnits } from '../../goods/units.ts';
import type { Instant } from '../../time/duration.ts';
import { unreachable } from '../../unreachable.ts';
import { creditsGiven } from '../claw-back.ts';
import type { ClawbackEvent } from '../events/claw-back.ts';
import type { LineUnits } from '../events/lines.ts';
import { gradeFound } from '../grade-found.ts';
import type { ClawbackState, ItemState, Opened } from '../state.ts';
import { changeItem, eachItem } from './items.ts';
import { changeLine } from './lines.ts';

/** What the buyer owes us. */
export function evolveClawbacks(state: Opened, event: ClawbackEvent, at: Instant): Opened {
  switch (event.type) {
    case 'clawback_due':
      return owe(state, event, at);
    case 'clawback_reminded':
      return changeClawback(state, event.clawback, ({ reminders }) => ({ reminders: reminders + 1 }));
    case 'clawback_pursued':
      return changeClawback(state, event.clawback, () => ({ reminders: 0, since: at }));
    case 'clawback_ended':
      return changeClawback(state, event.clawback, ({ paid }) => ({
        state: event.how,
        outstanding: 0,
        paid: event.how === 'paid' ? paid + event.amount : paid,
      }));
    case 'credit_taken_back':
      return changeClawback(state, event.clawback, ({ outstanding, paid, creditsToAsk = [], state: now }) => {
        const left = outstanding - event.amount;
        const rest = creditsToAsk.filter((refund) => refund !== event.refund);
        return {
          ...{ outstanding: left, paid: paid + event.amount, state: left === 0 ? 'paid' : now },
          creditsToAsk: left === 0 ? [] : rest,
        };
      });
    case 'difference_waived':
      return settledAsItIs(state, event.item);
    default:
      return unreachable(event);
  }
}

function owe(state: Opened, event: Extract<ClawbackEvent, { type: 'clawback_due' }>, at: Instant): Opened {
  const { clawback, cause, goods, items, shippingFee } = event;
  const total = event.total.amount;
  const credits = creditsGiven(state);
  const owed: ClawbackState = {
    clawback,
    cause,
    total,
    outstanding: total,
    shippingFee,
    paid: 0,
    state: total === 0 ? 'offset' : 'open',
    reminders: 0,
    since: at,
    ...(total > 0 && credits.length > 0 ? { creditsToAsk: credits } : {}),
  };
  const claimed = { ...state, clawbacks: { ...state.clawbacks, [clawback]: owed } };
  return eachItem(goods.reduce(notInAdvance, claimed), items, settledAsItIs);
}

/** What the buyer's card paid of a claim. */
export function payClawback(state: Opened, clawback: string, amount: number): Opened {
  return changeClawback(state, clawback, ({ outstanding, paid, state: now }) => ({
    ...{ outstanding: outstanding - amount, paid: paid + amount },
    state: outstanding === amount ? 'paid' : now,
  }));
}

/** A refund that is set off against a claim lowers it. */
export function setOffAgainst(state: Opened, clawback: string, amount: number): Opened {
  return changeClawback(state, clawback, ({ outstanding, state: now }) => ({
    outstanding: outstanding - amount,
    state: outstanding === amount ? 'offset' : now,
  }));
}

/** Units that were settled in advance. */
export const inAdvance = (state: Opened, { line, units }: LineUnits): Opened =>
  changeAdvanced(state, line, (advanced) => joinUnits(advanced, units));

/** Units that no longer count as settled in advance: accepted, or claimed back. */
export const notInAdvance = (state: Opened, { line, units }: LineUnits): Opened =>
  state.lines[line]?.advancedUnits === undefined
    ? state
    : changeAdvanced(state, line, (advanced) => withoutUnits(advanced, units));

const changeAdvanced = (state: Opened, id: string, change: (advanced: Units) => Units): Opened =>
  changeLine(state, id, (line) => ({ ...line, advancedUnits: change(line.advancedUnits ?? []) }));

/** What an item was settled for is right by what is known of it now. */
export function settledAsItIs(state: Opened, id: string): Opened {
  const item = state.items[id];
  return item === undefined ? state : changeItem(state, id, { settled: true, ...asItIs(state, item) });
}

function asItIs(state: Opened, item: ItemState): Pick<ItemState, 'settledAs'> {
  const line = item.line === null ? undefined : state.lines[item.line];
  return line === undefined ? {} : { settledAs: { grade: gradeFound(item), reason: item.reasonFound ?? line.reason } };
}

export function changeClawback(
  state: Opened,
  id: string,
  change: (clawback: ClawbackState) => Partial<ClawbackState>,
): Opened {
  const clawback = state.clawbacks?.[id];
  if (clawback === undefined) throw new Error(`no claw-back ${id}`);
  return { ...state, clawbacks: { ...state.clawbacks, [id]: { ...clawback, ...change(clawback) } } };
}
