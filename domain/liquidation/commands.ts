import type { CommonCommand } from '../execution/commands.ts';
import type { Grade } from '../goods/grading.ts';
import type { Currency } from '../money/money.ts';
import type { Envelope as EnvelopeOf } from '../process/kind.ts';
import type { RequestCommand } from '../process/numbered.ts';
import type { Instant } from '../time/duration.ts';
import type { LiquidationResolution } from './attention.ts';
import type { ComplaintKind, FeeKind, LiquidationRequest, RemovalCause, WayInstead } from './events.ts';

/** A message to a liquidation: from a person, a timer, or a return that was told something. Amounts are minor units. */
export type LiquidationCommand =
  | RequestCommand<LiquidationRequest>
  | {
      readonly type: 'record_bid';
      readonly liquidator: string;
      readonly amount: number;
      readonly currency: Currency;
      readonly validUntil: Instant;
    }
  | { readonly type: 'withdraw_bid'; readonly bid: string }
  | { readonly type: 'reprice'; readonly reserve: number; readonly note: string | null }
  | {
      readonly type: 'take_out';
      readonly rma: string;
      readonly item: string;
      readonly cause: RemovalCause;
      readonly note: string | null;
    }
  | {
      readonly type: 'accept_bid';
      readonly bid: string;
      readonly invoice: string;
      /** Somebody who may do so sells below the reserve; the note says why. */
      readonly belowReserve: boolean;
      readonly note: string | null;
    }
  | { readonly type: 'sell_again'; readonly note: string | null }
  | { readonly type: 'record_payment'; readonly reference: string; readonly amount: number }
  | { readonly type: 'record_payout'; readonly reference: string; readonly amount: number }
  | { readonly type: 'record_fee'; readonly kind: FeeKind; readonly reference: string; readonly amount: number }
  | { readonly type: 'ship'; readonly carrier: string | null; readonly reference: string }
  | {
      readonly type: 'record_complaint';
      readonly reference: string;
      readonly kind: ComplaintKind;
      readonly sku: string;
      /** Null where the manifest has the SKU in one grade, or the complaint is about all. */
      readonly grade: Grade | null;
      readonly quantity: number;
      readonly asked: number;
    }
  | {
      readonly type: 'settle_complaint';
      readonly complaint: string;
      /** Nothing where the complaint is refused. */
      readonly allowance: number;
      readonly note: string | null;
    }
  | { readonly type: 'write_off'; readonly note: string | null }
  | { readonly type: 'cancel'; readonly note: string | null; readonly instead: WayInstead | null }
  | CommonCommand<LiquidationResolution>;

export type Envelope = EnvelopeOf<LiquidationCommand>;
