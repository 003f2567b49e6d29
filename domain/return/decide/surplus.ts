import { countUnits } from '../../goods/units.ts';
import type { OtherGoods } from '../commands.ts';
import { holdsOf } from '../effects.ts';
import type { ReturnEvent } from '../events.ts';
import { fold } from '../fold.ts';
import { isPartOf } from '../item-id.ts';
import { comesWith } from '../kit.ts';
import { type Answer, type Refused, refuse } from '../refuse.ts';
import type { ItemState, LineState, Opened } from '../state.ts';
import { decideFurther, mostLines, nextLine } from './add-line.ts';
import { discrepancyOf } from './discrepancies.ts';
import { isBarredAsFound } from './inspect.ts';
import { othersOf } from './receive.ts';

/**
 * More came than was asked back, or other goods of the order, and a person takes them as if they had been asked for: they join
 * the line of their SKU that has most units left, else one that is opened for them. Their units are reserved first; what other
 * returns hold of them asks a person again. Whoever gets the same again, or the goods back mended, has that settled for what was
 * asked, so more of it is a return of its own.
 */
export function acceptSurplus(state: Opened, subject: string, others: OtherGoods | undefined): Answer {
  const parts = Object.values(state.items).filter((item) => isPartOf(item.item, subject) && item.line === null);
  const taken = parts.find(({ execution }) => execution != null);
  if (taken !== undefined) {
    return refuse('item_in_execution', 'attention', { item: taken.item, execution: taken.execution ?? '' });
  }
  const here = parts.filter(({ stage }) => stage !== 'disposed');
  const [first] = here;
  if (first === undefined) return refuse('item_already_moved', 'attention', { item: subject });
  const line = lineFor(state, first);
  if (line !== undefined) return mayComeBack(line) ? joinLine(state, line, here) : barred(line.codes.join(', '));
  const opened = openLine(state, here, others);
  if ('refusal' in opened) return opened;
  const [added, decided] = opened;
  const open = fold(
    state,
    opened.map((event) => ({ at: '', by: '', event })),
  ) as Opened;
  const further = open.lines[added.line.line];
  if (further === undefined) return barred('not_on_order');
  const joined = joinLine(open, further, here, decided.verdict === 'needs_review');
  return 'refusal' in joined ? joined : [...opened, ...joined];
}

const barred = (codes: string): Refused => refuse('line_not_allowed', 'resolution', { codes });

/** Goods join a line; `unsure` where a person has yet to look at whether they may. */
function joinLine(state: Opened, line: LineState, here: readonly ItemState[], unsure = false): Answer {
  if (state.exchange?.kind === 'replacement' || state.instrument === 'repair') return barred('instrument_not_offered');
  if (comesWith(state, line).length > 0) return refuse('kit_comes_whole', 'resolution', { line: line.line });
  return [
    ...here.map(
      ({ item, parcel, quantity }): ReturnEvent => ({
        type: 'surplus_accepted',
        item,
        line: line.line,
        parcel,
        quantity,
      }),
    ),
    ...asItCame(state, line, here, unsure),
  ];
}

type Further = [Extract<ReturnEvent, { type: 'line_added' }>, Extract<ReturnEvent, { type: 'line_decided' }>];

/**
 * A line of the order for goods that nobody asked back, as if they had been asked for with the others: the first that the rules
 * let back, else one that a person has to look at.
 */
function openLine(state: Opened, here: readonly ItemState[], others: OtherGoods | undefined): Further | Refused {
  const [first] = here;
  const sold = others?.order.lines.filter(({ sku }) => sku === first?.sku) ?? [];
  if (others === undefined || others.order.order !== state.order || sold.length === 0) return barred('not_on_order');
  if (Object.keys(state.lines).length >= mostLines) return refuse('too_many_lines', undefined, { most: mostLines });
  const quantity = here.reduce((sum, item) => sum + item.quantity, 0);
  const serials = here.flatMap((item) => item.serials);
  const line = nextLine(state);
  const named = serials.length === 0 ? {} : { serials };
  const further = sold.map((each): Further => {
    const asked = { line, orderLine: each.orderLine, quantity, reason: others.reason, ...named };
    const decided = decideFurther(state, asked, each, others.order, state.requestedAt);
    return [{ type: 'line_added', line: { ...asked, quantity: 0 }, sold: { ...each, held: [] } }, decided];
  });
  const best = (['eligible', 'needs_review'] as const)
    .map((verdict) => further.find(([, decided]) => decided.verdict === verdict))
    .find((each) => each !== undefined);
  return best ?? barred(further[0]?.[1].codes.join(', ') ?? 'not_on_order');
}

/** What would have been asked of goods that came on the line is asked of these too. */
function asItCame(state: Opened, line: LineState, items: readonly ItemState[], unsure: boolean): ReturnEvent[] {
  const found = items.flatMap((item) => {
    const { facts } = item;
    const barred = unsure || (facts !== null && isBarredAsFound(state, line, { ...item, facts }));
    return [...othersOf(line, item), ...(barred ? (['not_authorized'] as const) : [])].map((kind) => ({ item, kind }));
  });
  return found.flatMap(({ item, kind }, index) => discrepancyOf(state, item, line.line, kind, index));
}

/** The line of an item's SKU that may come back, with most units that this return doesn't hold; of several, the first. */
function lineFor(state: Opened, { sku }: ItemState): LineState | undefined {
  const left = (line: LineState) => line.sold.fulfilled - countUnits(holdsOf(state, line));
  return Object.values(state.lines)
    .filter(({ sold }) => sold.sku === sku)
    .sort((a, b) => Number(mayComeBack(b)) - Number(mayComeBack(a)) || left(b) - left(a))[0];
}

const mayComeBack = ({ verdict }: LineState): boolean => verdict === 'eligible' || verdict === 'approved';
