import { type Units, withoutUnits } from '../goods/units.ts';
import { difference, type SettledLine, settleLine } from '../money/settlement.ts';
import { awaitsSecond } from './agreement.ts';
import { isBeingCharged } from './card-charge.ts';
import { effectKey } from './effect-key.ts';
import { type ClawbackCause, type ServiceCause, serviceCauses } from './events/claw-back.ts';
import { gradeFound } from './grade-found.ts';
import { isBeingTaken } from './hold.ts';
import { shareFor } from './rejection.ts';
import type { ClawbackState, ItemState, LineState, Opened } from './state.ts';

/** What the buyer still owes, as far as it is known what is left of store credit, and unless it is being taken from the buyer's card. */
export const openClawbacks = (state: Opened): ClawbackState[] =>
  isBeingTaken(state)
    ? []
    : Object.values(state.clawbacks ?? {}).filter(
        (each) => each.state === 'open' && !asksCredit(each) && !isBeingCharged(each),
      );

const asksCredit = ({ creditsToAsk = [] }: ClawbackState): boolean => creditsToAsk.length > 0;

/** What a buyer owes, and what nobody has let go. */
export const owedUnderHold = (state: Opened): ClawbackState[] =>
  Object.values(state.clawbacks ?? {}).filter((each) => each.state === 'open');

/** Whether it is known of each claim what store credit leaves of it. */
export const isOwedKnown = (state: Opened): boolean => !owedUnderHold(state).some(asksCredit);

/** The store credit that a claim asks next for what is left of it; null where none does. */
export function creditToTake(
  state: Opened,
): { readonly clawback: string; readonly refund: string; readonly atMost: number } | null {
  for (const each of Object.values(state.clawbacks ?? {})) {
    const [refund] = each.creditsToAsk ?? [];
    if (each.state === 'open' && refund !== undefined) {
      return { clawback: each.clawback, refund, atMost: each.outstanding };
    }
  }
  return null;
}

/** Names the effect that asks it; null where none is asked. */
export function creditAsked(state: Opened): string | null {
  const ask = creditToTake(state);
  return ask === null ? null : effectKey('take_back_credit', `${ask.clawback}:${ask.refund}`);
}

/** The store credits that a claim is first had back from. */
export const creditsGiven = ({ refunds, policy }: Opened): readonly string[] =>
  policy.refund.clawsBackCredit !== true
    ? []
    : Object.values(refunds).flatMap(({ refund, to, state }) =>
        to === 'store_credit' && state === 'succeeded' ? [refund] : [],
      );

/** Minor units that were given to the buyer, or are about to be, less what was ever claimed back. */
export function netGiven(state: Opened): number {
  const given = Object.values(state.refunds)
    .filter((refund) => refund.state !== 'replaced' && refund.state !== 'written_off')
    .reduce((sum, { amount }) => sum + amount, 0);
  return given - claimedBack(state).reduce((sum, { total }) => sum + total, 0);
}

/** Whether a claim is for something that we do rather than for something that was given. */
export const isForService = (cause: ClawbackCause): cause is ServiceCause =>
  serviceCauses.some((each) => each === cause);

/** Claims on what the buyer was given. */
export const claimedBack = (state: Opened): ClawbackState[] =>
  Object.values(state.clawbacks ?? {}).filter(({ cause }) => !isForService(cause));

/** Minor units that the buyer was given, or is about to be, and keeps: what was claimed counts only until it is given up. */
export function keptByBuyer(state: Opened): number {
  const offsets = Object.values(state.refunds).filter(({ to, state: now }) => to === 'offset' && now === 'succeeded');
  return claimedBack(state).reduce((kept, { clawback, total, outstanding, paid }) => {
    const setOff = offsets.reduce((sum, leg) => (leg.clawback === clawback ? sum + leg.amount : sum), 0);
    return kept + total - outstanding - paid - setOff;
  }, netGiven(state));
}

/** Positions of a line that were settled in advance and whose goods neither are expected any more nor may still be accepted. */
export function goneUnits(state: Opened, line: LineState): Units {
  if ((line.advancedUnits ?? []).length === 0) return [];
  return Object.values(state.items)
    .filter((item) => item.line === line.line && item.acceptance !== 'rejected')
    .map((item) => item.units)
    .reduce(withoutUnits, withoutUnits(line.advancedUnits ?? [], line.units));
}

/**
 * What a settled item is worth by what is known of it now, less what it was settled for; null where that is the same, or
 * nobody knows.
 */
export function settledDifference(
  state: Opened,
  item: ItemState,
): { before: number; now: number; line: SettledLine } | null {
  const line = item.line === null ? undefined : state.lines[item.line];
  const { settledAs: as } = item;
  const grade = gradeFound(item);
  if (line === undefined || as === undefined || grade === null || !item.settled || awaitsSecond(state, item))
    return null;
  const reason = item.reasonFound ?? line.reason;
  if (as.grade === grade && as.reason === reason) return null;
  const { sold, floor } = line;
  const share = shareFor(state, item);
  const of = { line: line.line, sold, units: item.units, floor, share, policy: state.policy };
  const before = settleLine({ ...of, grade: as.grade, reason: as.reason });
  const now = settleLine({ ...of, grade, reason });
  return before.amount === now.amount
    ? null
    : { before: before.amount, now: now.amount, line: difference(now, before) };
}
