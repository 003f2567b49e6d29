import type { Pool } from 'pg';
import type { DeliveryCommand } from '../../domain/delivery/commands.ts';
import type { DeliveryReason } from '../../domain/delivery/events.ts';
import { withClient } from '../../prisma/client.ts';
import type { TrackingEvent } from '../carriers/webhook.ts';

/**
 * What a carrier's report says to the delivery of a parcel that we sent; without a command where all goes well. That it was
 * delivered is noted with the order. Null where we sent no such parcel.
 */
export async function outboundNews(
  pool: Pool,
  { tracking, status, detail, at: told }: TrackingEvent,
): Promise<{ readonly tracking: string; readonly command?: Extract<DeliveryCommand, { type: 'track' }> } | null> {
  const at = new Date(told).toISOString();
  const reason = reasonOf(status, detail);
  const isTrouble = reason !== null || status === 'available_for_pickup' || status === 'return_to_sender';
  return await withClient(pool, async (client) => {
    if (status === 'delivered') {
      await client.query({
        name: 'parcel delivered',
        text: 'UPDATE fulfilments SET delivered_at = $2 WHERE tracking = $1 AND delivered_at IS NULL',
        values: [tracking, at],
      });
    }
    // Whoever comes first with trouble makes all later news the delivery's, so that none overtakes it unheard.
    const { rows } = await client.query<{ troubled: boolean }>({
      name: 'news of a parcel',
      text: `UPDATE shipments s SET troubled_at = coalesce(s.troubled_at, CASE WHEN $2 AND NOT EXISTS (
            SELECT FROM fulfilments f WHERE f.tracking = s.tracking AND f.delivered_at >= $3
          ) THEN now() END)
        WHERE s.tracking = $1 RETURNING s.troubled_at IS NOT NULL AS troubled`,
      values: [tracking, isTrouble, at],
    });
    const [parcel] = rows;
    if (parcel === undefined) return null;
    if (!parcel.troubled) return { tracking };
    return { tracking, command: { type: 'track', status: status === 'error' ? 'unknown' : status, reason, at } };
  });
}

/** What went wrong, by a report; null where nothing did. A parcel that waits at a location was not at home to take. */
function reasonOf(status: TrackingEvent['status'], detail: TrackingEvent['detail']): DeliveryReason | null {
  if (detail !== 'other') return detail;
  if (status === 'available_for_pickup') return 'not_home';
  return status === 'failure' || status === 'error' || status === 'cancelled' ? 'other' : null;
}
