import type { Instant } from '../time/duration.ts';

/**
 * What a buyer has agreed to: the card that paid for the goods may be held, and charged, for what comes to be owed of their
 * return. `reference` is the agreement, by the shop's own name for it; of the card nothing is kept.
 */
export type CardConsent = { readonly reference: string; readonly at: Instant };
