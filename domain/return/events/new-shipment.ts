import type { Remedy } from '../../delivery/terms.ts';

/** Units of a line that are sent again. */
export type SentAnew = { readonly line: string; readonly quantity: number };

/** What the buyer of undelivered goods gets for them. */
export type NewShipmentEvent =
  | { readonly type: 'remedy_chosen'; readonly remedy: Remedy }
  /** Goods leave for their buyer again in place of those that came back, or were lost on the way. */
  | {
      readonly type: 'shipped_anew';
      readonly shipment: string;
      readonly carrier: string;
      readonly tracking: string;
      readonly items: readonly string[];
      /** Lines whose units are sent although their goods never came. */
      readonly withoutGoods: readonly string[];
      readonly lines: readonly SentAnew[];
    };
