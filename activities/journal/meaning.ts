import type { Pool } from 'pg';
import { withClient } from '../../prisma/client.ts';
import { claimAnswered } from './claims.ts';
import type { GoodsDelivery, InboxMessage, OutboundMessage, WebhookEvent } from './inbox.ts';
import { outboundNews } from './outbound.ts';
import { receiptCommandId } from './process.ts';
import type { ReceiptDelivery } from './receipt-rows.ts';
import { serialsElsewhere } from './serials-elsewhere.ts';
import { isJournaled } from './tail.ts';

/** A process, and what is to be told to it where that is news; null where nothing of ours fits. */
export type Meaning =
  | InboxMessage
  | OutboundMessage
  | { readonly rma: string }
  | { readonly delivery: string }
  | 'early'
  | null;

/**
 * What a stored event means to a process of ours. `early`: the call that asks for the same refund may only be answered a moment later.
 */
export async function meaningOf(pool: Pool, event: WebhookEvent | GoodsDelivery, attempts: number): Promise<Meaning> {
  if (event.provider === undefined) return await goodsOf(pool, event);
  const envelope = { commandId: `${event.provider}:${event.eventId}`, by: event.provider };
  if (event.provider === 'easypost' && event.kind === 'claim') {
    const answered = await claimAnswered(pool, event);
    return answered === null || !('command' in answered)
      ? answered
      : { rma: answered.rma, message: { ...envelope, command: answered.command } };
  }
  if (event.provider === 'easypost') {
    const found = await findParcel(pool, event.tracking);
    if (found === null) {
      const news = await outboundNews(pool, event);
      if (news === null) return null;
      const { tracking: delivery, command } = news;
      return command === undefined ? { delivery } : { delivery, message: { ...envelope, command } };
    }
    const { rma, parcel, pickup, received } = found;
    // We have the goods; and that a label was made says who bought it: we did.
    if (received || (event.kind === 'scan' && event.status === 'pre_transit')) return { rma };
    const at = new Date(event.at).toISOString();
    if (event.kind === 'pickup_failed') {
      if (pickup === null) return null;
      return { rma, message: { ...envelope, command: { type: 'report_pickup', pickup, outcome: 'failed', at } } };
    }
    const status = event.status === 'error' ? 'unknown' : event.status;
    const weighed = event.weightGrams === undefined ? {} : { weightGrams: event.weightGrams };
    return { rma, message: { ...envelope, command: { type: 'track', parcel, status, at, ...weighed } } };
  }
  if (event.kind === 'dispute') return null;
  // What was paid back of a charge is known from the answer; that it failed after all is for a person.
  const [of, repaid] = event.reference?.split(':repay:') ?? [];
  if (of !== undefined && repaid !== undefined) return event.status === 'failed' ? null : { rma: of };
  const found = await findRefund(pool, event.reference, event.providerId);
  if (found === null) return null;
  const { rma, refund, state } = found;
  const { status, providerId, reasonCode: code } = event;
  if (status === (state === 'requested' ? 'pending' : state)) return { rma };
  if (state === 'due' && status !== 'failed' && attempts === 0) return 'early';
  return {
    rma,
    message: {
      ...envelope,
      command: { type: 'refund_update', refund, status, providerId, ...(code === undefined ? {} : { code }) },
    },
  };
}

/** Goods that a receipt gives: in the parcel whose label they came under, as far as that one has not come otherwise since. */
async function goodsOf(pool: Pool, delivery: ReceiptDelivery): Promise<Meaning> {
  const { rma, eventId, by, tracking, weightGrams, partial, contents } = delivery;
  if (await hasArrived(pool, delivery)) return { rma };
  const known = await first<{ parcel: string }>(
    pool,
    'awaited parcel by tracking',
    'SELECT parcel FROM parcels WHERE rma = $1 AND tracking = $2 AND NOT received LIMIT 1',
    [rma, tracking],
  );
  const weight = weightGrams === null ? {} : { weightGrams };
  const elsewhere = await serialsElsewhere(pool, rma, contents);
  const parcel = known?.parcel ?? null;
  const command = { type: 'receive', parcel, contents, partial, ...weight, ...elsewhere } as const;
  return { rma, message: { commandId: receiptCommandId(eventId), by, command } };
}

/** Whether the return's journal has what a receipt gave it. */
export const hasArrived = (pool: Pool, { rma, eventId }: ReceiptDelivery): Promise<boolean> =>
  isJournaled(pool, rma, receiptCommandId(eventId));

/** A parcel by its tracking number, with the pickup that was booked for it last. */
function findParcel(pool: Pool, tracking: string) {
  return first<{ rma: string; parcel: string; received: boolean; pickup: string | null }>(
    pool,
    'parcel by tracking',
    `SELECT p.rma, p.parcel, p.received, (SELECT pickup FROM pickups k WHERE k.rma = p.rma AND k.parcel = p.parcel
        ORDER BY k.state = 'booked' DESC, k.window_start DESC LIMIT 1) AS pickup
      FROM parcels p WHERE p.tracking = $1 ORDER BY p.label_state = 'none', p.rma DESC LIMIT 1`,
    [tracking],
  );
}

/** The same news of a parcel for the returns whose goods come along in it. */
export async function companionsOf(pool: Pool, { rma, message }: InboxMessage): Promise<readonly InboxMessage[]> {
  const { command, ...envelope } = message;
  if (command.type !== 'track') return [];
  const rows = await withClient(pool, async (client) => {
    const found = await client.query<{ rma: string; parcel: string }>({
      name: 'parcels that share a label',
      text: `SELECT other.rma, other.parcel FROM parcels own
        JOIN parcels other ON other.tracking = own.tracking AND other.rma <> own.rma
        WHERE own.rma = $1 AND own.parcel = $2 AND own.label_state <> 'none' AND other.label_state = 'none' AND NOT other.received`,
      values: [rma, command.parcel],
    });
    return found.rows;
  });
  return rows.map((row) => ({ rma: row.rma, message: { ...envelope, command: { ...command, parcel: row.parcel } } }));
}

/** A refund by our reference (`RMA:refund:S1-1`), or by the provider's id where it was made without one. */
function findRefund(pool: Pool, reference: string | null, providerId: string) {
  const [rma, refund] = reference?.split(':refund:') ?? [];
  return first<{ rma: string; refund: string; state: string }>(
    pool,
    'refund by reference',
    `SELECT rma, refund, state FROM refunds WHERE (rma = $1 AND refund = $2) OR ($1::text IS NULL AND provider_id = $3) LIMIT 1`,
    [rma ?? null, refund ?? null, providerId],
  );
}

function first<Row extends object>(pool: Pool, name: string, text: string, values: unknown[]): Promise<Row | null> {
  return withClient(pool, async (client) => (await client.query<Row>({ name, text, values })).rows[0] ?? null);
}
