/** Outside effects that must happen once. */
export type IntentKind = 'label' | 'pickup' | 'claim' | 'refund' | 'hold' | 'capture' | 'charge';

/** What is known of an effect before it is tried again. */
export type Intent = {
  /** How often it was begun, this time included. */
  readonly attempts: number;
  readonly providerId?: string;
  /** RFC 3339, of the first begin. */
  readonly createdAt: string;
};

/**
 * Remembers that an outside effect is about to be tried. A first attempt goes straight to the provider; any later one,
 * or one whose idempotency key may have lapsed there, asks the provider for our reference first.
 */
export interface Intents {
  /** Writes the intent, or counts one more attempt of it, and is committed before it answers. */
  begin(reference: string, kind: IntentKind, process: string): Promise<Intent>;
}

/** Stripe forgets keys after 24 hours at the earliest; an hour is left for clocks and slow calls. */
const keyLifeMs = 23 * 3_600_000;

/** Whether an effect may already be there although this call hasn't made it. */
export const mayExist = ({ attempts, createdAt }: Intent): boolean =>
  attempts > 1 || Date.now() - Date.parse(createdAt) > keyLifeMs;
