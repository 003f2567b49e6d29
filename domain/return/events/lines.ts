import type { DecisionCode, RulesByCode } from '../../eligibility/codes.ts';
import type { Units } from '../../goods/units.ts';
import type { FloorCode } from '../../policy/law.ts';
import type { OrderLineFacts } from '../../sale/order.ts';
import type { RequestedLine } from '../request.ts';

/** Positions of a return line. */
export type LineUnits = { readonly line: string; readonly units: Units };

export type LineVerdict = 'eligible' | 'ineligible' | 'needs_review';

/** What happens to what was asked back. */
export type LineEvent =
  | {
      readonly type: 'line_decided';
      readonly line: string;
      readonly verdict: LineVerdict;
      readonly codes: readonly DecisionCode[];
      /** Absent in what was decided before policies had rules by name. */
      readonly rules?: RulesByCode;
      /** The law lets the buyer withdraw from the sale of these goods; see law.ts. */
      readonly floor?: FloorCode;
      readonly units: Units;
    }
  | {
      readonly type: 'line_reviewed';
      readonly line: string;
      readonly approved: boolean;
      readonly note: string;
      readonly override: boolean;
    }
  | { readonly type: 'kept'; readonly line: string; readonly quantity: number }
  | {
      readonly type: 'units_reserved';
      readonly line: string /** The late item that they are for; null after an override. */;
      readonly item: string | null;
      readonly units: Units;
    }
  | {
      readonly type: 'units_released';
      readonly line: string;
      readonly quantity: number;
      /** Fewer than the quantity where the line could not hold all that was asked. */
      readonly units: Units;
      readonly why: 'declined' | 'cancelled' | 'expired';
    }
  | {
      readonly type: 'line_missing';
      readonly line: string;
      readonly units: Units /** Settled all the same. */;
      readonly compensated: boolean;
    }
  /** A further line, cancelled until its units are reserved. Of quantity 0: goods that nobody asked back, and that are here, join it. */
  | { readonly type: 'line_added'; readonly line: RequestedLine; readonly sold: OrderLineFacts }
  /** Fewer are released with it; more are reserved after it. */
  | {
      readonly type: 'quantity_changed';
      readonly line: string;
      readonly from: number;
      readonly to: number;
      readonly note: string | null;
    };
