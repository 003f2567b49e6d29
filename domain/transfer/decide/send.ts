import type { TransferCommand } from '../commands.ts';
import type { LineUnits, PickedUnits, TransferEvent } from '../events.ts';
import { type Refused, refuse } from '../refusals.ts';
import { isAtOrigin, isUnderWay, linesOf, type Opened, type TransferLine } from '../state.ts';
import { stoppedBy } from '../stopped.ts';

type Answer = readonly TransferEvent[] | Refused;
type Command<T extends TransferCommand['type']> = Extract<TransferCommand, { type: T }>;

/** What was found on the shelves. Fewer than the origin keeps is a person's to decide, or the rest goes without them. */
export function pick(state: Opened, { lines }: Command<'pick'>): Answer {
  const wrong = notReserved(state);
  if (wrong !== null) return wrong;
  if (state.status === 'picked') return refuse('already_picked');
  const twice = sameTwice(lines);
  if (twice !== null) return twice;
  for (const [index, found] of lines.entries()) {
    const barred = barsPicking(state, found, `lines.${index}`);
    if (barred !== null) return barred;
  }
  const named = new Map(lines.map((each) => [each.line, each]));
  const all = toPick(state).map(
    ({ line, reserved, lot }): PickedUnits => named.get(line) ?? { line, quantity: reserved, lot, serials: [] },
  );
  return [{ type: 'picked', lines: all }];
}

function barsPicking(state: Opened, found: PickedUnits, field: string): Refused | null {
  const line = toPick(state).find((each) => each.line === found.line);
  if (line === undefined) return refuse('unknown_line', `${field}.line`);
  if (!isCount(found.quantity)) return refuse('quantity_not_valid', `${field}.quantity`);
  if (found.quantity > line.reserved) {
    return refuse('more_than_reserved', `${field}.quantity`, { asked: found.quantity, available: line.reserved });
  }
  if (line.lot !== null && found.lot !== null && found.lot !== line.lot) return refuse('lot_differs', `${field}.lot`);
  return wrongSerials(line, found, field);
}

/** Of units that are told apart by their serials it must be said which were found, unless all were. */
function wrongSerials({ serials, reserved }: TransferLine, found: PickedUnits, field: string): Refused | null {
  if (found.serials.length === 0) {
    return serials.length === 0 || found.quantity === reserved || found.quantity === 0
      ? null
      : refuse('serials_needed', `${field}.serials`);
  }
  const distinct = new Set(found.serials);
  const isKnown = serials.length === 0 || found.serials.every((serial) => serials.includes(serial));
  return isKnown && distinct.size === found.quantity ? null : refuse('serial_unknown', `${field}.serials`);
}

/**
 * The goods leave. Whoever fetches what nobody has said was picked takes what the origin keeps; what isn't taken along stays
 * there and is free again.
 */
export function ship(state: Opened, { by, tracking, lines, units: counted }: Command<'ship'>): Answer {
  const wrong = notReserved(state);
  if (wrong !== null) return wrong;
  const isPicked = state.status === 'picked';
  if (state.isPickedShort && lines === null) return refuse('short_pick_open');
  const barred = toPick(state)
    .map((line) => stoppedBy(state, line))
    .find((recall) => recall !== null);
  if (barred != null) return refuse('goods_stopped', undefined, { recall: barred });
  const most = ({ picked, reserved }: TransferLine) => (isPicked ? picked : reserved);
  const all = toPick(state).map((line): LineUnits => ({ line: line.line, quantity: most(line) }));
  const units = lines ?? (counted === undefined ? all : asCounted(all, counted));
  if (units === null) return refuse('units_differ');
  const twice = sameTwice(units);
  if (twice !== null) return twice;
  for (const [index, { line: id, quantity }] of units.entries()) {
    const line = toPick(state).find((each) => each.line === id);
    if (line === undefined) return refuse('unknown_line', `lines.${index}.line`);
    if (!isCount(quantity)) return refuse('quantity_not_valid', `lines.${index}.quantity`);
    if (quantity > most(line)) {
      return refuse('more_than_picked', `lines.${index}.quantity`, { asked: quantity, available: most(line) });
    }
  }
  const leaving = units.filter(({ quantity }) => quantity > 0);
  if (leaving.length === 0) return refuse('nothing_named', 'lines');
  return [...(isPicked ? [] : [pickedAsShipped(state, leaving)]), { type: 'shipped', by, tracking, lines: leaving }];
}

/** The lines of what was counted together: all of them, or the only one there is; null where nobody can tell which. */
function asCounted(all: readonly LineUnits[], counted: number): readonly LineUnits[] | null {
  if (all.reduce((sum, { quantity }) => sum + quantity, 0) === counted) return all;
  const [only, ...more] = all.filter(({ quantity }) => quantity > 0);
  return only === undefined || more.length > 0 ? null : [{ line: only.line, quantity: counted }];
}

function pickedAsShipped(state: Opened, leaving: readonly LineUnits[]): TransferEvent {
  const lines = toPick(state).map(({ line, lot }): PickedUnits => {
    const quantity = leaving.find((each) => each.line === line)?.quantity ?? 0;
    return { line, quantity, lot, serials: [] };
  });
  return { type: 'picked', lines };
}

/** Lines of which the origin keeps units, and that no recall has taken out. */
const toPick = (state: Opened): readonly TransferLine[] =>
  linesOf(state).filter(({ reserved, isOut }) => reserved > 0 && !isOut);

function notReserved(state: Opened): Refused | null {
  if (isUnderWay(state)) return refuse('already_shipped');
  if (!isAtOrigin(state)) return refuse('transfer_closed');
  return state.status === 'reserved' || state.status === 'picked' ? null : refuse('not_reserved_yet');
}

/** Whole units, or none. */
export const isCount = (quantity: number): boolean => Number.isSafeInteger(quantity) && quantity >= 0;

export function sameTwice(lines: readonly { readonly line: string }[]): Refused | null {
  const twice = lines.findIndex(({ line }, index) => lines.findIndex((each) => each.line === line) < index);
  return twice < 0 ? null : refuse('line_twice', `lines.${twice}.line`);
}
