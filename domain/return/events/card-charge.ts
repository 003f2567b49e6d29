import type { CardConsent } from '../../money/card-consent.ts';
import type { Money } from '../../money/money.ts';

/** What happens to charges of what a buyer owes. */
export type CardChargeEvent =
  /** The buyer has agreed after the request. */
  | { readonly type: 'consent_recorded'; readonly consent: CardConsent }
  | {
      readonly type: 'charge_due';
      readonly clawback: string;
      readonly payment: string;
      readonly providerPaymentId: string;
      readonly amount: Money;
    }
  | {
      readonly type: 'charge_succeeded';
      readonly clawback: string;
      readonly amount: Money;
      readonly providerId: string;
    }
  /** The bank said no: the claim goes on as if nobody had agreed. */
  | { readonly type: 'charge_failed'; readonly clawback: string; readonly code: string };
