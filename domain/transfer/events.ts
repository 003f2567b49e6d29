import type { AttentionEvent } from '../process/attention-rows.ts';
import type { Recorded as RecordedOf } from '../process/kind.ts';
import type { GoodsOut } from '../return/exchange.ts';
import type { RecalledGoods } from '../return/recalled.ts';
import type { Instant } from '../time/duration.ts';
import type { TransferAttentionReason, TransferResolution } from './attention.ts';
import type { TransferBy, TransferRequest } from './request.ts';

/** So many units of a line. */
export type LineUnits = { readonly line: string; readonly quantity: number };

/** Units of a line as they were picked: which lot that was, and which serials, where somebody read them. */
export type PickedUnits = LineUnits & { readonly lot: string | null; readonly serials: readonly string[] };

/** Goods that came and belong to no line, or to more than was sent. */
export type Surplus = { readonly sku: string; readonly lot: string | null; readonly quantity: number };

/** Why goods wait in quarantine: they came damaged, or a recall has stopped them. */
export const holdCauses = ['damaged', 'recalled'] as const;
export type HoldCause = (typeof holdCauses)[number];

/** Who answers for units that never came. */
export const lossCauses = ['carrier', 'unknown'] as const;
export type LossCause = (typeof lossCauses)[number];

/** What happened to a transfer; the journal's content. */
export type TransferEvent =
  | { readonly type: 'requested'; readonly number: string; readonly request: TransferRequest }
  /** The origin keeps these units for it: all, or what was there where a person said so. */
  | { readonly type: 'reserved'; readonly lines: readonly LineUnits[] }
  | { readonly type: 'out_of_stock'; readonly code: string }
  /** The origin is asked again; `partial`: for what is there. */
  | { readonly type: 'reservation_retried'; readonly partial: boolean }
  /** A recall has left the origin without goods for it: what it kept is looked for anew. */
  | { readonly type: 'reservation_doubted'; readonly recall: string }
  | { readonly type: 'picked'; readonly lines: readonly PickedUnits[] }
  | { readonly type: 'pick_undone' }
  | {
      readonly type: 'shipped';
      readonly by: TransferBy;
      readonly tracking: string | null;
      readonly lines: readonly LineUnits[];
    }
  /** The origin's stock has heard what left, and that the rest is free. */
  | { readonly type: 'stock_released' }
  | {
      readonly type: 'rescheduled';
      readonly by: TransferBy;
      readonly shipBy: Instant;
      readonly arriveBy: Instant;
    }
  /** It is late; whoever planned with it plans again. */
  | { readonly type: 'delayed'; readonly what: 'shipment' | 'arrival'; readonly due: Instant }
  /** Units that came whole and joined the stock; `last`: nothing more is expected. */
  | {
      readonly type: 'received';
      readonly receipt: string;
      readonly lines: readonly LineUnits[];
      readonly last: boolean;
    }
  | {
      readonly type: 'held_back';
      readonly held: string;
      readonly line: string;
      readonly quantity: number;
      readonly cause: HoldCause;
    }
  | { readonly type: 'hold_ended'; readonly held: string; readonly into: 'stock' | 'disposed_of' }
  | ({ readonly type: 'surplus_found'; readonly surplus: string; readonly receipt: string } & Surplus)
  /** The origin had sent more than it said. */
  | { readonly type: 'surplus_accepted'; readonly surplus: string }
  /** It is no stock of the place it came to. */
  | { readonly type: 'surplus_left_out'; readonly surplus: string }
  /** More may come after all. */
  | { readonly type: 'rest_awaited' }
  | ({ readonly type: 'lost'; readonly cause: LossCause } & LineUnits)
  /** What was taken for lost has come. */
  | ({ readonly type: 'found' } & LineUnits)
  | ({ readonly type: 'found_at_origin' } & LineUnits)
  | { readonly type: 'claim_opened'; readonly claim: string; readonly line: string; readonly quantity: number }
  | { readonly type: 'claim_late'; readonly claim: string }
  /** What the carrier has paid, in minor units; 0 where it doesn't. */
  | { readonly type: 'claim_settled'; readonly claim: string; readonly paid: number; readonly reference: string | null }
  /** Goods are counted in the stock of the place they came to. */
  | { readonly type: 'stocked'; readonly arrival: string }
  /** What came beside the papers left the origin's count; `short`: what that hadn't. */
  | { readonly type: 'origin_corrected'; readonly surplus: string; readonly short: readonly GoodsOut[] }
  | { readonly type: 'goods_stopped'; readonly recall: string; readonly goods: readonly RecalledGoods[] }
  | { readonly type: 'goods_released'; readonly recall: string }
  | { readonly type: 'lines_taken_out'; readonly recall: string; readonly lines: readonly string[] }
  | { readonly type: 'cancelled'; readonly note: string | null }
  /** Under way already: what hasn't come goes back to where it left. */
  | { readonly type: 'turned_back'; readonly note: string | null; readonly arriveBy: Instant }
  | { readonly type: 'reconciliation_required'; readonly disagreements: readonly string[] }
  | { readonly type: 'reconciliation_retried' }
  /** What was given up has come after it was closed. */
  | { readonly type: 'reopened' }
  | { readonly type: 'closed'; readonly outcome: TransferOutcome }
  | AttentionEvent<TransferAttentionReason, TransferResolution>;

export const transferOutcomes = ['received', 'turned_back', 'cancelled'] as const;
export type TransferOutcome = (typeof transferOutcomes)[number];

export type Recorded = RecordedOf<TransferEvent>;
