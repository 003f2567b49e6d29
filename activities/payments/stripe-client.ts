import Stripe from 'stripe';
import type { Intents } from '../intents.ts';

export type StripeOptions = {
  apiKey: string;
  /** Scheme, host and port. @default Stripe's own */
  baseUrl?: string;
  /** For one HTTP call; asked before each. @default 8000 */
  timeoutMs?: () => number;
  intents: Intents;
};

/** The official client, against Stripe or the sandbox. */
export function stripeClient({ apiKey, baseUrl }: StripeOptions): Stripe {
  const url = baseUrl === undefined ? undefined : new URL(baseUrl);
  const address =
    url === undefined
      ? {}
      : {
          protocol: url.protocol === 'http:' ? ('http' as const) : ('https' as const),
          host: url.hostname,
          port: url.port === '' ? (url.protocol === 'http:' ? 80 : 443) : Number(url.port),
        };
  // Temporal retries, with our look for the reference in between.
  return new Stripe(apiKey, { ...address, maxNetworkRetries: 0, telemetry: false });
}
