import { countUnits, takeUnits, type Units, withoutUnits } from '../../goods/units.ts';
import type { Instant } from '../../time/duration.ts';
import type { EffectOutcome } from '../commands.ts';
import { holdsOf, unitsWanted } from '../effects.ts';
import type { ReturnEvent } from '../events.ts';
import { find } from '../find.ts';
import { fold } from '../fold.ts';
import { isPartOf } from '../item-id.ts';
import { raise } from '../raise.ts';
import { type Answer, refuse } from '../refuse.ts';
import type { LineState, Opened } from '../state.ts';
import { authorizeMore, expectMore } from './authorize.ts';

type Want = { readonly item: string | null; readonly units: number };

/**
 * What came of reserving units for a line that an override let in, or for an item that came late and was perhaps split
 * since. The answer may name more than is wanted now, or what another answer brought already: each unit is taken once.
 */
export function unitsReserved(state: Opened, subject: string, outcome: EffectOutcome, at: Instant): Answer {
  const parts = Object.values(state.items).filter((item) => isPartOf(item.item, subject));
  const line = find(state.lines, subject) ?? find(state.lines, parts.find(({ line }) => line !== null)?.line ?? '');
  if (line === undefined) return refuse('unknown_line');
  if (state.phase === 'closed') return letGo(state, line, outcome);
  const wants = wantsOf(line, subject, parts);
  if (wants.length === 0) return [];
  if (outcome.type !== 'units_reserved') {
    return raise(state, 'units_not_held', subject, 'code' in outcome ? (outcome.code ?? null) : null);
  }
  let free: Units = withoutUnits(find(outcome.units, line.line) ?? [], holdsOf(state, line));
  let raised = 0;
  const events = wants.flatMap(({ item, units }): ReturnEvent[] => {
    const { taken, rest } = takeUnits(free, Math.min(units, countUnits(free)));
    free = rest;
    const reserved: ReturnEvent = { type: 'units_reserved', line: line.line, item, units: taken };
    const isRaise = item === null && line.raisedBy !== undefined;
    // Of a higher quantity, what other returns hold stays cancelled.
    const short =
      countUnits(taken) < units && !isRaise ? raise(state, 'units_not_held', item ?? line.line, null, raised) : [];
    raised += short.length;
    const isNew = item === null && countUnits(taken) > 0 && state.phase === 'open';
    return [
      reserved,
      ...short,
      ...(isNew
        ? (isRaise ? expectMore : authorizeMore)(fold(state, [{ at, by: '', event: reserved }]) as Opened, at)
        : []),
    ];
  });
  return events;
}

function wantsOf(line: LineState, subject: string, parts: readonly Opened['items'][string][]): Want[] {
  if (line.line === subject) return line.reserving ? [{ item: null, units: unitsWanted(line) }] : [];
  return parts
    .filter((item) => item.reserving)
    .map(({ item, quantity, units }) => ({ item, units: quantity - countUnits(units) }));
}

/** The return closed in the meantime: it opens for a moment, so that closing it lets the units go. */
function letGo(state: Opened, line: LineState, outcome: EffectOutcome): ReturnEvent[] {
  const answered = outcome.type === 'units_reserved' ? (find(outcome.units, line.line) ?? []) : [];
  const units = withoutUnits(answered, holdsOf(state, line));
  if (countUnits(units) === 0) return [];
  return [{ type: 'units_released', line: line.line, quantity: 0, units, why: 'cancelled' }];
}
