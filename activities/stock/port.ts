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

/** The stock of facilities, as far as goods go from one to another. What is kept is let go of as `releaseStock` does. */
export interface TransferredStock {
  /**
   * Keeps goods at one facility alone: all of them, or with `partial` what is free of them.
   * @throws a failure of type `stock.refused` with the code `out_of_stock`, or `goods_stopped` where a recall has stopped the goods
   */
  reserveStockAt(request: StockReservationAt): Promise<{ readonly goods: readonly GoodsOut[] }>;
  /** Goods have come to a facility and are counted there. Asked again, nothing changes. */
  addStock(request: StockMovement): Promise<void>;
  /**
   * Goods have left a facility that nobody had reserved: they are counted no more, as far as they are free.
   * @returns what the facility's count hadn't; asked again, the same
   */
  takeStock(request: StockMovement): Promise<{ readonly short: readonly GoodsOut[] }>;
}

export type StockReservationAt = StockReservation & {
  readonly partial: boolean;
  /** Of which lots they are to be, as far as that is known. */
  readonly lots: readonly { readonly sku: string; readonly lot: string }[];
};

export type StockMovement = {
  /** Names it for ever. */
  readonly reference: string;
  readonly facility: string;
  readonly goods: readonly GoodsOut[];
};

export type StockReservation = {
  /** Names the reservation for ever. */
  readonly reference: string;
  /** Where the goods are looked for first. */
  readonly facility: string;
  readonly goods: readonly GoodsOut[];
};

export type StockRelease = { readonly reference: string; readonly shipped: readonly GoodsOut[] };
