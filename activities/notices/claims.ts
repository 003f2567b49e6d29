import type { Pool } from 'pg';
import type { ConsigneeState, NoticeKind } from '../../domain/recall/notices.ts';
import type { Instant } from '../../domain/time/duration.ts';
import { withClient } from '../../prisma/client.ts';
import type { WaveName } from '../recalls/port.ts';

/** A notice that was claimed: nothing of it leaves the activity but counts. */
export type Claimed = {
  readonly consignee: string;
  /** Its state before. */
  readonly was: ConsigneeState;
  readonly notice: NoticeKind;
  readonly scopeVersion: number;
  readonly round: number;
  readonly number: number;
  readonly attempts: number;
  readonly messageId: string;
  readonly email: string | null;
  /** Where this consignee's machines want to be told instead. */
  readonly webhook: { readonly url: string; readonly secret: string } | null;
  readonly language: string | null;
  readonly firstSentAt: Date | null;
  readonly goods: readonly { readonly sku: string; readonly lot: string | null; readonly quantity: number }[];
};

/**
 * How long a claim lasts that isn't kept: an attempt that has said nothing for so long is taken for dead, and another sends its
 * notices again. Much longer than a claim is kept every time, and not so long that those in doubt wait for hours.
 */
const LASTS = '30 seconds';
export const KEEP_EVERY_MS = 5_000;

/**
 * Takes leave to send from what the recall may send in a minute, all its waves and workers together, and claims as many of the
 * notices that are due to a wave's consignees, longest due first. What the recall may send and doesn't within a second is lost, so
 * that no burst follows a pause.
 *
 * The message id is drawn when a notice is claimed first and kept with it, so that it is the same however often it is sent, and whoever
 * hasn't got the letter can't say that it came back. What another attempt has claimed, or has sent in the meantime, is left alone.
 */
export async function claimDue(
  pool: Pool,
  { recall, wave }: WaveName,
  { now, perMinute, most }: { readonly now: Instant; readonly perMinute: number; readonly most: number },
): Promise<Claimed[]> {
  const { rows } = await withClient(pool, (client) =>
    client.query<Claimed>({
      name: 'claim due notices',
      text: `WITH bucket AS (
          SELECT least($5::float8, tokens + extract(epoch FROM clock_timestamp() - at) * $6::float8) AS available
          FROM recall_rates WHERE recall = $1 FOR UPDATE),
        due AS (
          SELECT c.consignee, c.state AS was, c.due_kind, c.scope_version, c.round, c.due_number, c.first_sent_at FROM recall_consignees c
          WHERE c.recall = $1 AND c.wave = $2 AND c.next_due <= $3 AND NOT EXISTS (
            SELECT FROM notices n WHERE n.recall = c.recall AND n.consignee = c.consignee AND n.scope_version = c.scope_version
              AND n.round = c.round AND n.kind = c.due_kind AND n.number = c.due_number AND n.claimed_until > clock_timestamp())
          ORDER BY c.next_due, c.consignee LIMIT (SELECT least($4::int, floor(available)) FROM bucket)),
        addressed AS (
          SELECT due.*, k.language, t.email, to_jsonb(h) AS webhook FROM due JOIN consignees k ON k.id = due.consignee
            LEFT JOIN contacts t ON t.id = k.contact_id
            LEFT JOIN (SELECT consignee, url, secret FROM consignee_webhooks) AS h ON h.consignee = k.id),
        claimed AS (
          INSERT INTO notices (recall, consignee, kind, scope_version, round, number, channel, message_id, state, claimed_until)
          SELECT $1, consignee, due_kind, scope_version, round, due_number, CASE WHEN webhook IS NOT NULL THEN 'webhook' WHEN email IS NULL THEN 'none' ELSE 'email' END,
            '<' || left(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 40) || '@notices.homeward.invalid>', 'claimed', clock_timestamp() + interval '${LASTS}'
          FROM addressed
          ON CONFLICT (recall, consignee, scope_version, round, kind, number) DO UPDATE
            SET attempts = notices.attempts + 1, state = 'claimed', code = NULL, channel = EXCLUDED.channel, claimed_until = EXCLUDED.claimed_until
            WHERE notices.state IN ('claimed', 'failed')
              AND (notices.claimed_until IS NULL OR notices.claimed_until <= clock_timestamp())
          RETURNING consignee, kind, scope_version, round, number, message_id, attempts),
        taken AS (
          UPDATE recall_rates SET tokens = available - (SELECT count(*) FROM claimed), at = clock_timestamp()
          FROM bucket WHERE recall = $1)
        SELECT n.consignee, a.was, n.kind AS notice, n.scope_version AS "scopeVersion", n.round, n.number, n.attempts, n.message_id AS "messageId",
          a.email, a.webhook, a.language, a.first_sent_at AS "firstSentAt",
          coalesce((SELECT jsonb_agg(jsonb_build_object('sku', g.sku, 'lot', g.lot, 'quantity', g.quantity) ORDER BY g.sku, g.lot)
            FROM (SELECT sku, lot, traced + taken_over + possible AS quantity FROM recall_positions p
              WHERE p.recall = $1 AND p.consignee = n.consignee AND traced + taken_over + possible > 0) AS g), '[]') AS goods
        FROM claimed n JOIN addressed a ON a.consignee = n.consignee`,
      values: [recall, wave, now, most, Math.max(1, perMinute / 60), perMinute / 60],
    }),
  );
  return rows;
}

/** Whether anything is due to a wave's consignees, claimed or not. */
export async function isAnyDue(pool: Pool, { recall, wave }: WaveName, now: Instant): Promise<boolean> {
  const { rowCount } = await withClient(pool, (client) =>
    client.query({
      name: 'any due notice',
      text: 'SELECT FROM recall_consignees WHERE recall = $1 AND wave = $2 AND next_due <= $3 LIMIT 1',
      values: [recall, wave, now],
    }),
  );
  return rowCount !== 0;
}

/** Keeps claims of notices that are still on their way. */
export const keepClaims = (pool: Pool, claimed: readonly Claimed[]): Promise<void> =>
  moveClaims(pool, claimed, `clock_timestamp() + interval '${LASTS}'`);

/** Gives claims back that came to nothing: what was claimed may be sent by whoever claims it next. */
export const giveBack = (pool: Pool, claimed: readonly Claimed[]): Promise<void> => moveClaims(pool, claimed, 'NULL');

async function moveClaims(pool: Pool, claimed: readonly Claimed[], until: string): Promise<void> {
  const ids = claimed.map(({ messageId }) => messageId);
  const text = `UPDATE notices SET claimed_until = ${until} WHERE message_id = ANY ($1) AND state = 'claimed'`;
  await withClient(pool, (client) => client.query(text, [ids]));
}
