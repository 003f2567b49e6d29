import { countUnits, joinUnits, type Units, withoutUnits } from '../goods/units.ts';
import { rulesFor } from '../policy/rules-for.ts';
import { carriedOver, warrantyEnd } from '../sale/warranty.ts';
import type { Instant } from '../time/duration.ts';
import { holdsOf } from './effects.ts';
import type { CoveredUnit, WarrantyEvent } from './events/warranty.ts';
import { creditedUnits, replaced, type Shipment } from './exchange.ts';
import type { LineState, Opened } from './state.ts';

/**
 * What no other return may take of a line: all that this one holds, but for units that were replaced under a warranty.
 * Their buyer has the new ones in their place, and may claim for those.
 */
export const unitsTaken = (state: Opened, line: LineState): Units =>
  withoutUnits(holdsOf(state, line), line.replacedUnits ?? []);

/**
 * What goes over with the shipment of a replacement: the units that came back for it, and by serial the time of those in
 * whose place the new ones are. Units of a SKU are paired with its new serials in the order of their lines.
 */
export function carryOver(state: Opened, exchange: string, serials: Shipment['serials'], at: Instant): WarrantyEvent {
  const lines = Object.values(state.lines);
  const units = lines.map((line) => ({ line: line.line, units: unitsBack(state, line) }));
  const covered = serials.flatMap(({ sku, serials: given }) => {
    const replaced = lines.filter(({ sold }) => sold.sku === sku).flatMap((line) => replacedUnits(state, line));
    return given.flatMap((serial, index): CoveredUnit[] => {
      const unit = replaced[index];
      if (unit === undefined) return [];
      const { sold } = unit.line;
      const rules = rulesFor(state.policy, sold.category);
      const until = carriedOver(warrantyEnd(sold, rules, unit.serial), rules, at);
      const replaces = unit.serial === serial ? null : unit.serial;
      return [{ orderLine: sold.orderLine, serial, replaces, until }];
    });
  });
  return {
    type: 'warranty_carried_over',
    exchange,
    lines: units.filter((each) => countUnits(each.units) > 0),
    serials: covered,
  };
}

const unitsBack = (state: Opened, line: LineState): Units =>
  replaced(state, line)
    .map(({ units }) => units)
    .reduce(joinUnits, []);

/** One entry a unit of a line that is replaced: its serial as it came, else as it was claimed, else unknown. */
function replacedUnits(state: Opened, line: LineState): { line: LineState; serial: string | null }[] {
  const came = replaced(state, line).flatMap(({ quantity, serials }) =>
    Array.from({ length: quantity }, (_, index) => serials[index] ?? null),
  );
  const known = came.length > 0 ? came : line.serials;
  return Array.from({ length: creditedUnits(state, line) }, (_, index) => ({ line, serial: known[index] ?? null }));
}
