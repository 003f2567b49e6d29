import type { Pool } from 'pg';
import type { DeliveryCommand } from '../../domain/delivery/commands.ts';
import type { ReturnCommand } from '../../domain/return/commands.ts';
import type { ReturnRequest } from '../../domain/return/request.ts';
import { withClient } from '../../prisma/client.ts';
import type { ClaimEvent, TrackingEvent } from '../carriers/webhook.ts';
import type { PaymentEvent } from '../payments/webhook.ts';
import type { WaveName } from '../recalls/port.ts';
import type { ChecksToDraw, WaveToWake } from '../recalls/wake.ts';
import { type NamedConsignees, writeToNamed } from '../recalls/write-to-named.ts';
import { type SectionDelivery, hasArrived as sectionHasIt, sectionMessage } from './bulk.ts';
import { disputeOf, noteDispute } from './disputes.ts';
import { markGathered } from './gathered.ts';
import { bookHandedOn, type HandedOn } from './handed-on.ts';
import { type LoanMessage, type LoanNews, loanMessage } from './loan-news.ts';
import { companionsOf, hasArrived, meaningOf } from './meaning.ts';
import { deliveryProcess, processOf, receiptProcessOf } from './process.ts';
import { type RecallReturn, recallReturn } from './recall-returns.ts';
import type { ReceiptDelivery } from './receipt-rows.ts';

/** A webhook event as we keep it: read and verified, our codes, no personal data. */
export type WebhookEvent =
  | ({ readonly provider: 'easypost' } & (TrackingEvent | ClaimEvent))
  | ({ readonly provider: 'stripe' } & PaymentEvent);

/** What a parcel that nobody expected gives to a return. */
export type GoodsDelivery = { readonly provider?: never } & ReceiptDelivery;

/**
 * A stored event; also what a parcel that nobody expected gives to a return, a return to such a parcel, a bulk return to its sections, a recall to start, whom
 * its consignees name, which of its waves are to look at what is due, and that it is to choose whom to check; and that a loan's goods have come.
 */
export type InboxRow = {
  readonly id: string;
  readonly payload:
    | WebhookEvent
    | GoodsDelivery
    | SectionDelivery
    | HandedOn
    | RecallReturn
    | NamedConsignees
    | WaveToWake
    | ChecksToDraw
    | LoanNews;
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

/** Has a wave that runs, or has ended, look at what is due. It may hear of it any number of times. */
export type WakeWave = (wave: WaveName) => Promise<void>;

/** Has a recall choose whom to check of those who have come since; the same commandId may come any number of times. */
export type DrawChecks = (message: { readonly recall: string; readonly commandId: string }) => Promise<void>;

/** Tells a loan what a return has of its goods; the same commandId may come any number of times. */
export type TellLoan = (message: LoanMessage) => Promise<void>;

/** How processes are reached. Who has no way to some leaves what is for them in the inbox, for who has one. */
export type Ways = {
  readonly toReturn: Deliver;
  readonly toDelivery?: DeliverOutbound;
  readonly toWave?: WakeWave;
  readonly toRecall?: DrawChecks;
  readonly toLoan?: TellLoan;
};

/** @throws where there is no such way here; what was to go by it stays in the inbox */
function open<Way>(way: Way | undefined, whom: string): Way {
  if (way === undefined) throw new Error(`there is no way to ${whom} here`);
  return way;
}

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
 * @throws what the way throws; the event stays, and is tried again
 */
export async function processEvent(
  pool: Pool,
  row: InboxRow,
  ways: Ways,
): Promise<'delivered' | 'noted' | 'early' | 'pending' | 'unmatched'> {
  const { id, payload } = row;
  const { toReturn } = ways;
  if (payload.provider === 'stripe' && payload.kind === 'dispute') {
    return await processDispute(pool, id, payload, toReturn);
  }
  if (payload.provider === 'bulk') return await processForSection(pool, id, payload, toReturn);
  if (payload.provider === 'recall') return await processForRecall(pool, id, payload, toReturn);
  if (payload.provider === 'handed_on') {
    await bookHandedOn(pool, payload);
    await mark(pool, id, receiptProcessOf(payload.eventId));
    return 'noted';
  }
  if (payload.provider === 'passed_on') {
    await writeToNamed(pool, id, payload);
    return 'noted';
  }
  if (payload.provider === 'recall_wave') {
    await open(ways.toWave, 'waves')({ recall: payload.recall, wave: payload.wave });
    await markGathered(pool, id, payload);
    return 'delivered';
  }
  if (payload.provider === 'recall_draw') {
    const { eventId: recall, mark: once } = payload;
    await open(ways.toRecall, 'recalls')({ recall, commandId: `recall_draw:${once}` });
    await markGathered(pool, id, payload);
    return 'delivered';
  }
  if (payload.provider === 'loan') {
    const message = await loanMessage(pool, payload);
    if (message !== null) await open(ways.toLoan, 'loans')(message);
    await mark(pool, id, processOf(payload.rma));
    return message === null ? 'noted' : 'delivered';
  }
  const meaning = await meaningOf(pool, payload, row.attempts);
  if (meaning === null) return 'unmatched';
  if (meaning === 'early') return 'early';
  if ('delivery' in meaning) {
    if ('message' in meaning) await open(ways.toDelivery, 'deliveries')(meaning);
    await mark(pool, id, deliveryProcess(meaning.delivery));
    return 'message' in meaning ? 'delivered' : 'noted';
  }
  if ('message' in meaning) {
    await toReturn(meaning);
    for (const companion of await companionsOf(pool, meaning)) await toReturn(companion);
  }
  if (payload.provider === undefined && !(await hasArrived(pool, payload))) return 'pending';
  await mark(pool, id, processOf(meaning.rma));
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
  if (its.begins !== null) {
    await deliver(its.begins);
    return 'pending';
  }
  await mark(pool, id, processOf(its.rma));
  return 'noted';
}
