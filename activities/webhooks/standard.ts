import { createHmac, timingSafeEqual } from 'node:crypto';

/** What goes before a body: who sends the same thing again uses the same id. */
export type WebhookHeaders = { readonly id: string; readonly timestamp: number; readonly signature: string };

/** How far clocks may be apart, in seconds; what is older may be somebody else's repetition. */
const TOLERANCE = 300;

/** A signature as Standard Webhooks has it: HMAC-SHA256 over id, timestamp and body, base64, version 1. @param secret `whsec_` and base64 */
export function signatureOf(secret: string, id: string, timestamp: number, body: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

/** Whether one of the signatures, which blanks set apart, is by this secret and of these minutes. @param now seconds since 1970 */
export function isSigned(
  secret: string,
  { id, timestamp, signature }: WebhookHeaders,
  body: string,
  now: number,
): boolean {
  if (!(Math.abs(now - timestamp) <= TOLERANCE)) return false;
  const genuine = Buffer.from(signatureOf(secret, id, timestamp, body));
  return signature.split(' ').some((one) => {
    const given = Buffer.from(one);
    return given.length === genuine.length && timingSafeEqual(given, genuine);
  });
}
