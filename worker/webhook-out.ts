import { createHmac } from 'node:crypto';

/** An event as it goes out; `id` is the same in every attempt. */
export type Outgoing = { readonly id: string; readonly type: string; readonly at: string; readonly data: unknown };

/** Who is told: a URL, and the secret that signs (Standard Webhooks, `whsec_` and base64). */
export type Endpoint = { readonly id: string; readonly url: string; readonly secret: string };

const TIMEOUT_MS = 10_000;

/** Signs as Standard Webhooks says: HMAC-SHA256 over id, timestamp and body, base64, version 1. */
function signature(secret: string, id: string, timestamp: number, body: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

/** Posts an event to an endpoint. Whether it said yes (2xx); a redirect is no. */
export async function post(endpoint: Endpoint, event: Outgoing, signal: AbortSignal): Promise<boolean> {
  const body = JSON.stringify({ type: event.type, timestamp: event.at, data: event.data });
  const timestamp = Math.floor(Date.now() / 1000);
  try {
    const response = await fetch(endpoint.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'homeward',
        'webhook-id': event.id,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': signature(endpoint.secret, event.id, timestamp, body),
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
