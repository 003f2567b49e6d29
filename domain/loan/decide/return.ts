import type { LoanEvent } from '../events.ts';
import { type Refused, refuse } from '../refusals.ts';
import { isAwaited, type Opened, unitsOut } from '../state.ts';
import { named } from './named-units.ts';

/** Goods are to come back before their term is over, all or some; a return is started for them. */
export function returnEarly(state: Opened, asked: readonly string[] | null): readonly LoanEvent[] | Refused {
  const units = named(state, asked);
  if ('refusal' in units) return units;
  const free = units.filter((unit) => !isAwaited(state, unit));
  const taken = units.find((unit) => isAwaited(state, unit));
  if (taken !== undefined && (asked !== null || free.length === 0)) {
    return refuse('already_asked_back', 'units', { unit: taken.unit });
  }
  return [wanted(state, free, 'early')];
}

/** At the end of the term all that is still out is asked back. */
export function askBack(state: Opened): readonly LoanEvent[] {
  if (!state.termEnded) return [];
  const units = unitsOut(state).filter(({ askedBack }) => askedBack === null);
  return units.length === 0 ? [] : [wanted(state, units, 'term')];
}

/** A return is to be started. */
export const wanted = (
  state: Opened,
  units: readonly { readonly unit: string }[],
  why: 'term' | 'early' | 'person',
): LoanEvent => ({
  type: 'return_wanted',
  comingBack: nextReturn(state),
  units: units.map(({ unit }) => unit),
  why,
});

/** What the next return is called in this loan. */
export const nextReturn = ({ returns }: Opened): string => `R${Object.keys(returns).length + 1}`;
