import { type InspectedGoods, type VetoCode, vetoesOf } from '../goods/disposition.ts';
import { type Evidence, liftedBy } from '../goods/evidence.ts';
import { type OrderLineFacts, worthOfLine } from '../sale/order.ts';
import type { ItemState, Opened } from './state.ts';

export const evidenceOf = ({ evidence }: ItemState): readonly Evidence[] => evidence ?? [];

/** An item as the choice of its way looks at it; null before it was inspected. */
export function goodsOf(state: Opened, item: ItemState): InspectedGoods | null {
  const { facts, grade, quantity, lot, found = [] } = item;
  if (facts === null || grade === null) return null;
  const asked = item.line === null ? null : (state.lines[item.line]?.sold ?? null);
  const sold = asked !== null && item.recalled === true ? { ...asked, recalled: true } : asked;
  return {
    ...{ sold, facts, grade, quantity, lot, found },
    lifted: liftedBy(evidenceOf(item), item),
    ...(item.work === undefined ? {} : { work: item.work }),
    refurbished: timesRefurbished(item, sold),
    unitPrice: sold === null ? 0 : Math.round(worthOfLine(sold) / Math.max(1, sold.quantity)),
    policy: state.policy,
    currency: state.currency,
  };
}

/** How often the unit of an item that has been through it most was refurbished: under this return, and before it. */
function timesRefurbished({ serials, work }: ItemState, sold: OrderLineFacts | null): number {
  const before = serials.map((serial) => readOwn(sold?.refurbished ?? {}, serial));
  return Math.max(0, ...before) + (work?.refurbished ?? 0);
}

const readOwn = (counts: Readonly<Record<string, number>>, serial: string): number =>
  Object.hasOwn(counts, serial) ? (counts[serial] ?? 0) : 0;

/** What bars ways of an item now; nothing is known before it was inspected. */
export function vetoesOn(state: Opened, item: ItemState): readonly VetoCode[] {
  const goods = goodsOf(state, item);
  return goods === null ? [] : vetoesOf(goods);
}
