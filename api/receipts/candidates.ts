import { type Candidates, type KnownReturn, receiptCandidates } from '../../domain/receipt/candidates.ts';
import type { Clues, CountedLine } from '../../domain/receipt/receipt.ts';
import type { Api } from '../api.ts';

/** More would help nobody to choose; the likeliest are among those that were asked for last. */
const MOST = 100;

type Counted = Pick<CountedLine, 'sku' | 'quantity' | 'serials'>;

/** The returns that goods may belong to, and the orders that they may be of, as of now. */
export async function findCandidates(
  api: Api,
  clues: Clues,
  contents: readonly Counted[],
): Promise<Candidates & { readonly orders: readonly string[] }> {
  const serials = [...new Set([...clues.serials, ...contents.flatMap((content) => content.serials ?? [])])];
  const orders = await ordersOf(api, clues, serials);
  const buyer = clues.buyer ?? (await buyerOf(api, clues.order));
  const skus = [...new Set(contents.map(({ sku }) => sku))];
  const known = await returnsOf(api, { ...clues, buyer }, orders, skus);
  return { ...receiptCandidates({ ...clues, buyer }, contents, known), orders };
}

async function buyerOf(api: Api, order: string | null): Promise<string | null> {
  if (order === null) return null;
  const row = await api.db.order.findUnique({ where: { id: order }, select: { buyerId: true } });
  return row?.buyerId ?? null;
}

/** Named on the parcel, or sold with a serial that came. */
async function ordersOf(api: Api, { order }: Clues, serials: readonly string[]): Promise<readonly string[]> {
  const rows = await api.db.$queryRaw<{ id: string }[]>`
    SELECT id FROM orders WHERE id = ${order}
    UNION SELECT order_id FROM order_lines WHERE serials <> '{}' AND serials && ${serials}::text[]
    ORDER BY id LIMIT ${MOST}`;
  return rows.map(({ id }) => id);
}

/** Each way of finding one has an index of its own; why each was found is told by the same rules that rank it. */
async function returnsOf(
  api: Api,
  { rma, tracking, buyer }: Clues,
  orders: readonly string[],
  skus: readonly string[],
): Promise<readonly KnownReturn[]> {
  const found = await api.db.$queryRaw<KnownReturn[]>`
    WITH found AS (
      SELECT rma FROM returns WHERE rma = ${rma} OR order_id = ANY(${orders}::text[])
      UNION SELECT rma FROM parcels WHERE tracking = ${tracking}
      UNION SELECT r.rma FROM orders o JOIN returns r ON r.order_id = o.id JOIN return_lines l ON l.rma = r.rma
        WHERE o.buyer_id = ${buyer} AND l.sku = ANY(${skus}::text[]))
    SELECT r.rma, r.order_id AS order, o.buyer_id AS buyer, r.closed_at IS NOT NULL AS closed,
      ARRAY(SELECT tracking FROM parcels p WHERE p.rma = r.rma AND tracking IS NOT NULL) AS trackings,
      ARRAY(SELECT unnest(s.serials) FROM return_lines l JOIN order_lines s ON s.id = l.order_line_id
        WHERE l.rma = r.rma) AS serials,
      (SELECT jsonb_agg(jsonb_build_object('sku', sku, 'outstanding', outstanding)) FROM return_lines l
        WHERE l.rma = r.rma) AS lines
    FROM found JOIN returns r ON r.rma = found.rma JOIN orders o ON o.id = r.order_id
    ORDER BY r.requested_at DESC LIMIT ${MOST}`;
  return found;
}
