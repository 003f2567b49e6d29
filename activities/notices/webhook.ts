import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { storable, WebhookRejected } from '../webhook-rejected.ts';
import { isSigned } from '../webhooks/standard.ts';

/** That a notice which had left came back. */
export type Bounce = {
  /** The notice's own, as it was in the letter or in the webhook. */
  readonly messageId: string;
  /** Why, in the codes of mail servers (RFC 3463): `5.1.1`. */
  readonly status: string;
};

const Bounced = z.object({
  type: z.literal('notice.bounced'),
  data: z.object({ messageId: z.string().min(1), status: z.string().regex(/^[245]\.\d{1,3}\.\d{1,3}$/) }),
});

const headersSchema = z.object({
  'webhook-id': z.string(),
  'webhook-timestamp': z.coerce.number(),
  'webhook-signature': z.string(),
});

/**
 * Verifies, as Standard Webhooks says, and reads what whoever takes in our bounces tells of one. Null where the letter was only
 * late (4.x.x), for an event of another kind, and for what arrived after all.
 * @throws WebhookRejected
 */
export function bounceFromWebhook(rawBody: Buffer, headers: IncomingHttpHeaders, secret: string): Bounce | null {
  const body = rawBody.toString('utf8');
  const given = headersSchema.safeParse(headers);
  if (!given.success) throw new WebhookRejected('signature');
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } = given.data;
  if (!isSigned(secret, { id, timestamp, signature }, body, Date.now() / 1000)) throw new WebhookRejected('signature');
  const event = jsonOf(body);
  if (!z.object({ type: z.string() }).safeParse(event).success) throw new WebhookRejected('shape');
  if (!z.object({ type: z.literal('notice.bounced') }).safeParse(event).success) return null;
  const bounced = Bounced.safeParse(event);
  if (!bounced.success) throw new WebhookRejected('shape');
  const { data } = bounced.data;
  return data.status.startsWith('5.') ? storable(data) : null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new WebhookRejected('shape');
  }
}
