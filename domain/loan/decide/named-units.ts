import { type Refused, refuse } from '../refusals.ts';
import { type Opened, type UnitState, unitsOut } from '../state.ts';

/** The units that are out and meant: those that were named, or with null all. */
export function named(state: Opened, asked: readonly string[] | null): readonly UnitState[] | Refused {
  if (state.handedOverAt === null) return refuse('not_handed_over_yet');
  const out = unitsOut(state);
  if (asked === null) return out.length === 0 ? refuse('unit_not_out') : out;
  if (asked.length === 0) return refuse('no_units', 'units');
  const units: UnitState[] = [];
  for (const [index, each] of asked.entries()) {
    const unit = Object.hasOwn(state.units, each) ? state.units[each] : undefined;
    if (unit === undefined) return refuse('unknown_unit', `units.${index}`);
    if (unit.stage !== 'out') return refuse('unit_not_out', `units.${index}`, { unit: each });
    if (units.includes(unit)) return refuse('unit_twice', `units.${index}`);
    units.push(unit);
  }
  return units;
}
