import { countUnits, takeUnits, type Units } from '../../goods/units.ts';
import type { ReturnCommand } from '../commands.ts';
import type { DiscrepancyKind, ReceivedItem } from '../events/items.ts';
import type { ReturnEvent } from '../events.ts';
import { moveToReceived } from '../evolve/items.ts';
import { find } from '../find.ts';
import type { ReceivedContent } from '../findings.ts';
import { fold } from '../fold.ts';
import { isUnderWay } from '../parcel.ts';
import { raise } from '../raise.ts';
import { type Answer, refuse } from '../refuse.ts';
import type { LineState, Opened } from '../state.ts';
import { claimDamage, paidBefore } from './claim.ts';
import { attentionOf } from './discrepancies.ts';
import { isRepeated } from './repeated.ts';

type Receive = Extract<ReturnCommand, { type: 'receive' }>;
type Found = {
  readonly kind: DiscrepancyKind;
  readonly line: string | null;
  readonly item: string | null;
  readonly quantity: number;
};

/** Each item on no line asks a person: more than these are no return any more, but goods that nobody announced. */
const mostStray = 500;

/**
 * Books in what was counted in a parcel. Units are taken from what the lines still expect, then from what had been given
 * up (missing, expired, cancelled): a late parcel brings a closed return back. What is on no line becomes an item
 * without one. Nothing that was counted is left out.
 */
export function receive(state: Opened, command: Receive): Answer {
  if (state.phase === 'in_review') return refuse('not_authorized');
  const parcel = command.parcel ?? `U${Object.keys(state.parcels).length + 1}`;
  const known = find(state.parcels, parcel);
  if (command.parcel !== null && known === undefined) return refuse('unknown_parcel', 'parcel');
  if (known?.received) return refuse('parcel_already_received', 'parcel');
  const bad = command.contents.findIndex((content) => !Number.isSafeInteger(content.quantity) || content.quantity < 1);
  if (bad >= 0) return refuse('quantity_not_positive', `contents.${bad}.quantity`);

  const items: ReceivedItem[] = [];
  const found: Found[] = [];
  let lines: Opened['lines'] = state.lines;
  for (const content of command.contents.flatMap((each) => bySerial(lines, each))) {
    for (const item of assign(lines, content)) {
      const id = `${parcel}-${items.length + 1}`;
      const repeated = item.line !== null && isRepeated(state, item, items, command.elsewhere);
      items.push({ ...item, item: id });
      lines = without(lines, item);
      found.push(...discrepanciesOf(lines, { ...item, item: id }, content));
      if (repeated) found.push({ kind: 'serial_repeated', line: item.line, item: id, quantity: item.quantity });
    }
  }
  const stray = [...Object.values(state.items), ...items].filter(({ line }) => line === null).length;
  if (stray > mostStray) return refuse('too_many_stray', 'contents', { most: mostStray });
  if (command.contents.length === 0 && command.delivery === undefined)
    found.push({ kind: 'empty_box', line: null, item: null, quantity: 0 });
  const events: ReturnEvent[] = [
    ...(state.phase === 'closed' ? [{ type: 'reopened' } as const] : []),
    {
      type: 'parcel_received',
      parcel,
      items,
      weightGrams: command.weightGrams ?? null,
      partial: command.partial,
      ...(command.delivery === undefined ? {} : { delivery: command.delivery }),
    },
  ];
  const received = fold(
    state,
    events.map((event) => ({ at: '', by: '', event })),
  ) as Opened;
  const tells = command.contents.length > 0 || command.delivery !== undefined;
  if (!command.partial && tells && !Object.values(received.parcels).some(isUnderWay)) {
    const absent = Object.values(received.lines).filter((line) => line.outstanding > 0);
    found.push(
      ...absent.map((line): Found => ({ kind: 'short', line: line.line, item: null, quantity: line.outstanding })),
    );
  }
  let raised = 0;
  for (const each of found) {
    const subject = each.item ?? each.line ?? parcel;
    events.push({ type: 'discrepancy_found', discrepancy: `${each.kind}:${subject}`, parcel, ...each });
    // Of a serial that is foreign as well, a person is asked once.
    if (
      each.kind === 'serial_repeated' &&
      found.some(({ kind, item }) => kind === 'serial_mismatch' && item === each.item)
    )
      continue;
    const detail = each.kind === 'serial_repeated' ? each.kind : String(each.quantity);
    const attention = raise(state, attentionOf[each.kind], subject, detail, raised);
    raised += attention.length;
    events.push(...attention);
  }
  const damaged = found.flatMap(({ kind, item }) =>
    kind === 'damaged_in_transit' ? items.filter((each) => each.item === item) : [],
  );
  return [...events, ...claimDamage(state, parcel, damaged), ...paidBefore(state, received, raised)];
}

type Assigned = Omit<ReceivedItem, 'item'>;

/** Spreads counted units over the lines of their SKU: expected first, then given up, the rest on no line. */
function assign(lines: Opened['lines'], content: ReceivedContent): Assigned[] {
  const assigned: Assigned[] = [];
  let serials = [...(content.serials ?? [])];
  let left = content.quantity;
  const take = (line: LineState | null, from: Assigned['from'], available: number, units: Units) => {
    const quantity = Math.min(left, available);
    if (quantity <= 0) return;
    left -= quantity;
    assigned.push({
      line: line?.line ?? null,
      sku: content.sku,
      quantity,
      units: takeUnits(units, Math.min(quantity, countUnits(units))).taken,
      lot: content.lot ?? null,
      serials: serials.slice(0, quantity),
      from,
    });
    serials = serials.slice(quantity);
  };
  const same = Object.values(lines)
    .filter((line) => line.sold.sku === content.sku)
    .sort((a, b) => suits(b, content) - suits(a, content));
  for (const line of same) take(line, 'outstanding', line.outstanding, line.units);
  for (const line of same) take(line, 'missing', countUnits(line.missingUnits), line.missingUnits);
  for (const line of same) take(line, 'compensated', countUnits(line.compensatedUnits), line.compensatedUnits);
  for (const line of same) take(line, 'released', line.cancelled, []);
  take(null, 'nothing', left, []);
  return assigned;
}

/** Lines that ask for the very lot come first, then those that name none: so no lot takes another's place while it has its own. So do serials. */
const suits = ({ lots, sold }: LineState, { lot, serials = [] }: ReceivedContent): number =>
  (serials.some((serial) => sold.serials.includes(serial)) ? 4 : 0) +
  (lots === undefined || lot === undefined ? 1 : lots.includes(lot) ? 2 : 0);

/** Units of one SKU whose serials are of different lines are taken apart, so that each comes to its own; a serial of none goes with the first. */
function bySerial(lines: Opened['lines'], content: ReceivedContent): readonly ReceivedContent[] {
  const { serials = [], quantity } = content;
  const of = Object.values(lines).filter(({ sold }) => sold.sku === content.sku && sold.serials.length > 0);
  if (of.length < 2) return [content];
  const known = serials.flatMap((serial) => of.find(({ sold }) => sold.serials.includes(serial)) ?? []);
  const lineOf = (serial: string) => (of.find(({ sold }) => sold.serials.includes(serial)) ?? known[0])?.line;
  const groups = [...Map.groupBy(serials, lineOf).values()];
  if (groups.length < 2 || serials.length !== quantity) return [content];
  return groups.map((group) => ({ ...content, serials: group, quantity: group.length }));
}

/** The lines after an item was taken from one, so that the next content finds what is left. */
function without(lines: Opened['lines'], item: Assigned): Opened['lines'] {
  const line = item.line === null ? undefined : lines[item.line];
  if (line === undefined) return lines;
  return { ...lines, [line.line]: moveToReceived(line, item) };
}

function discrepanciesOf(lines: Opened['lines'], item: ReceivedItem, content: ReceivedContent): Found[] {
  const found = (kind: DiscrepancyKind): Found => ({ kind, line: item.line, item: item.item, quantity: item.quantity });
  const line = item.line === null ? undefined : lines[item.line];
  if (line === undefined) {
    return [found(Object.values(lines).some((each) => each.sold.sku === item.sku) ? 'over' : 'wrong_item')];
  }
  const barred = item.from === 'released' && (line.verdict === 'ineligible' || line.verdict === 'declined');
  return [
    ...(content.damagedInTransit ? [found('damaged_in_transit')] : []),
    ...othersOf(line, item).map(found),
    ...(barred ? [found('not_authorized')] : []),
  ];
}

/** Other units than those of the line, by what they bear. */
export function othersOf(
  { sold, lots: asked = [] }: LineState,
  { serials, lot }: Pick<ReceivedItem, 'serials' | 'lot'>,
): readonly ('serial_mismatch' | 'lot_mismatch')[] {
  const swapped = sold.serials.length > 0 && serials.some((serial) => !sold.serials.includes(serial));
  const isOf = (known: readonly string[]) => lot === null || known.length === 0 || known.includes(lot);
  const otherLot = (sold.lotControlled && !isOf(sold.lots)) || !isOf(asked);
  return [...(swapped ? ['serial_mismatch' as const] : []), ...(otherLot ? ['lot_mismatch' as const] : [])];
}
