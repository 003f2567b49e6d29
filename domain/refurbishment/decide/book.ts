import { type Refused, refuse } from '../../execution/refusals.ts';
import { barredByRecall } from '../../execution/stop-sale.ts';
import { roundHalfUp } from '../../money/shares.ts';
import type { Instant } from '../../time/duration.ts';
import type { RefurbishmentCommand } from '../commands.ts';
import type { RefurbishmentEvent } from '../events.ts';
import type { Opened } from '../state.ts';

type Answer = readonly RefurbishmentEvent[] | Refused;
type Command<T extends RefurbishmentCommand['type']> = Extract<RefurbishmentCommand, { type: T }>;

/** Why nothing can be done at the bench now; null where it can. */
export function notAtWork({ phase, hold }: Opened): Refused | null {
  if (phase === 'requested') return refuse('still_gathering');
  if (phase !== 'in_work') return refuse('execution_closed');
  return hold === null ? null : refuse('on_hold', undefined, { code: hold.code });
}

/** Why no more may be spent now: what was found not to be worth it waits for a person. */
const nothingMore = (state: Opened): Refused | null =>
  notAtWork(state) ?? (state.overBudgetSince === null ? null : refuse('over_budget'));

/** What was spent is booked as long as there is a bench to book it to, whatever it waits for. */
const mayBook = ({ phase }: Opened): Refused | null => {
  if (phase === 'requested') return refuse('still_gathering');
  return phase === 'in_work' ? null : refuse('execution_closed');
};

/** What the rest of the work is expected to take, in place of what was expected before. */
export function estimate(state: Opened, { minutes, parts }: Command<'estimate'>): Answer {
  const wrong = mayBook(state);
  if (wrong !== null) return wrong;
  if (!isCount(minutes, 0)) return refuse('amount_not_positive', 'minutes');
  if (!isCount(parts, 0)) return refuse('amount_not_positive', 'parts');
  return [{ type: 'estimated', minutes, parts, expected: labourOf(state, minutes) + parts }];
}

/** A part is built in. */
export function usePart(state: Opened, { sku, quantity, unitCost }: Command<'use_part'>): Answer {
  const wrong = nothingMore(state);
  if (wrong !== null) return wrong;
  if (!isCount(quantity, 1)) return refuse('amount_not_positive', 'quantity');
  if (!isCount(unitCost, 0) || !Number.isSafeInteger(quantity * unitCost)) {
    return refuse('amount_not_positive', 'unitCost');
  }
  return [{ type: 'part_used', sku, quantity, cost: quantity * unitCost }];
}

/** Labour is booked by the minute, at the order's rate. */
export function bookLabour(state: Opened, { minutes }: Command<'book_labour'>): Answer {
  const wrong = mayBook(state);
  if (wrong !== null) return wrong;
  if (!isCount(minutes, 1)) return refuse('amount_not_positive', 'minutes');
  return [{ type: 'labour_booked', minutes, cost: labourOf(state, minutes) }];
}

/** A refurbisher outside charges for its work, once an invoice. */
export function bookCharge(state: Opened, { reference, amount }: Command<'book_charge'>): Answer {
  const wrong = mayBook(state);
  if (wrong !== null) return wrong;
  if (state.place !== 'refurbisher') return refuse('own_bench');
  if (!isCount(amount, 1)) return refuse('amount_not_positive', 'amount');
  if (state.references.includes(reference)) return refuse('charge_already_booked', 'reference');
  return [{ type: 'charge_booked', reference, amount }];
}

/** The work stands still until a part has come. */
export function awaitParts(state: Opened, { sku, until }: Command<'await_parts'>, at: Instant): Answer {
  const wrong = nothingMore(state);
  if (wrong !== null) return wrong;
  if (until <= at) return refuse('time_in_the_past', 'until');
  return [{ type: 'parts_awaited', sku, until }];
}

export function partsArrive(state: Opened): Answer {
  const wrong = mayBook(state);
  if (wrong !== null) return wrong;
  return state.awaiting === null ? refuse('nothing_awaited') : [{ type: 'parts_arrived' }];
}

/** A person grants more than the work brings, and says why. */
export function raiseBudget(state: Opened, { by, note }: Command<'raise_budget'>): Answer {
  const wrong = mayBook(state);
  if (wrong !== null) return wrong;
  if (!isCount(by, 1)) return refuse('amount_not_positive', 'amount');
  return [{ type: 'budget_raised', by, note }];
}

/** What a recall has stopped is on hold until a person has said what becomes of it, or the recall was an error. */
export const holdStopped = (state: Opened): readonly RefurbishmentEvent[] =>
  state.phase === 'in_work' && state.hold === null && barredByRecall(state) !== null
    ? [{ type: 'put_on_hold', code: 'recall' }]
    : [];

/** Nothing is done to the goods until the hold is lifted; they stay at the bench. */
export function hold(state: Opened, { code }: Command<'hold'>): Answer {
  const wrong = mayBook(state);
  if (wrong !== null) return wrong;
  return state.hold === null
    ? [{ type: 'put_on_hold', code }]
    : refuse('on_hold', undefined, { code: state.hold.code });
}

export function liftHold(state: Opened): Answer {
  const wrong = mayBook(state);
  if (wrong !== null) return wrong;
  if (state.hold === null) return refuse('not_on_hold');
  return barredByRecall(state) ?? [{ type: 'hold_lifted' }];
}

const labourOf = ({ hourlyRate }: Opened, minutes: number): number => roundHalfUp(hourlyRate, minutes, 60);

/** So much that no sum of them leaves the safe integers. */
const MOST = 1_000_000_000_000;
const isCount = (amount: number, least: number): boolean =>
  Number.isSafeInteger(amount) && amount >= least && amount <= MOST;
