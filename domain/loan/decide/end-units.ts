import type { LoanEvent, UnitAmount } from '../events.ts';
import { type Refused, refuse } from '../refusals.ts';
import type { Opened, UnitState } from '../state.ts';
import { named } from './named-units.ts';

type Answer = readonly LoanEvent[] | Refused;

/** What the borrower can't bring back is owed at its price of replacement. */
export function reportLost(state: Opened, asked: readonly string[] | null): Answer {
  const units = named(state, asked);
  return 'refusal' in units ? units : [lost(units, 'reported')];
}

export const lost = (units: readonly UnitState[], why: 'overdue' | 'reported'): LoanEvent => ({
  type: 'units_lost',
  units: units.map(({ unit, replacementPrice }): UnitAmount => ({ unit, amount: replacementPrice })),
  why,
});

/** The borrower keeps what it has, for the price that was agreed for that. */
export function buy(state: Opened, asked: readonly string[] | null): Answer {
  const units = named(state, asked);
  if ('refusal' in units) return units;
  const kept = units.find(({ purchasePrice }) => purchasePrice === null);
  if (kept !== undefined) return refuse('not_for_sale', 'units', { unit: kept.unit });
  const bought = units.map(({ unit, purchasePrice }): UnitAmount => ({ unit, amount: purchasePrice ?? 0 }));
  return [{ type: 'units_bought', units: bought }];
}
