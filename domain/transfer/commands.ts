import type { Currency } from '../money/money.ts';
import type { Envelope as EnvelopeOf } from '../process/kind.ts';
import type { OwnNews, RequestCommand } from '../process/numbered.ts';
import type { GoodsOut } from '../return/exchange.ts';
import type { RecalledGoods } from '../return/recalled.ts';
import type { Instant } from '../time/duration.ts';
import type { TransferResolution } from './attention.ts';
import type { LineUnits, PickedUnits, Surplus } from './events.ts';
import type { TransferBy, TransferRequest } from './request.ts';

/** What the stock of a facility answered. */
export type TransferEffectOutcome =
  | { readonly type: 'reserved'; readonly goods: readonly GoodsOut[] }
  | { readonly type: 'refused'; readonly code: string }
  | { readonly type: 'done' }
  | { readonly type: 'taken'; readonly short: readonly GoodsOut[] };

/** What came of a line: units that are whole, and units that are damaged. */
export type ReceivedUnits = {
  readonly line: string;
  readonly good: number;
  readonly damaged: number;
};

/** A message to a transfer: from a person, a trip, a timer, a facility's stock, or a recall. */
export type TransferCommand =
  | RequestCommand<TransferRequest>
  /** Lines that aren't named were found whole. */
  | { readonly type: 'pick'; readonly lines: readonly PickedUnits[] }
  | {
      readonly type: 'ship';
      /** What it left with. */
      readonly by: TransferBy;
      readonly tracking: string | null;
      /** Null: all that was picked. */
      readonly lines: readonly LineUnits[] | null;
      /** How many units a driver has counted, who knows of no lines; absent where nobody has. */
      readonly units?: number;
    }
  | {
      readonly type: 'receive';
      readonly lines: readonly ReceivedUnits[];
      readonly others: readonly Surplus[];
      readonly last: boolean;
    }
  /** Null leaves as it was. */
  | {
      readonly type: 'reschedule';
      readonly by: TransferBy | null;
      readonly shipBy: Instant | null;
      readonly arriveBy: Instant | null;
    }
  | {
      readonly type: 'settle_claim';
      readonly claim: string;
      /** Minor units of the currency; 0 where the carrier doesn't pay. */
      readonly paid: number;
      /** Absent where nothing is paid. */
      readonly currency?: Currency;
      readonly reference: string | null;
    }
  | { readonly type: 'cancel'; readonly note: string | null }
  | {
      readonly type: 'resolve';
      readonly attention: string;
      readonly resolution: TransferResolution;
      readonly note: string;
    }
  /** A recall has stopped goods of it, was an error, or has left the origin with too few. */
  | { readonly type: 'stop_goods'; readonly recall: string; readonly goods: readonly RecalledGoods[] }
  | { readonly type: 'release_goods'; readonly recall: string }
  | { readonly type: 'stop_stock'; readonly recall: string }
  | OwnNews<TransferEffectOutcome>;

export type Envelope = EnvelopeOf<TransferCommand>;
