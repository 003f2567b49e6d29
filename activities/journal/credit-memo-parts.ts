import type { Pool, PoolClient } from 'pg';
import { creditMemoNumber } from '../../domain/money/credit-memo.ts';
import { withClient } from '../../prisma/client.ts';
import { leaveForSections, type SectionDelivery, withBulkReturn } from './bulk.ts';
import type { CreditMemoRequest } from './credit-memos.ts';

/**
 * Notes what a section of a bulk return is to be credited, until somebody issues the credit memo of the whole, and lets a
 * person know. Asked again, it answers with the memo's number once there is one.
 */
export function partOfMemo(
  pool: Pool,
  whole: string,
  { reference, rma, settlement, amount: { amount, currency } }: CreditMemoRequest,
): Promise<string | null> {
  const refund = reference.slice(reference.lastIndexOf(':') + 1);
  return withClient(pool, async (client) => {
    await client.query(
      `WITH part AS (
         INSERT INTO credit_memo_parts (reference, whole, rma, settlement, refund, amount, currency)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING whole)
       INSERT INTO attention (id, reason, subject, codes, raised_at)
       SELECT 'bulk/' || b.rma || '/credit', 'credit_due', b.rma, jsonb_build_object('facility', b.facility, 'order', b.order_id), now()
       FROM part JOIN bulk_returns b ON b.rma = part.whole
       ON CONFLICT (id) DO UPDATE SET resolved_at = NULL, resolution = NULL, resolved_by = NULL,
         raised_at = CASE WHEN attention.resolved_at IS NULL THEN attention.raised_at ELSE EXCLUDED.raised_at END`,
      [reference, whole, rma, settlement, refund, amount, currency],
    );
    const { rows } = await client.query<{ legal_entity: string | null; number: number | null }>(
      'SELECT legal_entity, number FROM credit_memo_parts WHERE reference = $1',
      [reference],
    );
    const { legal_entity: entity = null, number = null } = rows[0] ?? {};
    return entity === null || number === null ? null : creditMemoNumber(entity, number);
  });
}

export type Issued = { readonly legalEntity: string; readonly number: number; readonly eventIds: readonly string[] };

/**
 * Issues one credit memo over all that is due of a bulk return and on none yet, under the next number of the order's legal
 * entity, and leaves each section's word in the inbox: all of it or nothing. The same commandId finds the one it issued.
 *
 * @returns null where nothing is due
 */
export function issueOverParts(
  pool: Pool,
  { whole, commandId, by }: { readonly whole: string; readonly commandId: string; readonly by: string },
): Promise<Issued | null> {
  const reference = `${whole}:memo:${commandId}`;
  return withBulkReturn(pool, whole, async (client) => {
    const known = await memoOf(client, reference);
    const memo = known ?? (await issue(client, whole, reference));
    if (memo === null) return null;
    const { rows: parts } = await client.query<{ rma: string; refund: string }>(
      'SELECT rma, refund FROM credit_memo_parts WHERE legal_entity = $1 AND number = $2 ORDER BY rma, refund',
      [memo.legalEntity, memo.number],
    );
    const providerId = creditMemoNumber(memo.legalEntity, memo.number);
    const messages = parts.map(({ rma, refund }): SectionDelivery => {
      const eventId = `${rma}:memo:${refund}`;
      const command = { type: 'refund_update', refund, status: 'succeeded', providerId } as const;
      return { provider: 'bulk', eventId, rma, message: { commandId: `bulk:${eventId}`, by, command } };
    });
    if (known === null) {
      await leaveForSections(client, messages);
      await client.query(
        `UPDATE attention SET resolved_at = now(), resolution = 'issued', resolved_by = $2 WHERE id = $1 AND resolved_at IS NULL`,
        [`bulk/${whole}/credit`, by],
      );
    }
    return { ...memo, eventIds: messages.map(({ eventId }) => eventId) };
  });
}

type Memo = Pick<Issued, 'legalEntity' | 'number'>;

async function memoOf(client: PoolClient, reference: string): Promise<Memo | null> {
  const { rows } = await client.query<Memo>(
    'SELECT legal_entity AS "legalEntity", number FROM credit_memos WHERE reference = $1',
    [reference],
  );
  return rows[0] ?? null;
}

// The row of the series is locked until the commit, so that no number is lost. `settlement` says whose parts it is about.
const ISSUE = `
  WITH due AS (SELECT sum(amount)::bigint AS amount FROM credit_memo_parts WHERE reference = ANY($3)),
  next AS (
    INSERT INTO credit_memo_series AS series (legal_entity, last)
    SELECT o.legal_entity, 1 FROM bulk_returns b JOIN orders o ON o.id = b.order_id, due WHERE b.rma = $1 AND due.amount > 0
    ON CONFLICT (legal_entity) DO UPDATE SET last = series.last + 1
    RETURNING legal_entity, last)
  INSERT INTO credit_memos (legal_entity, number, reference, rma, settlement, order_id, amount, currency)
  SELECT next.legal_entity, next.last, $2, b.rma, 'parts', b.order_id, due.amount, b.currency FROM next, due, bulk_returns b WHERE b.rma = $1
  RETURNING legal_entity AS "legalEntity", number`;

async function issue(client: PoolClient, whole: string, reference: string): Promise<Memo | null> {
  // Parts that come meanwhile wait for the next memo.
  const { rows: due } = await client.query<{ reference: string }>(
    'SELECT reference FROM credit_memo_parts WHERE whole = $1 AND number IS NULL',
    [whole],
  );
  const parts = due.map((part) => part.reference);
  const { rows } = await client.query<Memo>(ISSUE, [whole, reference, parts]);
  const [memo] = rows;
  if (memo === undefined) return null;
  await client.query('UPDATE credit_memo_parts SET legal_entity = $2, number = $3 WHERE reference = ANY($1)', [
    parts,
    memo.legalEntity,
    memo.number,
  ]);
  return memo;
}
