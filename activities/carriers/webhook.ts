import { z } from 'zod';
import { storable, WebhookRejected } from '../webhook-rejected.ts';
import { createClient } from './client.ts';
import { gramsAnOunce } from './wire.ts';

const statuses = [
  'unknown',
  'pre_transit',
  'in_transit',
  'out_for_delivery',
  'delivered',
  'available_for_pickup',
  'return_to_sender',
  'failure',
  'cancelled',
  'error',
] as const;

/** EasyPost's tracker statuses; one that we don't know is `unknown`. */
export type TrackingStatus = (typeof statuses)[number];

/** One report of a parcel, without places or names. Reports come late, repeated and out of order: go by `at`. */
export type TrackingEvent = {
  readonly eventId: string;
  /** `pickup_failed`: the driver came and left without the parcel. */
  readonly kind: 'scan' | 'pickup_failed';
  readonly tracking: string;
  readonly carrier: string;
  readonly status: TrackingStatus;
  /** What went wrong, where the carrier says so. */
  readonly detail: (typeof details)[keyof typeof details] | 'other';
  /** As the carrier weighed it; absent where it didn't. */
  readonly weightGrams?: number;
  /** When the carrier reported it (RFC 3339): data, not a clock to decide by. */
  readonly at: string;
};

/** What the carrier's insurer answered to a claim. */
export type ClaimEvent = {
  readonly eventId: string;
  readonly kind: 'claim';
  /** Ours; null on a claim that was made elsewhere. */
  readonly reference: string | null;
  readonly providerId: string;
  readonly status: 'paid' | 'refused';
  /** A decimal in the currency in which was claimed; null where nothing is paid. */
  readonly amount: string | null;
};

// The check needs no key, but the library hangs it on a client.
const library = createClient({ apiKey: 'unused' });

const instant = z.string().refine((text) => !Number.isNaN(Date.parse(text)));
const eventSchema = z.object({ id: z.string(), description: z.string(), result: z.unknown() });
const trackerSchema = z.object({
  object: z.literal('Tracker'),
  tracking_code: z.string(),
  carrier: z.string(),
  status: z.enum(statuses).catch('unknown'),
  status_detail: z.string().nullish(),
  updated_at: instant,
  weight: z.number().positive().nullish().catch(null),
  tracking_details: z.array(z.object({ datetime: instant.nullish() })),
});

const claimSchema = z.object({
  object: z.literal('Claim'),
  id: z.string(),
  reference: z.string().nullish(),
  status: z.string(),
  approved_amount: z.string().nullish(),
});
/** Statuses that are an answer; the others are its way there. */
const answers: Readonly<Record<string, ClaimEvent['status']>> = {
  approved: 'paid',
  approved_partial: 'paid',
  rejected: 'refused',
  cancelled: 'refused',
};

/** EasyPost's status details that say what went wrong; a failed attempt doesn't say more than that. */
const details = {
  lost: 'lost',
  damaged: 'damaged',
  refused: 'refused',
  address_correction: 'bad_address',
  delivery_exception: 'not_home',
  expired: 'unclaimed',
} as const;

const detailOf = (said: string | null | undefined): TrackingEvent['detail'] =>
  Object.entries(details).find(([detail]) => detail === said)?.[1] ?? 'other';

const pickupExceptions: readonly unknown[] = ['transit_exception', 'delivery_exception'];

/**
 * Verifies (by the client library's own check) and reads a webhook of EasyPost. Null for a genuine event that is neither
 * about a parcel's way nor an answer to a claim. The body must be the raw bytes as they came.
 * @throws WebhookRejected when the signature or the shape is wrong
 */
export function carrierEventFromWebhook(
  rawBody: Buffer,
  headers: Record<string, unknown>,
  secret: string,
): TrackingEvent | ClaimEvent | null {
  let body: unknown;
  try {
    body = library.Utils.validateWebhook(rawBody, headers, secret);
  } catch {
    throw new WebhookRejected('signature');
  }
  const event = eventSchema.safeParse(body);
  if (!event.success) throw new WebhookRejected('shape');
  // Its documentation says both `claim.` and `claims.`.
  if (/^claims?\./.test(event.data.description)) return claimAnswered(event.data.id, event.data.result);
  if (!event.data.description.startsWith('tracker.')) return null;
  const tracker = trackerSchema.safeParse(event.data.result);
  if (!tracker.success) throw new WebhookRejected('shape');
  const { tracking_code, carrier, status, status_detail, updated_at, tracking_details, weight } = tracker.data;
  const missed = status === 'pre_transit' && pickupExceptions.includes(status_detail);
  return storable({
    eventId: event.data.id,
    kind: missed ? 'pickup_failed' : 'scan',
    tracking: tracking_code,
    carrier,
    status,
    ...(weight == null ? {} : { weightGrams: Math.round(weight * gramsAnOunce) }),
    detail: detailOf(status_detail),
    at: notAhead(tracking_details.at(-1)?.datetime ?? updated_at),
  });
}

/** Carriers tell times of their own zone as if they were UTC: news from the future would bar all that come before it. */
const notAhead = (at: string): string => (Date.parse(at) > Date.now() ? new Date().toISOString() : at);

function claimAnswered(eventId: string, result: unknown): ClaimEvent | null {
  const claim = claimSchema.safeParse(result);
  // Messages between people come under the same name.
  if (!claim.success) return null;
  const { id, reference, status, approved_amount } = claim.data;
  const answer = answers[status];
  if (answer === undefined) return null;
  const amount = answer === 'paid' ? (approved_amount ?? null) : null;
  return storable({ eventId, kind: 'claim', reference: reference ?? null, providerId: id, status: answer, amount });
}
