import type { CommonCommand } from '../execution/commands.ts';
import type { ItemAmount } from '../execution/item.ts';
import type { Envelope as EnvelopeOf } from '../process/kind.ts';
import type { RequestCommand } from '../process/numbered.ts';
import type { Instant } from '../time/duration.ts';
import type { VendorReturnResolution } from './attention.ts';
import type { VendorReturnRequest } from './events.ts';

/** A message to a vendor return: from a person, a timer, or a return that was told something. */
export type VendorReturnCommand =
  | RequestCommand<VendorReturnRequest>
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
  | {
      readonly type: 'decline';
      /** Those that it sends back of what has left; absent or null: all. */
      readonly items?: readonly { readonly rma: string; readonly item: string }[] | null;
      /** What their way back costs us, in minor units. Absent: nothing. */
      readonly freight?: number;
      readonly note: string | null;
    }
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
  | CommonCommand<VendorReturnResolution>;

export type Envelope = EnvelopeOf<VendorReturnCommand>;
