import type { Pool } from 'pg';
import { inTransaction } from '../../prisma/client.ts';
import type { Bounce } from './webhook.ts';

/** A consignee whom a bounced notice didn't reach, in the wave that wrote to them. */
export type Unreached = { readonly recall: string; readonly wave: number };

/**
 * Notes that a notice came back: its consignee is undeliverable, unless a later notice has left since, they have responded, or it
 * only said that the recall is over. The
 * same bounce may come any number of times.
 * @returns the wave whose consignee nobody reaches now and of which no person knows yet, null where there is none; `early` for a
 * notice whose leaving isn't written down yet
 */
export const noteBounce = (pool: Pool, { messageId, status }: Bounce): Promise<Unreached | 'early' | null> =>
  inTransaction(pool, async (client) => {
    // The consignee first, as who sends notices and takes responses does.
    const { rows: found } = await client.query<{ state: string }>({
      name: 'consignee of a bounce',
      text: `SELECT n.state FROM recall_consignees c JOIN notices n ON n.recall = c.recall AND n.consignee = c.consignee
        WHERE n.message_id = $1 FOR UPDATE OF c`,
      values: [messageId],
    });
    if (found[0]?.state === 'claimed') return 'early';
    const { rows } = await client.query<Unreached & { isKnown: boolean }>({
      name: 'note a bounce',
      text: `WITH bounced AS (
          UPDATE notices SET state = 'bounced', code = $2 WHERE message_id = $1 AND state IN ('sent', 'bounced')
          RETURNING recall, consignee, kind, claimed_at),
        unreached AS (
          UPDATE recall_consignees c SET state = 'undeliverable', due_kind = NULL, due_number = NULL, next_due = NULL
          FROM bounced b WHERE c.recall = b.recall AND c.consignee = b.consignee AND b.kind <> 'terminated' AND c.state IN ('notified', 'silent', 'undeliverable')
            AND NOT EXISTS (SELECT FROM notices later WHERE later.recall = b.recall AND later.consignee = b.consignee
              AND later.claimed_at > b.claimed_at AND later.state IN ('claimed', 'sent'))
          RETURNING c.recall, c.wave)
        SELECT u.recall, u.wave, EXISTS (SELECT FROM attention a WHERE a.recall = u.recall AND a.reason = 'notices_undeliverable'
          AND a.subject = 'W' || u.wave AND a.resolved_at IS NULL) AS "isKnown"
        FROM unreached u JOIN recalls r ON r.number = u.recall WHERE r.status NOT IN ('completed', 'closed')`,
      values: [messageId, `smtp_${status}`],
    });
    const [row] = rows;
    return row === undefined || row.isKnown ? null : { recall: row.recall, wave: row.wave };
  });
