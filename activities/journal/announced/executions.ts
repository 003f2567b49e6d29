import type { CertifiedDisposalEvent } from '../../../domain/certified-disposal/events.ts';
import type { LiquidationEvent } from '../../../domain/liquidation/events.ts';
import type { RefurbishmentEvent } from '../../../domain/refurbishment/events.ts';
import type { VendorReturnEvent } from '../../../domain/vendor-return/events.ts';

/** Events of a vendor return that others are told of by webhook, as `vendor_return.…`. */
export const ofVendorReturn: ReadonlySet<string> = new Set<VendorReturnEvent['type']>([
  'requested',
  'authorized',
  'refused',
  'shipped',
  'sent_back',
  'credit_recorded',
  'disputed',
  'written_off',
  'cancelled',
  'attention_raised',
  'attention_resolved',
  'closed',
]);

/** Likewise of a liquidation, as `liquidation.…`. */
export const ofLiquidation: ReadonlySet<string> = new Set<LiquidationEvent['type']>([
  'requested',
  'bid_recorded',
  'repriced',
  'taken_out',
  'sold',
  'sale_undone',
  'payment_recorded',
  'paid_back',
  'shipped',
  'complaint_made',
  'complaint_settled',
  'written_off',
  'write_off_reversed',
  'cancelled',
  'attention_raised',
  'attention_resolved',
  'closed',
]);

/** Likewise of a certified disposal, as `certified_disposal.…`; who reminds an organisation hears of it by `reminded`. */
export const ofCertifiedDisposal: ReadonlySet<string> = new Set<CertifiedDisposalEvent['type']>([
  'requested',
  'taken_back',
  'sent_back',
  'handed_over',
  'refused',
  'reminded',
  'certificate_recorded',
  'certificate_rejected',
  'witnessed',
  'completed',
  'cancelled',
  'attention_raised',
  'attention_resolved',
  'closed',
]);

/** Likewise of a refurbishment, as `refurbishment.…`. */
export const ofRefurbishment: ReadonlySet<string> = new Set<RefurbishmentEvent['type']>([
  'requested',
  'begun',
  'parts_awaited',
  'parts_arrived',
  'over_budget',
  'budget_raised',
  'put_on_hold',
  'hold_lifted',
  'test_failed',
  'units_finished',
  'taken_apart',
  'work_ended',
  'cancelled',
  'attention_raised',
  'attention_resolved',
  'closed',
]);
