import { going } from '../../execution/item.ts';
import { type Refused, refuse } from '../../execution/refusals.ts';
import { raise } from '../../process/attention.ts';
import type { LiquidationEvent, WayInstead } from '../events.ts';
import { balance, proceedsByItem } from '../figures.ts';
import type { Opened } from '../state.ts';

/** Not for sale any more, while nobody has bought: the items are free again, or go another way. */
export function cancel(
  state: Opened,
  note: string | null,
  instead: WayInstead | null,
): readonly LiquidationEvent[] | Refused {
  if (state.status === 'open') return [{ type: 'cancelled', note, ...(instead === null ? {} : { instead }) }];
  return refuse(state.status === 'sold' || state.status === 'shipped' ? 'already_sold' : 'execution_closed');
}

/** A liquidation that came to nothing lets go of what it holds; one that never got anything, or lost all, did. */
export function letGo(state: Opened): readonly LiquidationEvent[] {
  const items = Object.values(state.items);
  if (state.ending === 'cancelled') {
    const { instead } = state;
    return items.flatMap(({ state: s, rma, item }) =>
      s === 'held' ? [{ type: 'item_let_go', rma, item, ...(instead === null ? {} : { instead }) } as const] : [],
    );
  }
  const gone = ['declined', 'releasing', 'released'];
  return state.ending === null && items.every(({ state: s }) => gone.includes(s))
    ? [{ type: 'cancelled', note: null }]
    : [];
}

/** Who paid too much, or got something off what it had paid, is to get it back: a person pays. */
export function raiseOverpaid(state: Opened): readonly LiquidationEvent[] {
  const open = balance(state);
  return open < 0 ? raise(state, 'liquidator_overpaid', state.number, String(-open)) : [];
}

/** Once nothing is open with the liquidator, each return hears what came of its goods, and that they went their way. */
export function endWithLiquidator(state: Opened): readonly LiquidationEvent[] {
  const settled = Object.values(state.complaints).every(({ allowance }) => allowance !== null);
  if (state.status !== 'shipped' || balance(state) !== 0 || state.complaintsUntil !== null || !settled) return [];
  return [
    { type: 'proceeds_shared', items: proceedsByItem(state) },
    ...going(state.items).map(({ rma, item }) => ({ type: 'item_ending', rma, item }) as const),
  ];
}
