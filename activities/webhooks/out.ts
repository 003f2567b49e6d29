import { postBody, type Reach } from './reach.ts';
import { signatureOf } from './standard.ts';

/** An event as it goes out; `id` is the same in every attempt. */
export type Outgoing = { readonly id: string; readonly type: string; readonly at: string; readonly data: unknown };

/** Who is told: a URL, and the secret that signs (Standard Webhooks, `whsec_` and base64). */
export type Endpoint = { readonly id: string; readonly url: string; readonly secret: string };

const TIMEOUT_MS = 10_000;

/** Posts an event to an endpoint. The status that it answered with, a redirect's among them; null where it didn't. */
export async function post(
  { url, secret }: Omit<Endpoint, 'id'>,
  event: Outgoing,
  { reach = 'anywhere', signal }: { readonly reach?: Reach; readonly signal?: AbortSignal } = {},
): Promise<number | null> {
  const body = JSON.stringify({ type: event.type, timestamp: event.at, data: event.data });
  const timestamp = Math.floor(Date.now() / 1000);
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'homeward',
    'webhook-id': event.id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatureOf(secret, event.id, timestamp, body),
  };
  const until = AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), ...(signal === undefined ? [] : [signal])]);
  try {
    return await postBody(new URL(url), headers, body, { reach, signal: until });
  } catch {
    return null;
  }
}

/** Whether an endpoint took an event. */
export const isTaken = (status: number | null): boolean => status !== null && status >= 200 && status < 300;
