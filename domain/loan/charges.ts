import type { Grade } from '../goods/grading.ts';
import { roundHalfUp } from '../money/shares.ts';
import { after, type Instant } from '../time/duration.ts';
import type { Opened, UnitState } from './state.ts';
import type { LoanTerms } from './terms.ts';

const WHOLE = 10_000;
const DAY = 86_400_000;

/** The most that a unit's overdue fees come to. */
export const capOf = ({ terms }: Pick<Opened, 'terms'>, unit: UnitState): number =>
  terms.overdueCap ?? unit.replacementPrice;

/**
 * What a unit's overdue fees come to if it is out until an instant, with those from before its term was made longer. Nothing within the
 * days of grace; later each started day since the end counts.
 */
export function feeUpTo(state: Pick<Opened, 'terms'>, unit: UnitState, at: Instant): number {
  const { terms } = state;
  const { until } = unit;
  if (at <= after(until, terms.grace)) return unit.feeBefore;
  const cap = Math.max(capOf(state, unit), unit.feeBefore);
  return Math.min(cap, unit.feeBefore + startedDays(until, at) * terms.overdueFee);
}

/**
 * What a borrower pays for the condition in which a unit came back: only the difference from that in which it was handed over, less the
 * wear that was agreed, and never more than it costs to replace it.
 */
export function damageOf(
  { damageBasisPoints, wearBasisPoints }: LoanTerms,
  { handedOver, replacementPrice }: UnitState,
  back: Grade,
): number {
  const before = handedOver === null ? 0 : damageBasisPoints[handedOver.grade];
  const points = Math.max(0, damageBasisPoints[back] - before - wearBasisPoints);
  return roundHalfUp(replacementPrice, Math.min(WHOLE, points), WHOLE);
}

/**
 * What a longer term costs by the terms for all units that are out; nothing where they don't say. Days that cost an overdue fee are
 * paid for: for such a unit it counts from where those end.
 */
export function extensionFee(state: Opened, units: readonly UnitState[], longer: Instant, at: Instant): number {
  const { terms, until } = state;
  const days = units.map((unit) => {
    const paidFor = feeUpTo(state, unit, at) > unit.feeBefore ? startedDays(until, at) : 0;
    return Math.max(0, startedDays(until, longer) - paidFor);
  });
  return (terms.extension?.feePerDay ?? 0) * days.reduce((sum, each) => sum + each, 0);
}

const startedDays = (from: Instant, to: Instant): number => Math.ceil((Date.parse(to) - Date.parse(from)) / DAY);
