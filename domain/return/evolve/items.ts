import { countUnits, joinUnits, withoutUnits } from '../../goods/units.ts';
import type { Instant } from '../../time/duration.ts';
import { unreachable } from '../../unreachable.ts';
import type { ItemEvent, ReceivedItem } from '../events/items.ts';
import type { ItemState, LineState, Opened } from '../state.ts';
import { changeParcel, newParcel } from './collection.ts';
import { deviceOf, shareOf, without } from './item-parts.ts';
import { changeLine } from './lines.ts';
import { comeBack } from './worked-on.ts';

export function evolveItems(state: Opened, event: ItemEvent, at: Instant, by: string): Opened {
  switch (event.type) {
    case 'parcel_received':
      return receive(state, event, at);
    case 'item_inspected':
      return inspect(state, event, by);
    case 'inspection_confirmed': {
      const gradedBy = [...(state.items[event.item]?.gradedBy ?? []), by];
      return changeItem(state, event.item, { gradedBy });
    }
    case 'inspection_overdue':
    case 'disposition_overdue':
      return changeItem(state, event.item, { overdue: true });
    case 'item_disposed':
      return changeItem(state, event.item, {
        stage: 'disposing',
        choice: event.choice,
        chosenByPerson: event.by !== null,
        waitsSince: at,
        overdue: false,
      });
    case 'evidence_recorded': {
      const evidence = [...(state.items[event.item]?.evidence ?? []), event.evidence];
      return changeItem(state, event.item, { evidence });
    }
    case 'disposition_confirmed':
      return changeItem(state, event.item, {
        stage: 'disposed',
        ...(event.disposition === 'restock' ? { location: event.evidence } : {}),
      });
    case 'item_taken_up':
      return changeItem(state, event.item, { execution: event.execution, overdue: false });
    case 'item_set_free':
      return changeItem(state, event.item, { execution: null, overdue: false, waitsSince: at });
    case 'item_worked_on':
      return comeBack(state, event, at);
    case 'recovery_recorded': {
      const before = state.items[event.item]?.recovered ?? 0;
      return changeItem(state, event.item, { recovered: before + event.amount });
    }
    case 'surplus_accepted':
      return joinLine(state, event.item, event.line);
    case 'item_handed_on':
      return leave(state, event.item);
    case 'item_accepted':
      return accept(state, event.item);
    case 'item_rejected':
      return changeItem(state, event.item, { acceptance: 'rejected', reserving: false });
    default:
      return unreachable(event);
  }
}

function receive(state: Opened, event: Extract<ItemEvent, { type: 'parcel_received' }>, at: Instant): Opened {
  // Goods are here, whatever was decided before: a return that was declined is open again.
  let next: Opened = { ...state, phase: 'open' };
  if (next.parcels[event.parcel] === undefined) {
    next = { ...next, parcels: { ...next.parcels, [event.parcel]: newParcel(event.parcel, 'unannounced') } };
  }
  next = changeParcel(next, event.parcel, { received: true, lost: false });
  const lines: Record<string, LineState> = { ...next.lines };
  const items: Record<string, ItemState> = { ...next.items };
  for (const item of event.items) {
    if (item.line !== null) {
      const line = lines[item.line];
      if (line === undefined) throw new Error(`no line ${item.line}`);
      lines[item.line] = moveToReceived(line, item);
    }
    items[item.item] = newItem(item, event.parcel, at);
  }
  return { ...next, lines, items };
}

/** Takes the item's quantity from where the line had it until now. */
export function moveToReceived(line: LineState, item: Pick<ReceivedItem, 'from' | 'quantity' | 'units'>): LineState {
  const received = line.received + item.quantity;
  switch (item.from) {
    case 'outstanding':
      return {
        ...line,
        received,
        outstanding: line.outstanding - item.quantity,
        units: withoutUnits(line.units, item.units),
      };
    case 'missing':
      return {
        ...line,
        received,
        missing: line.missing - item.quantity,
        missingUnits: withoutUnits(line.missingUnits, item.units),
      };
    case 'compensated':
      return {
        ...line,
        received,
        missing: line.missing - item.quantity,
        compensatedUnits: withoutUnits(line.compensatedUnits, item.units),
      };
    case 'released':
      return { ...line, received, cancelled: line.cancelled - item.quantity };
    case 'nothing':
      return line;
    default:
      return unreachable(item.from);
  }
}

const newItem = (item: ReceivedItem, parcel: string, at: Instant): ItemState => ({
  item: item.item,
  line: item.line,
  parcel,
  sku: item.sku,
  quantity: item.quantity,
  units: item.units,
  lot: item.lot,
  serials: item.serials,
  stage: 'received',
  waitsSince: at,
  facts: null,
  grade: null,
  reasonFound: null,
  gradedBy: [],
  acceptance: 'pending',
  choice: null,
  settled: item.from === 'compensated',
  overdue: false,
  reserving: item.from === 'released',
});

/** Where it was to go was decided of goods that are nobody's claim: it is decided anew. */
function joinLine(state: Opened, id: string, to: string): Opened {
  const item = state.items[id];
  if (item === undefined) throw new Error(`no item ${id}`);
  const { quantity } = item;
  const decided =
    item.stage === 'disposing' ? ({ stage: 'inspected', choice: null, chosenByPerson: false } as const) : {};
  const joined = changeItem(state, id, { line: to, reserving: true, overdue: false, ...decided });
  return changeLine(joined, to, (line) => ({
    ...line,
    requested: line.requested + quantity,
    received: line.received + quantity,
  }));
}

/** The line waits for its own goods, in the units that were held for these; what waited for units is given up. */
function leave(state: Opened, id: string): Opened {
  const { [id]: item, ...items } = state.items;
  const left = { ...state, items };
  if (item === undefined || item.line === null) return left;
  const { quantity, units } = item;
  const isHeld = countUnits(units) === quantity;
  return changeLine(left, item.line, (line) => ({
    ...line,
    received: line.received - quantity,
    ...(isHeld
      ? { outstanding: line.outstanding + quantity, units: joinUnits(line.units, units) }
      : { cancelled: line.cancelled + quantity }),
  }));
}

/** Splits an item by what was found; what was not looked at stays behind under the old id. */
function inspect(state: Opened, event: Extract<ItemEvent, { type: 'item_inspected' }>, by: string): Opened {
  const item = state.items[event.item];
  if (item === undefined) throw new Error(`no item ${event.item}`);
  const { [event.item]: _whole, ...others } = state.items;
  const items: Record<string, ItemState> = { ...others };
  let left: ItemState = item;
  for (const part of event.into) {
    const share = shareOf(left, part.quantity);
    left = {
      ...left,
      ...without(left, share),
      quantity: left.quantity - part.quantity,
      units: withoutUnits(left.units, part.units),
    };
    items[part.item] = {
      ...item,
      item: part.item,
      quantity: part.quantity,
      units: part.units,
      serials: part.serials,
      stage: 'inspected',
      facts: part.facts,
      grade: part.grade,
      reasonFound: part.reasonFound,
      gradedBy: [by],
      choice: null,
      overdue: false,
      ...share,
      ...deviceOf(item, part.serials, part.found ?? []),
    };
  }
  const inspected = new Set(event.into.flatMap((part) => part.serials));
  if (left.quantity > 0) {
    const serials = left.serials.filter((serial) => !inspected.has(serial));
    items[event.item] = { ...left, serials, ...deviceOf(item, serials, []) };
  }
  return { ...state, items };
}

/** What was settled in advance is settled with its acceptance. */
function accept(state: Opened, id: string): Opened {
  const accepted = changeItem(state, id, { acceptance: 'accepted' });
  const item = state.items[id];
  const line = item?.line == null ? undefined : state.lines[item.line];
  const advanced = line?.advancedUnits ?? [];
  if (item === undefined || line === undefined || advanced.length === 0) return accepted;
  if (withoutUnits(item.units, advanced).length > 0) return accepted;
  const settled = changeItem(accepted, id, { settled: true, settledAs: { grade: null, reason: line.reason } });
  return changeLine(settled, line.line, (each) => ({ ...each, advancedUnits: withoutUnits(advanced, item.units) }));
}

/** A person has heard that an item waits: if it goes on waiting, they hear of it again. */
export function waitAgain(state: Opened, id: string, at: Instant): Opened {
  return state.items[id]?.overdue ? changeItem(state, id, { overdue: false, waitsSince: at }) : state;
}

/** The state with one of its items, for what looks at no other; without any where it has no such item. */
export function itemAlone(state: Opened, id: string): Opened {
  const item = state.items[id];
  return { ...state, items: item === undefined ? {} : { [id]: item } };
}

/** Does to items, one after the other, what looks at no other and changes no other; their record is copied once. */
export function eachItem(state: Opened, ids: readonly string[], change: (state: Opened, id: string) => Opened): Opened {
  if (ids.length === 0) return state;
  const items: Record<string, ItemState> = { ...state.items };
  let next = state;
  for (const id of ids) {
    next = change(itemAlone({ ...next, items }, id), id);
    Object.assign(items, next.items);
  }
  return { ...next, items };
}

export function changeItem(state: Opened, id: string, change: Partial<ItemState>): Opened {
  const item = state.items[id];
  if (item === undefined) throw new Error(`no item ${id}`);
  return { ...state, items: { ...state.items, [id]: { ...item, ...change } } };
}
