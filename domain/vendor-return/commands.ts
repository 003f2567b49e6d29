import type { Instant } from '../duration.ts';
import type { ItemAmount } from '../execution/item.ts';
import type { Told } from '../execution/telling.ts';
import type { Envelope as EnvelopeOf } from '../process.ts';
import type { VendorReturnResolution } from './attention.ts';
import type { VendorReturnRequest } from './events.ts';

/** A message to a vendor return: from a person, a timer, or a return that was told something. */
export type VendorReturnCommand =
  | { readonly type: 'request'; readonly number: string; readonly request: VendorReturnRequest }
  | {
      readonly type: 'authorize';
      readonly vendorRma: string;
      /** What the vendor keeps of the cost, in basis points. */
      readonly restockingBasisPoints: number;
      /** Null where the vendor names no date. */
      readonly shipBy: Instant | null;
      /** The items that it doesn't take. */
      readonly refused: readonly { readonly rma: string; readonly item: string }[];
    }
  | { readonly type: 'decline'; readonly note: string | null }
  | { readonly type: 'ship'; readonly carrier: string; readonly tracking: string }
  | {
      readonly type: 'record_credit';
      readonly memo: string;
      /** Minor units; shared out over what is still expected where the vendor names no items. */
      readonly total: number;
      readonly items: readonly ItemAmount[] | null;
    }
  | { readonly type: 'write_off'; readonly note: string | null }
  | { readonly type: 'cancel'; readonly note: string | null }
  | {
      readonly type: 'resolve';
      readonly attention: string;
      readonly resolution: VendorReturnResolution;
      readonly note: string;
    }
  | { readonly type: 'deadline'; readonly deadline: string; readonly due: Instant }
  | { readonly type: 'outcome'; readonly effect: string; readonly outcome: Told }
  | { readonly type: 'ledger_disagrees'; readonly detail: string }
  | { readonly type: 'sync' };

export type Envelope = EnvelopeOf<VendorReturnCommand>;
