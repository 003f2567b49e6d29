import { countUnits } from '../../goods/units.ts';
import type { ReturnCommand } from '../commands.ts';
import type { SentAnew } from '../events/new-shipment.ts';
import type { ReturnEvent } from '../events.ts';
import { raise } from '../raise.ts';
import { type Answer, refuse } from '../refuse.ts';
import type { ItemState, LineState, Opened } from '../state.ts';

/** The buyer of undelivered goods gets money or a new shipment. One that hasn't left may still become money. */
export function chooseRemedy(state: Opened, { remedy }: Extract<ReturnCommand, { type: 'choose_remedy' }>): Answer {
  if (state.remedy === remedy) return [];
  if (state.phase === 'closed') return refuse('return_closed');
  if (state.remedy === undefined) return refuse('no_choice');
  if (state.remedy === 'refund') return refuse('remedy_already_chosen', 'remedy');
  return [{ type: 'remedy_chosen', remedy }];
}

/**
 * What is due leaves again, once: it moves no money, as it was paid for, and its units are the buyer's again, who may
 * return them like any other. The goods that came back stay here.
 */
export function shipAnew(state: Opened, { carrier, tracking }: Extract<ReturnCommand, { type: 'ship_anew' }>): Answer {
  if (state.phase === 'closed') return refuse('return_closed');
  if (state.remedy !== 'new_shipment') return refuse('no_new_shipment');
  const { items, withoutGoods } = dueAnew(state);
  const lines = sentAnew(items, withoutGoods);
  if (lines.length === 0) return refuse('nothing_to_ship');
  return [
    {
      type: 'shipped_anew',
      shipment: `N${(state.newShipments ?? 0) + 1}`,
      carrier,
      tracking,
      items: items.map(({ item }) => item),
      withoutGoods: withoutGoods.map(({ line }) => line),
      lines,
    },
  ];
}

/** Somebody has to send it. */
export const askForNewShipment = (state: Opened): readonly ReturnEvent[] =>
  awaitsNewShipment(state) ? raise(state, 'new_shipment_due', state.rma) : [];

/** Whether goods are due that the buyer wants sent again. */
export function awaitsNewShipment(state: Opened): boolean {
  const { items, withoutGoods } = dueAnew(state);
  return state.remedy === 'new_shipment' && items.length + withoutGoods.length > 0;
}

/** Nothing is paid while the buyer may choose, or has chosen to have the goods sent again. */
export const isPaid = ({ remedy }: Opened): boolean => remedy === undefined || remedy === 'refund';

function dueAnew(state: Opened): { items: ItemState[]; withoutGoods: LineState[] } {
  return {
    items: Object.values(state.items).filter(
      ({ acceptance, settled, line }) => acceptance === 'accepted' && !settled && line !== null,
    ),
    withoutGoods: Object.values(state.lines).filter((line) => line.dueUnits.length > 0),
  };
}

function sentAnew(items: readonly ItemState[], withoutGoods: readonly LineState[]): SentAnew[] {
  const quantities = new Map<string, number>();
  const add = (line: string, quantity: number) => quantities.set(line, (quantities.get(line) ?? 0) + quantity);
  for (const { line, quantity } of items) if (line !== null) add(line, quantity);
  for (const { line, dueUnits } of withoutGoods) add(line, countUnits(dueUnits));
  return [...quantities].map(([line, quantity]) => ({ line, quantity }));
}
