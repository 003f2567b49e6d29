import type { Pool, PoolClient } from 'pg';
import type { ReturnRequest } from '../../domain/return/request.ts';
import { inTransaction } from '../../prisma/client.ts';
import type { InboxMessage } from './inbox.ts';
import { isJournaled } from './tail.ts';

/** What brings a section of a bulk return a message, or starts it; it stays in the inbox until the section's journal has it. */
export type SectionDelivery = { readonly provider: 'bulk'; readonly eventId: string; readonly rma: string } & (
  | { readonly message: InboxMessage['message'] }
  | { readonly start: { readonly commandId: string; readonly by: string } }
);

/** How long whoever wrote them has to deliver them before the sweeper does. */
const GRACE = '90 seconds';

/** Does work in one transaction, taking turns with others on the same bulk return. */
export function withBulkReturn<T>(pool: Pool, whole: string, work: (client: PoolClient) => Promise<T>): Promise<T> {
  return inTransaction(pool, async (client) => {
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`bulk:${whole}`]);
    return work(client);
  });
}

/** Leaves deliveries in the inbox, as part of the transaction that they follow from. */
export async function leaveForSections(client: PoolClient, deliveries: readonly SectionDelivery[]): Promise<void> {
  await client.query(
    `INSERT INTO inbox (provider, event_id, payload, next_attempt_at)
     SELECT 'bulk', n.payload->>'eventId', n.payload, now() + interval '${GRACE}' FROM jsonb_array_elements($1::jsonb) AS n(payload)
     ON CONFLICT (provider, event_id) DO NOTHING`,
    [JSON.stringify(deliveries)],
  );
}

/** What a delivery says to its section; null where the section's journal has it already. */
export async function sectionMessage(pool: Pool, delivery: SectionDelivery): Promise<InboxMessage | null> {
  if (await hasArrived(pool, delivery)) return null;
  if ('message' in delivery) return { rma: delivery.rma, message: delivery.message };
  const { rma, start } = delivery;
  const { request, skus } = await askedOf(pool, rma);
  // The request travels with the start; the message that brings it changes nothing.
  const message = { commandId: `${start.commandId}:start`, by: start.by, command: { type: 'sync' } } as const;
  return { rma, message, start: { ...start, request }, skus };
}

/** Whether a section's journal has what it was to be told. */
export const hasArrived = (pool: Pool, delivery: SectionDelivery): Promise<boolean> =>
  isJournaled(pool, delivery.rma, 'message' in delivery ? delivery.message.commandId : delivery.start.commandId);

/** What a section asks for, and the SKUs of it. */
async function askedOf(pool: Pool, rma: string): Promise<{ request: ReturnRequest; skus: readonly string[] }> {
  const { rows } = await inTransaction(pool, (client) =>
    client.query<{ request: ReturnRequest; skus: readonly string[] }>(
      `SELECT request, (SELECT coalesce(array_agg(sku ORDER BY row), '{}') FROM bulk_rows WHERE section = $1) AS skus
       FROM bulk_sections WHERE rma = $1`,
      [rma],
    ),
  );
  const [row] = rows;
  if (row === undefined) throw new Error(`there is no section ${rma}`);
  return row;
}
