import { countUnits, joinUnits, takeUnits, type Units, withoutUnits } from '../../goods/units.ts';
import type { OrderLineFacts } from '../../sale/order.ts';
import { unreachable } from '../../unreachable.ts';
import type { LineEvent } from '../events/lines.ts';
import type { RequestedLine } from '../request.ts';
import type { LineState, Opened } from '../state.ts';
import { requestedLine } from './open.ts';

/** Changes one line of a return; a line that the return doesn't have is a bug in what was appended, and throws. */
export function changeLine(state: Opened, line: string, change: (line: LineState) => LineState): Opened {
  const before = state.lines[line];
  if (before === undefined) throw new Error(`no line ${line}`);
  return { ...state, lines: { ...state.lines, [line]: change(before) } };
}

export function evolveLines(state: Opened, event: LineEvent): Opened {
  switch (event.type) {
    case 'line_decided':
      return changeLine(state, event.line, (line) => ({
        ...line,
        verdict: event.verdict,
        codes: event.codes,
        ...(event.floor === undefined ? {} : { floor: event.floor }),
      }));
    case 'line_reviewed':
      return changeLine(state, event.line, (line) => ({
        ...line,
        verdict: event.approved ? 'approved' : 'declined',
        reserving: event.override && line.cancelled > 0,
      }));
    case 'kept':
      return changeLine(state, event.line, (line) => {
        const { taken, rest } = takeUnits(line.units, event.quantity);
        return {
          ...line,
          outstanding: line.outstanding - event.quantity,
          kept: line.kept + event.quantity,
          units: rest,
          keptUnits: joinUnits(line.keptUnits, taken),
          dueUnits: joinUnits(line.dueUnits, taken),
        };
      });
    case 'units_reserved':
      return event.item === null
        ? changeLine(state, event.line, (line) => reserveForLine(line, event.units))
        : reserveForItem(state, event.item, event.units);
    case 'units_released':
      return changeLine(state, event.line, ({ raisedBy: _, ...line }) => ({
        ...line,
        outstanding: line.outstanding - event.quantity,
        cancelled: line.cancelled + event.quantity,
        units: withoutUnits(line.units, event.units),
        reserving: false,
      }));
    case 'line_added':
      return { ...state, grown: true, lines: { ...state.lines, [event.line.line]: addedLine(event.line, event.sold) } };
    case 'quantity_changed':
      return changeLine(state, event.line, (line) => raise(line, event.to - event.from));
    case 'line_missing':
      return changeLine(state, event.line, (line) => {
        const missing = countUnits(event.units);
        const advanced = line.advancedUnits ?? [];
        return {
          ...line,
          outstanding: line.outstanding - missing,
          missing: line.missing + missing,
          units: withoutUnits(line.units, event.units),
          ...(event.compensated
            ? {
                compensatedUnits: joinUnits(line.compensatedUnits, event.units),
                dueUnits: joinUnits(line.dueUnits, withoutUnits(event.units, advanced)),
                ...(advanced.length === 0 ? {} : { advancedUnits: withoutUnits(advanced, event.units) }),
              }
            : { missingUnits: joinUnits(line.missingUnits, event.units) }),
        };
      });
    default:
      return unreachable(event);
  }
}

/** All its units are cancelled until they are reserved; none of a line that goods join which are here. */
const addedLine = (asked: RequestedLine, sold: OrderLineFacts): LineState => ({
  ...requestedLine(asked, sold),
  outstanding: 0,
  cancelled: asked.quantity,
  units: [],
  ...(asked.quantity > 0 ? { reserving: true, raisedBy: asked.quantity } : {}),
});

/** More units are cancelled until they are reserved. What had been cancelled before is asked for again first. */
function raise(line: LineState, by: number): LineState {
  if (by <= 0) return line;
  const added = Math.max(0, by - line.cancelled);
  return {
    ...line,
    requested: line.requested + added,
    cancelled: line.cancelled + added,
    reserving: true,
    raisedBy: by,
  };
}

function reserveForLine({ raisedBy: _, ...line }: LineState, units: Units): LineState {
  const quantity = countUnits(units);
  return {
    ...line,
    cancelled: line.cancelled - quantity,
    outstanding: line.outstanding + quantity,
    units: joinUnits(line.units, units),
    reserving: false,
  };
}

function reserveForItem(state: Opened, id: string, units: Units): Opened {
  const item = state.items[id];
  if (item === undefined) throw new Error(`no item ${id}`);
  const held = joinUnits(item.units, units);
  return { ...state, items: { ...state.items, [id]: { ...item, units: held, reserving: false } } };
}
