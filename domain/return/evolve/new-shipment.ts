import { withoutUnits } from '../../goods/units.ts';
import type { ReturnEvent } from '../events.ts';
import type { ItemState, LineState, Opened } from '../state.ts';

/** What was sent again is settled, and its units are held no longer. */
export function sendAnew(state: Opened, event: Extract<ReturnEvent, { type: 'shipped_anew' }>): Opened {
  const { items, withoutGoods } = event;
  const sent = (item: ItemState): ItemState => ({ ...item, settled: true, units: [] });
  const free = (line: LineState): LineState => ({
    ...line,
    dueUnits: [],
    keptUnits: withoutUnits(line.keptUnits, line.dueUnits),
    compensatedUnits: withoutUnits(line.compensatedUnits, line.dueUnits),
  });
  return {
    ...state,
    newShipments: (state.newShipments ?? 0) + 1,
    items: changed(state.items, items, sent),
    lines: changed(state.lines, withoutGoods, free),
  };
}

const changed = <T>(all: Readonly<Record<string, T>>, ids: readonly string[], change: (one: T) => T) =>
  Object.fromEntries(Object.entries(all).map(([id, one]) => [id, ids.includes(id) ? change(one) : one]));
