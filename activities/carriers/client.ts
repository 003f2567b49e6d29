import library from '@easypost/api';
import { isNotFound, VendorError } from './failures.ts';

type Call<Arguments extends unknown[]> = (...given: Arguments) => Promise<unknown>;

/** The part of EasyPost's client that we use. Whatever it answers is checked before it is believed. */
export type Client = {
  Shipment: {
    create: Call<[object]>;
    retrieve: Call<[id: string]>;
    buy: Call<[id: string, rate: string]>;
    refund: Call<[id: string]>;
  };
  Pickup: {
    create: Call<[object]>;
    retrieve: Call<[id: string]>;
    buy: Call<[id: string, carrier: string, service: string]>;
    cancel: Call<[id: string]>;
  };
  Claim: { create: Call<[object]>; retrieve: Call<[id: string]>; cancel: Call<[id: string]> };
  Utils: { validateWebhook(rawBody: Buffer, headers: object, secret: string): unknown };
};

// The package's types describe its CommonJS build, so that TypeScript takes its default export for a namespace.
const EasyPost = library as unknown as new (key: string, options: object) => Client;

export type ClientOptions = {
  apiKey: string;
  /** Ends in `/v2/`. @default EasyPost's own */
  baseUrl?: string;
  /** For one HTTP call, of which an activity makes up to four; asked before each. @default 8000 */
  timeoutMs?: () => number;
};

/** EasyPost's official client, without retries (Temporal retries) and with a time-out that holds. */
export function createClient({ apiKey, baseUrl, timeoutMs = () => 8_000 }: ClientOptions): Client {
  return new EasyPost(apiKey, {
    ...(baseUrl === undefined ? {} : { baseUrl }),
    // The client accepts a `timeout` and doesn't use it (8.9.0): without this a call could hang for ever.
    requestMiddleware: (request: { timeout(ms: number): unknown }) => request.timeout(timeoutMs()),
  });
}
/** One call and what we read of its answer. Fails as a `VendorError`. */
export async function ask<T>(call: () => Promise<unknown>, read: (answer: unknown) => T): Promise<T> {
  try {
    return read(await call());
  } catch (error) {
    throw new VendorError(error);
  }
}

/** What the carrier has of this id or reference, if anything. */
export async function find<T>(
  retrieve: (id: string) => Promise<unknown>,
  name: string,
  read: (answer: unknown) => T,
): Promise<T | null> {
  try {
    // The client puts ids into the path as they are.
    return await ask(() => retrieve(encodeURIComponent(name)), read);
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

export const cheapest = <T extends { rate: string }>(rates: readonly T[]): T | undefined =>
  rates.toSorted((a, b) => Number(a.rate) - Number(b.rate))[0];
