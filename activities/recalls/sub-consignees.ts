import type { PoolClient } from 'pg';
import type { ConsigneeKind } from '../../domain/recall/lots.ts';
import { chainAbove, type Naming } from '../../domain/recall/naming.ts';

/** A consignee that another names as whom it sold goods on to, with how to reach it. */
export type NewConsignee = {
  readonly id: string;
  readonly kind: ConsigneeKind;
  readonly name: string;
  /** Whether it may be a person's name, which is kept where it can be erased. */
  readonly isPrivate: boolean;
  readonly email: string | null;
  readonly country: string | null;
  readonly language: string | null;
};

/** Which of those whom a consignee names nobody knew, how many it named in this recall before, and how many are in its chain. */
export async function readNaming(
  client: PoolClient,
  recall: string,
  consignee: string,
  named: readonly NewConsignee[],
): Promise<Omit<Naming, 'channel'>> {
  if (named.length === 0) return { fresh: [], named: 0, below: 0 };
  const { rows } = await client.query<Omit<Naming, 'channel'>>({
    name: 'whom a consignee named',
    text: `WITH RECURSIVE below (id) AS (
        SELECT id FROM consignees WHERE parent = $3 AND named_in = $1
        UNION ALL
        SELECT k.id FROM below JOIN consignees k ON k.parent = below.id AND k.named_in = $1)
      SELECT (SELECT count(*) FROM consignees WHERE parent = $2 AND named_in = $1)::int AS named,
        (SELECT count(*) FROM below)::int AS below,
        ARRAY(SELECT id FROM unnest($4::text[]) AS n(id) WHERE NOT EXISTS (SELECT FROM consignees k WHERE k.id = n.id)) AS fresh`,
    values: [recall, consignee, chainAbove(consignee).at(-1) ?? consignee, named.map(({ id }) => id)],
  });
  return rows[0] ?? { fresh: [], named: 0, below: 0 };
}

/**
 * Takes note of consignees that another names. One that it named before is told of anew, as an address may have been wrong; but
 * one that a notice has reached, or that has answered, has a link of its own by then, which nobody may have sent elsewhere.
 */
export async function nameConsignees(
  client: PoolClient,
  recall: string,
  parent: string,
  named: readonly NewConsignee[],
): Promise<void> {
  if (named.length === 0) return;
  const rows = named.map((one) => ({ ...one, contact: `consignee:${one.id}` }));
  const from = `FROM jsonb_to_recordset($1::jsonb)
    AS n(id text, kind text, name text, "isPrivate" boolean, email text, country text, language text, contact text)`;
  await client.query(
    `INSERT INTO contacts (id, name, street1, city, zip, country, email)
      SELECT contact, name, '', '', '', coalesce(country, ''), email ${from}
      ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, country = EXCLUDED.country, email = EXCLUDED.email
      WHERE NOT EXISTS (SELECT FROM recall_consignees c WHERE c.consignee = substr(contacts.id, length('consignee:') + 1)
        AND ((c.last_sent_at IS NOT NULL AND c.state <> 'undeliverable') OR EXISTS (
          SELECT FROM recall_responses r WHERE r.recall = c.recall AND r.consignee = c.consignee)))`,
    [JSON.stringify(rows)],
  );
  await client.query(
    `INSERT INTO consignees (id, kind, name, country, language, contact_id, parent, named_in)
      SELECT id, kind, CASE WHEN NOT "isPrivate" THEN name END, country, language, contact, $2, $3 ${from}
      ON CONFLICT (id) DO UPDATE SET kind = EXCLUDED.kind, name = EXCLUDED.name, country = EXCLUDED.country, language = EXCLUDED.language`,
    [JSON.stringify(rows), parent, recall],
  );
}
