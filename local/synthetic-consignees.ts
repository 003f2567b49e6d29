import type { Pool } from 'pg';

/** Goods of one lot, some for each of the first so many synthetic stores and some left in a facility. */
export type SyntheticLot = {
  readonly sku: string;
  readonly lot: string;
  readonly facility: string;
  readonly consignees: number;
  readonly unitsEach: number;
  readonly onHand: number;
};

const BATCH = 10_000;

/** What a statement of ours is about: its consignees from one number to another. */
async function inBatches(count: number, work: (from: number, to: number) => Promise<unknown>): Promise<void> {
  for (let from = 1; from <= count; from += BATCH) await work(from, Math.min(count, from + BATCH - 1));
}

/**
 * Stores that are nowhere, for measurements and faults: numbered from 1, one mailbox each in a domain that can't be
 * (RFC 6761), and in the languages that notices are written in. Safe to repeat.
 */
export async function makeConsignees(pool: Pool, count: number): Promise<void> {
  await inBatches(count, async (from, to) => {
    const numbers = 'FROM generate_series($1::int, $2::int) AS n ON CONFLICT DO NOTHING';
    await pool.query(
      `INSERT INTO contacts (id, name, street1, city, zip, country, email)
        SELECT 'C-SYN-' || n, '', '', '', '', 'DE', 'store' || n || '@synthetic.invalid' ${numbers}`,
      [from, to],
    );
    await pool.query(
      `INSERT INTO consignees (id, kind, name, country, language, contact_id)
        SELECT 'SYN-' || n, 'store', 'Synthetic store ' || n, 'DE', (ARRAY['en', 'de', 'fr'])[1 + n % 3], 'C-SYN-' || n ${numbers}`,
      [from, to],
    );
  });
}

/** Books goods of a lot in, and out to the stores. */
export async function shipLot(pool: Pool, goods: SyntheticLot): Promise<void> {
  const { sku, lot, facility, consignees, unitsEach, onHand } = goods;
  await pool.query('INSERT INTO lots (sku, lot) VALUES ($1, $2)', [sku, lot]);
  await pool.query(
    `INSERT INTO lot_receipts (reference, line, facility, sku, lot, quantity, received_at)
      VALUES ('PO-' || $2, '1', $3, $1, $2, $4, now() - interval '30 days')`,
    [sku, lot, facility, consignees * unitsEach + onHand],
  );
  await inBatches(consignees, (from, to) =>
    pool.query(
      `INSERT INTO lot_shipments (reference, line, sku, lot, quantity, facility, consignee, shipped_at)
        SELECT 'DN-' || $2 || '-' || n, '1', $1, $2, $3, $4, 'SYN-' || n, now() - interval '20 days'
        FROM generate_series($5::int, $6::int) AS n`,
      [sku, lot, unitsEach, facility, from, to],
    ),
  );
  await pool.query('ANALYZE');
}

/** What a coordinator drafts about such a lot, as `POST /v1/recalls` takes it. */
export const recallDraft = ({ sku, lot }: Pick<SyntheticLot, 'sku' | 'lot'>, perMinute: number): object => ({
  hazardClass: 'II',
  depth: 'retail',
  scope: { lines: [{ sku, lots: [lot] }] },
  texts: [
    {
      language: 'en',
      product: 'Synthetic kettle, 1.7 l',
      reason: 'The handle may come off while it is full of hot water.',
      instructions: 'Stop selling it, put what you have aside and send it back.',
      contact: 'recalls@synthetic.invalid',
    },
    {
      language: 'de',
      product: 'Synthetischer Wasserkocher, 1,7 l',
      reason: 'Der Griff kann sich lösen, während heißes Wasser darin ist.',
      instructions: 'Nicht mehr verkaufen, Bestand zur Seite legen und zurücksenden.',
      contact: 'recalls@synthetic.invalid',
    },
  ],
  perMinute,
});
