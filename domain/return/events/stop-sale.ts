import type { RecalledGoods } from '../recalled.ts';

/** What recalls do to goods of a return that is under way. */
export type StopSaleEvent =
  /** All that the recall has stopped so far; here, or still to come. */
  | { readonly type: 'goods_stopped'; readonly recall: string; readonly goods: readonly RecalledGoods[] }
  | { readonly type: 'goods_released'; readonly recall: string };
