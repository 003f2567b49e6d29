import type { Pool } from 'pg';
import type { DeliveryCommand } from '../../domain/delivery/commands.ts';
import type { ReturnCommand } from '../../domain/return/commands.ts';
import type { ReturnRequest } from '../../domain/return/request.ts';
import { withClient } from '../../prisma/client.ts';
import type { ClaimEvent, TrackingEvent } from '../carriers/webhook.ts';
import type { PaymentEvent } from '../payments/webhook.ts';
import { type NamedConsignees, type WakeWave, writeToNamed } from '../recalls/write-to-named.ts';
import { type SectionDelivery, hasArrived as sectionHasIt, sectionMessage } from './bulk.ts';
import { claimAnswered } from './claims.ts';
import { disputeOf, noteDispute } from './disputes.ts';
import { outboundNews } from './outbound.ts';
import { deliveryProcess, processOf, receiptCommandId } from './process.ts';
import { type RecallReturn, recallReturn } from './recall-returns.ts';
import type { ReceiptDelivery } from './receipt-rows.ts';
import { isJournaled } from './tail.ts';

/** A webhook event as we keep it: read and verified, our codes, no personal data. */
export type WebhookEvent =
  | ({ readonly provider: 'easypost' } & (TrackingEvent | ClaimEvent))
  | ({ readonly provider: 'stripe' } & PaymentEvent);

/**
 * A stored event; also what a parcel that nobody expected gives to a return, a bulk return to its sections, a recall to start, or
 * whom its consignees name to its waves.
 */
export type InboxRow = {
  readonly id: string;
  readonly payload:
    | WebhookEvent
    | ({ readonly provider?: never } & ReceiptDelivery)
    | SectionDelivery
    | RecallReturn
    | NamedConsignees;
  readonly attempts: number;
};

/** What a carrier says of a parcel on its way out, by its tracking number. */
export type OutboundMessage = {
  readonly delivery: string;
  readonly message: {
    readonly commandId: string;
    readonly by: string;
    readonly command: Extract<DeliveryCommand, { type: 'track' }>;
  };
};

/** What an event says to a return; a message of its process as it is. */
export type InboxMessage = {
  readonly rma: string;
  readonly message: {
    readonly commandId: string;
    readonly by: string;
    readonly command: Extract<
      ReturnCommand,
      { type: 'track' | 'report_pickup' | 'refund_update' | 'dispute_update' | 'receive' | 'report_claim' | 'sync' }
    >;
  };
  /** What the process is started with where there is none yet: a section of a bulk return, or goods of a recall. */
  readonly start?: { readonly commandId: string; readonly by: string; readonly request: ReturnRequest };
  /** Of what such a start asks for: engineers find the run by them. */
  readonly skus?: readonly string[];
};

/** Leaves a message with a process, reopening it where it has ended; the same commandId may come any number of times. */
export type Deliver = (message: InboxMessage) => Promise<void>;

/** Likewise with the process of a delivery, which begins with its first message. */
export type DeliverOutbound = (message: OutboundMessage) => Promise<void>;

/** Where there is no way to deliveries, what is for one stays in the inbox for who has it. */
export const nobodyTakesIt: DeliverOutbound = () => Promise.reject(new Error('there is no way to deliveries here'));

/** Likewise with waves of recalls. */
export const nobodyWakesIt: WakeWave = () => Promise.reject(new Error('there is no way to waves here'));

/** How long the one who stored an event has to deliver it before the sweeper does. */
const GRACE = '5 seconds';

/**
 * Stores an event before anything is done with it.
 * @returns null where it was stored before: whoever stored it then, or the sweeper, sees to it
 */
export function storeEvent(pool: Pool, event: WebhookEvent): Promise<InboxRow | null> {
  return withClient(pool, async (client) => {
    const { rows } = await client.query<{ id: string }>({
      name: 'store event',
      text: `INSERT INTO inbox (provider, event_id, payload, next_attempt_at) VALUES ($1, $2, $3, now() + interval '${GRACE}')
        ON CONFLICT (provider, event_id) DO NOTHING RETURNING id::text`,
      values: [event.provider, event.eventId, JSON.stringify(event)],
    });
    return rows[0] === undefined ? null : { id: rows[0].id, payload: event, attempts: 0 };
  });
}

/**
 * Brings a stored event to the return that it is about and marks it. What the return shows already is `noted` without
 * waking it: most webhooks only repeat what a call has answered, and one that comes just after its return has closed
 * would start it again for nothing. `unmatched` and `early` stay in the inbox: the parcel may only be known, or the call
 * that asks for the same refund only answered, a moment later. What a receipt gives stays `pending` until the return's
 * journal has it: a return that waits for its review refuses goods, and gets them once that is decided.
 * @throws what `deliver` throws; the event stays, and is tried again
 */
export async function processEvent(
  pool: Pool,
  row: InboxRow,
  deliver: Deliver,
  deliverOutbound: DeliverOutbound = nobodyTakesIt,
  wake: WakeWave = nobodyWakesIt,
): Promise<'delivered' | 'noted' | 'early' | 'pending' | 'unmatched'> {
  if (row.payload.provider === 'stripe' && row.payload.kind === 'dispute') {
    return await processDispute(pool, row.id, row.payload, deliver);
  }
  if (row.payload.provider === 'bulk') return await processForSection(pool, row.id, row.payload, deliver);
  if (row.payload.provider === 'recall') return await processForRecall(pool, row.id, row.payload, deliver);
  if (row.payload.provider === 'passed_on') {
    await writeToNamed(pool, row.id, row.payload, wake);
    return 'noted';
  }
  const meaning = await meaningOf(pool, row);
  if (meaning === null) return 'unmatched';
  if (meaning === 'early') return 'early';
  if ('delivery' in meaning) {
    if ('message' in meaning) await deliverOutbound(meaning);
    await mark(pool, row.id, deliveryProcess(meaning.delivery));
    return 'message' in meaning ? 'delivered' : 'noted';
  }
  if ('message' in meaning) {
    await deliver(meaning);
    for (const companion of await companionsOf(pool, meaning)) await deliver(companion);
  }
  if (row.payload.provider === undefined && !(await hasArrived(pool, row.payload))) return 'pending';
  await mark(pool, row.id, processOf(meaning.rma));
  return 'message' in meaning ? 'delivered' : 'noted';
}

async function mark(pool: Pool, id: string, process: string | null): Promise<void> {
  await withClient(pool, (client) =>
    client.query({
      name: 'mark event',
      text: 'UPDATE inbox SET processed_at = now(), process = $2 WHERE id = $1 AND processed_at IS NULL',
      values: [id, process],
    }),
  );
}

/**
 * Keeps the fact for returns that come later, then tells every open return of the order. One that is about to be requested
 * reads the fact; one that has read just before hears it from the provider when it asks for a refund.
 */
async function processDispute(
  pool: Pool,
  id: string,
  event: Extract<PaymentEvent, { kind: 'dispute' }>,
  deliver: Deliver,
): Promise<'delivered' | 'noted' | 'unmatched'> {
  const dispute = disputeOf(event);
  const { providerPaymentId, charge = providerPaymentId } = event;
  const noted = await noteDispute(pool, [providerPaymentId, charge], dispute);
  if (noted === null) return 'unmatched';
  const envelope = { commandId: `stripe:${event.eventId}`, by: 'stripe' };
  const command = { type: 'dispute_update', payment: noted.payment, dispute } as const;
  for (const rma of noted.rmas) await deliver({ rma, message: { ...envelope, command } });
  await mark(pool, id, null);
  return noted.rmas.length === 0 ? 'noted' : 'delivered';
}

async function processForSection(
  pool: Pool,
  id: string,
  delivery: SectionDelivery,
  deliver: Deliver,
): Promise<'delivered' | 'noted' | 'pending'> {
  const message = await sectionMessage(pool, delivery);
  if (message !== null) await deliver(message);
  if (message !== null && !(await sectionHasIt(pool, delivery))) return 'pending';
  await mark(pool, id, processOf(delivery.rma));
  return message === null ? 'noted' : 'delivered';
}

/** Starts the return of a consignee's goods, and looks for it in its journal the next time. */
async function processForRecall(
  pool: Pool,
  id: string,
  goods: RecallReturn,
  deliver: Deliver,
): Promise<'noted' | 'pending' | 'unmatched'> {
  const its = await recallReturn(pool, goods);
  if (its === null) return 'unmatched';
  if (!its.hasBegun) {
    await deliver(its.message);
    return 'pending';
  }
  await mark(pool, id, processOf(its.rma));
  return 'noted';
}

/** A process, and what is to be told to it where that is news; null where nothing of ours fits. */
type Meaning =
  | InboxMessage
  | OutboundMessage
  | { readonly rma: string }
  | { readonly delivery: string }
  | 'early'
  | null;

async function meaningOf(pool: Pool, { payload: event, attempts }: InboxRow): Promise<Meaning> {
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
  if (event.provider === 'bulk' || event.provider === 'recall' || event.provider === 'passed_on') return null;
  if (event.kind === 'dispute') return null;
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
  const command = { type: 'receive', parcel: known?.parcel ?? null, contents, partial, ...weight } as const;
  return { rma, message: { commandId: receiptCommandId(eventId), by, command } };
}

/** Whether the return's journal has what a receipt gave it. */
const hasArrived = (pool: Pool, { rma, eventId }: ReceiptDelivery): Promise<boolean> =>
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
async function companionsOf(pool: Pool, { rma, message }: InboxMessage): Promise<readonly InboxMessage[]> {
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
