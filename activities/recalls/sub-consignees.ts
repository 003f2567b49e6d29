import type { PoolClient } from 'pg';
import type { ConsigneeKind } from '../../domain/recall/lots.ts';

/** A consignee that another names as whom it sold goods on to, with how to reach it. */
export type NewConsignee = {
  readonly id: string;
  readonly kind: ConsigneeKind;
  /** Of a shopper it is kept where it can be erased. */
  readonly name: string;
  readonly email: string | null;
  readonly country: string | null;
  readonly language: string | null;
};

/**
 * The id of a consignee that is known to the one that named it alone, by that one's own reference: so nobody can name, and by that
 * reach or change, who isn't theirs. No other ids begin so.
 *
 * @param reference without a slash
 */
export const subConsigneeId = (parent: string, reference: string): string => `sub:${parent}/${reference}`;

/**
 * Takes note of consignees that another names. One that it named before is told of anew, as an address may have been wrong; but
 * one that a notice has reached, or that has answered, has a link of its own by then, which nobody may have sent elsewhere.
 */
export async function nameConsignees(
  client: PoolClient,
  parent: string,
  named: readonly NewConsignee[],
): Promise<void> {
  if (named.length === 0) return;
  const rows = named.map((one) => ({ ...one, contact: `consignee:${one.id}` }));
  const from = `FROM jsonb_to_recordset($1::jsonb)
    AS n(id text, kind text, name text, email text, country text, language text, contact text)`;
  await client.query(
    `INSERT INTO contacts (id, name, street1, city, zip, country, email)
      SELECT contact, name, '', '', '', coalesce(country, ''), email ${from}
      ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, country = EXCLUDED.country, email = EXCLUDED.email
      WHERE NOT EXISTS (SELECT FROM recall_consignees c WHERE c.consignee = substr(contacts.id, length('consignee:') + 1)
        AND (c.state IN ('notified', 'silent', 'responded') OR EXISTS (
          SELECT FROM recall_responses r WHERE r.recall = c.recall AND r.consignee = c.consignee)))`,
    [JSON.stringify(rows)],
  );
  await client.query(
    `INSERT INTO consignees (id, kind, name, country, language, contact_id, parent)
      SELECT id, kind, CASE WHEN kind <> 'shopper' THEN name END, country, language, contact, $2 ${from}
      ON CONFLICT (id) DO UPDATE SET kind = EXCLUDED.kind, name = EXCLUDED.name, country = EXCLUDED.country, language = EXCLUDED.language`,
    [JSON.stringify(rows), parent],
  );
}
