import { countUnits } from '../../goods/units.ts';
import { holdsOf } from '../effects.ts';
import type { ReturnEvent } from '../events.ts';
import { isPartOf } from '../item-id.ts';
import { comesWith } from '../kit.ts';
import { type Answer, refuse } from '../refuse.ts';
import type { ItemState, LineState, Opened } from '../state.ts';
import { discrepancyOf } from './discrepancies.ts';
import { isBarredAsFound } from './inspect.ts';
import { othersOf } from './receive.ts';

/**
 * More came than was asked back, and a person takes it as if it had been: it joins the line of its SKU that has most units
 * left. Its units are reserved first; what other returns hold of them asks a person again. Whoever gets the same again, or
 * the goods back mended, has that settled for what was asked, so more of it is a return of its own.
 */
export function acceptSurplus(state: Opened, subject: string): Answer {
  const parts = Object.values(state.items).filter((item) => isPartOf(item.item, subject) && item.line === null);
  const taken = parts.find(({ execution }) => execution != null);
  if (taken !== undefined) {
    return refuse('item_in_execution', 'attention', { item: taken.item, execution: taken.execution ?? '' });
  }
  const here = parts.filter(({ stage }) => stage !== 'disposed');
  const [first] = here;
  if (first === undefined) return refuse('item_already_moved', 'attention', { item: subject });
  const line = lineFor(state, first);
  if (line === undefined) return refuse('line_not_allowed', 'resolution', { codes: 'not_on_order' });
  if (!mayComeBack(line)) {
    return refuse('line_not_allowed', 'resolution', { codes: line.codes.join(', ') });
  }
  if (state.exchange?.kind === 'replacement' || state.instrument === 'repair') {
    return refuse('line_not_allowed', 'resolution', { codes: 'instrument_not_offered' });
  }
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
    ...asItCame(state, line, here),
  ];
}

/** What would have been asked of goods that came on the line is asked of these too. */
function asItCame(state: Opened, line: LineState, items: readonly ItemState[]): ReturnEvent[] {
  const found = items.flatMap((item) => {
    const { facts } = item;
    const barred = facts !== null && isBarredAsFound(state, line, { ...item, facts });
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
