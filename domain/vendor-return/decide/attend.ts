import { attending } from '../../execution/attend.ts';
import type { OwnReason, OwnResolution } from '../../execution/attention.ts';
import { raise } from '../../process/attention.ts';
import { unreachable } from '../../unreachable.ts';
import { type VendorReturnReason, type VendorReturnResolution, vendorReturnAttention } from '../attention.ts';
import { type Due, deadlines } from '../due.ts';
import type { VendorReturnEvent } from '../events.ts';
import { hasShipped, type Opened, owed } from '../state.ts';
import { writeOff } from './credit.ts';

/** What people settle, and what times and the returns' answers lead to. */
export const { decideCommon, resolveMoot } = attending({
  attention: vendorReturnAttention,
  deadlines,
  consequences,
  overdue,
  hasLeft: ({ status }) => status !== 'requested' && status !== 'authorized',
  takesRecalled: () => true,
  isMoot,
});

function consequences(
  state: Opened,
  { resolution }: { readonly resolution: OwnResolution<VendorReturnResolution> },
): readonly VendorReturnEvent[] {
  switch (resolution) {
    case 'dispute':
      return hasShipped(state) ? [{ type: 'disputed', amount: owed(state) }] : [];
    case 'write_off': {
      const answer = writeOff(state, null);
      return 'refusal' in answer ? [] : answer;
    }
    default:
      return unreachable(resolution);
  }
}

function overdue(state: Opened, { deadline }: Due): readonly VendorReturnEvent[] {
  return [{ type: 'overdue', what: deadline }, ...raise(state, `vendor_${deadline}_late`, state.number)];
}

/** The number came after all, the rest was credited. */
function isMoot({ status }: Opened, { reason }: { readonly reason: OwnReason<VendorReturnReason> }): boolean {
  switch (reason) {
    case 'vendor_authorization_late':
      return status !== 'requested';
    case 'vendor_shipment_late':
      return status !== 'authorized';
    case 'vendor_credit_late':
    case 'vendor_short_paid':
      return status !== 'shipped';
    case 'vendor_dispute_late':
      return status !== 'disputed';
    default:
      return unreachable(reason);
  }
}
