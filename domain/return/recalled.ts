import { find } from './find.ts';
import type { ItemState, LineState, Opened } from './state.ts';

/** Goods that a recall stops: one lot of a SKU, or with null all of it; if `unread`, what nobody read the lot of. */
export type RecalledGoods = { readonly sku: string; readonly lot: string | null; readonly unread?: true };

/** The goods of this return that recalls stopped while it was under way, by the recall's number. */
export type RecallsKnown = Readonly<Record<string, readonly RecalledGoods[]>>;

/** Whether recalls stop an item's goods. Where nobody read its lot, what was sold of the line counts. */
export function isStopped({ recalls, lines }: Pick<Opened, 'recalls' | 'lines'>, item: ItemState): boolean {
  const { sku, lot, line } = item;
  const sold = line === null ? undefined : find(lines, line)?.sold;
  return goodsIn(recalls).some(
    (goods) =>
      goods.sku === sku && (goods.unread === true ? lot === null : couldBe(goods, lot === null ? sold?.lots : [lot])),
  );
}

/** Whether goods of a line that are still to come could be among those that recalls have stopped. */
export const isLineStopped = ({ recalls }: Pick<Opened, 'recalls'>, { sold }: LineState): boolean =>
  goodsIn(recalls).some((goods) => goods.sku === sold.sku && goods.unread !== true && couldBe(goods, sold.lots));

const goodsIn = (recalls: RecallsKnown | undefined): readonly RecalledGoods[] => Object.values(recalls ?? {}).flat();

const couldBe = ({ lot }: RecalledGoods, lots: readonly string[] | undefined): boolean =>
  lot === null || (lots ?? []).includes(lot);

/** The same with each item that is here marked as its recalls have it; what has gone stays as it went. */
export function withStopped(state: Opened): Opened {
  if (state.recalls === undefined) return state;
  const items = Object.entries(state.items).map(([id, item]) => {
    const stopped = item.stage !== 'disposed' && isStopped(state, item);
    if (item.stage === 'disposed' || stopped === (item.recalled === true)) return [id, item] as const;
    const { recalled: _, ...rest } = item;
    return [id, stopped ? { ...rest, recalled: true as const } : rest] as const;
  });
  return { ...state, items: Object.fromEntries(items) };
}
