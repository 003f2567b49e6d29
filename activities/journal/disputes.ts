import type { Pool } from 'pg';
import type { DisputeFacts } from '../../domain/sale/order.ts';
import { inTransaction } from '../../prisma/client.ts';
import type { PaymentEvent } from '../payments/webhook.ts';

const statuses = { open: 'open', won: 'won', closed: 'won', lost: 'lost', unknown: 'open' } as const;

/** A provider's dispute in our words. One whose state we can't read is open: then nothing is paid before a person looks. */
export const disputeOf = (event: Extract<PaymentEvent, { kind: 'dispute' }>): DisputeFacts => ({
  dispute: event.providerId,
  status: statuses[event.status],
  amount: event.amount.amount,
  at: new Date(event.at).toISOString(),
});

/**
 * Keeps the newest news of a dispute and what its payment makes of all of them.
 * @param named the payment by each of its provider's ids
 * @returns the payment and the open returns of its order, with those that count as paid what its bank gives back; null where the
 *   payment isn't ours
 */
export async function noteDispute(
  pool: Pool,
  named: readonly string[],
  { dispute, status, amount, at }: DisputeFacts,
): Promise<{ readonly payment: string; readonly rmas: readonly string[] } | null> {
  const payment = await inTransaction(pool, async (client) => {
    // The lock lets two pieces of news of one payment pass one after the other.
    const found = await client.query<{ id: string; order_id: string }>({
      name: 'disputed payment',
      text: `SELECT id, order_id FROM payments WHERE provider = 'stripe' AND provider_payment_id = ANY($1) FOR UPDATE`,
      values: [named],
    });
    const [locked] = found.rows;
    if (locked === undefined) return undefined;
    await client.query({
      name: 'note dispute',
      text: `INSERT INTO disputes AS d (id, payment, status, amount, at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (id) DO UPDATE SET status = EXCLUDED.status, amount = EXCLUDED.amount, at = EXCLUDED.at
            WHERE EXCLUDED.at > d.at OR (EXCLUDED.at = d.at
              AND array_position('{open,won,lost}'::text[], EXCLUDED.status) > array_position('{open,won,lost}'::text[], d.status))`,
      values: [dispute, locked.id, status, amount, at],
    });
    const counted = await client.query<{ reversed: boolean }>({
      name: 'count disputes',
      text: `UPDATE payments SET
              disputed = EXISTS (SELECT FROM disputes WHERE payment = $1 AND status = 'open'),
              charged_back = least(captured, (SELECT coalesce(sum(amount), 0) FROM disputes WHERE payment = $1 AND status = 'lost'))
            WHERE id = $1 RETURNING settled_by_chargeback > charged_back AS reversed`,
      values: [locked.id],
    });
    return { ...locked, reversed: counted.rows[0]?.reversed === true };
  });
  if (payment === undefined) return null;
  const open = await pool.query<{ rma: string }>({
    name: 'returns of a disputed payment',
    text: `SELECT rma FROM returns WHERE order_id = $1 AND (closed_at IS NULL OR ($2 AND EXISTS (
        SELECT FROM refunds f WHERE f.rma = returns.rma AND f.payment = $3 AND f.destination = 'chargeback' AND f.state = 'succeeded')))
      ORDER BY rma`,
    values: [payment.order_id, payment.reversed, payment.id],
  });
  return { payment: payment.id, rmas: open.rows.map(({ rma }) => rma) };
}
