import type { GoodsOut } from '../../domain/return/exchange.ts';

/** The shop's stock, as far as goods go out for what comes back. */
export interface Stock {
  /**
   * Keeps goods for a return, all at one facility: the one that receives the return where that has them.
   * @throws a failure of type `stock.refused` with the code `out_of_stock` where no facility has all of them free
   */
  reserveStock(request: StockReservation): Promise<{ readonly facility: string }>;
  /**
   * What was shipped has left the stock, and the rest is free. Asked again, or of what was never reserved, nothing
   * changes; what is released can't be reserved under the same reference any more.
   */
  releaseStock(request: StockRelease): Promise<void>;
}

export type StockReservation = {
  /** Names the reservation for ever. */
  readonly reference: string;
  /** Where the goods are looked for first. */
  readonly facility: string;
  readonly goods: readonly GoodsOut[];
};

export type StockRelease = { readonly reference: string; readonly shipped: readonly GoodsOut[] };
