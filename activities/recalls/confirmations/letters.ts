import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { type ConfirmationLetter, confirmationTimes } from '../../../domain/recall/confirmation.ts';
import type { ConfirmWithin, HazardClass } from '../../../domain/recall/terms.ts';
import { withClient } from '../../../prisma/client.ts';
import { escaped } from '../../notices/html.ts';
import type { NoticeChannel } from '../../notices/port.ts';
import { UNCOUNTED } from './ask.ts';
import { IS_UNDER_WAY } from './overdue.ts';

/** Letters that leave in one round. */
const BATCH = 50;
/** A worker that dies with a letter in hand, or finds no mail server, lets another try it after this. */
const LEASE = '5 minutes';
/** Goods that a letter names; more are told by the API. */
const MOST_NAMED = 50;

type Due = {
  readonly recall: string;
  readonly facility: string;
  readonly letter: ConfirmationLetter;
  readonly askedAt: Date;
  readonly dueAt: Date;
  readonly scopeVersion: number;
  readonly hazardClass: HazardClass | null;
  readonly within: ConfirmWithin;
  readonly product: string;
  /** Where it can be reached; null where nobody said. */
  readonly email: string | null;
  readonly goods: readonly { readonly sku: string; readonly lot: string | null; readonly units: number }[];
  readonly of: number;
};

/**
 * Writes to facilities what is due to them: that they are asked to confirm, and a reminder. Of a paused recall nothing leaves, and one
 * without an address is told by the API alone. Their time goes on all the same.
 *
 * @returns how many letters were due
 */
export async function writeToFacilities(pool: Pool, channel: NoticeChannel): Promise<number> {
  const { rows } = await withClient(pool, (client) =>
    client.query<Due>({ name: 'letters to facilities', text: CLAIM }),
  );
  await Promise.allSettled(
    rows.map(async (due) => {
      if (due.email !== null) {
        const { state } = await channel.send({ messageId: messageIdOf(due), to: due.email, ...letterOf(due) });
        // Later again.
        if (state === 'failed') return;
      }
      await noteWritten(pool, due);
    }),
  );
  return rows.length;
}

const CLAIM = `
  UPDATE recall_facilities c SET letter_at = now() + interval '${LEASE}' FROM (
    SELECT f.recall, f.facility FROM recall_facilities f, recalls r
    WHERE f.letter_at <= now() AND ${IS_UNDER_WAY} AND NOT r.paused AND NOT r.mock
    ORDER BY f.letter_at LIMIT ${BATCH} FOR UPDATE OF f SKIP LOCKED) AS due, recalls r, facilities k
  WHERE c.recall = due.recall AND c.facility = due.facility AND r.number = c.recall AND k.id = c.facility
  RETURNING c.recall, c.facility, c.letter, c.asked_at AS "askedAt", c.due_at AS "dueAt", c.scope_version AS "scopeVersion",
    c.hazard_class AS "hazardClass", r.confirm_within AS within, k.email,
    coalesce((SELECT product FROM recall_texts WHERE recall = c.recall ORDER BY array_position(ARRAY['en', 'de', 'fr'], language) LIMIT 1), '') AS product,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('sku', p.sku, 'lot', p.lot, 'units', p.traced + p.possible)), '[]') FROM (
      SELECT * FROM recall_positions p WHERE p.recall = c.recall AND p.consignee IS NULL AND p.facility = c.facility AND ${UNCOUNTED}
      ORDER BY p.sku, p.lot LIMIT ${MOST_NAMED}) AS p) AS goods,
    (SELECT count(*)::int FROM recall_positions p WHERE p.recall = c.recall AND p.consignee IS NULL AND p.facility = c.facility
      AND ${UNCOUNTED}) AS of`;

/** The same however often it is tried, and another once the facility is asked anew. */
const messageIdOf = ({ recall, facility, letter, askedAt, scopeVersion }: Due): string => {
  const named = ['confirmation', recall, facility, letter, scopeVersion, askedAt.toISOString()].join('\n');
  return `<${createHash('sha256').update(named).digest('hex').slice(0, 40)}@notices.homeward.invalid>`;
};

function letterOf({ recall, facility, letter, dueAt, product, hazardClass, goods, of }: Due) {
  const until = dueAt.toISOString().slice(0, 16).replace('T', ' ');
  const isReminder = letter === 'reminder';
  const subject = `${isReminder ? 'Reminder: confirm' : 'Confirm'} by ${until} UTC what recall ${recall} has stopped at ${facility}`;
  const lines = [
    `Recall ${recall}${product === '' ? '' : ` (${product})`}, ${hazardClass === null ? 'no class yet' : `class ${hazardClass}`}: these goods may not be sold.`,
    `Find them, set them aside, and say how many there are and where they were put, until ${until} UTC.`,
    ...goods.map(({ sku, lot, units }) => `${sku}, lot ${lot ?? 'not known'}: ${units} unit(s) on the books`),
    ...(of > goods.length ? [`and ${of - goods.length} more`] : []),
    `POST /v1/recalls/${recall}/facilities/${encodeURIComponent(facility)}/confirmations takes it down.`,
  ];
  const html = lines.map((line) => `<p>${escaped(line)}</p>`).join('');
  return {
    subject,
    text: lines.join('\n'),
    html: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(subject)}</title></head><body>${html}</body></html>`,
  };
}

/** What comes next: half-way a reminder, unless that is over. Not where it was asked anew, or has confirmed, meanwhile. */
async function noteWritten(pool: Pool, due: Due): Promise<void> {
  const { recall, facility, letter, askedAt, scopeVersion, hazardClass, within } = due;
  const { remindAt } = confirmationTimes(within, hazardClass, askedAt.toISOString());
  await withClient(pool, (client) =>
    client.query({
      name: 'letter to a facility left',
      text: `UPDATE recall_facilities SET
          letter = CASE WHEN $4 = 'ask' AND state = 'asked' AND $6::timestamptz > now() THEN 'reminder' END,
          letter_at = CASE WHEN $4 = 'ask' AND state = 'asked' AND $6::timestamptz > now() THEN $6::timestamptz END
        WHERE recall = $1 AND facility = $2 AND scope_version = $3 AND letter = $4 AND asked_at = $5`,
      values: [recall, facility, scopeVersion, letter, askedAt, remindAt],
    }),
  );
}
