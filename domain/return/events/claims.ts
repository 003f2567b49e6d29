import type { Money } from '../../money/money.ts';
import type { ClaimKind } from '../claims.ts';

/** What happens to claims on a carrier. */
export type ClaimEvent =
  /** Of a lost parcel where no kind is named. */
  | { readonly type: 'claim_dropped'; readonly parcel: string; readonly kind?: ClaimKind }
  | { readonly type: 'claim_opened'; readonly parcel: string; readonly providerId: string; readonly kind?: ClaimKind }
  | { readonly type: 'claim_wanted'; readonly parcel: string; readonly kind: ClaimKind; readonly amount: Money }
  | { readonly type: 'claim_overdue'; readonly claim: string }
  | { readonly type: 'claim_paid'; readonly claim: string; readonly amount: Money }
  | { readonly type: 'claim_refused'; readonly claim: string }
  /** Its parcel came after all. */
  | { readonly type: 'claim_withdrawal_due'; readonly claim: string }
  | { readonly type: 'claim_withdrawn'; readonly claim: string; readonly withdrawn: boolean };
