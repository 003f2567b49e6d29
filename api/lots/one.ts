import { z } from 'zod';
import { withClient } from '../../prisma/client.ts';
import { endpoint } from '../endpoint.ts';
import { OutsideCode } from '../fields.ts';
import { Problem } from '../problem.ts';

/** Of each list: more than a person reads; a trace tells all. */
const MOST = 200;

const Day = z.iso.date().nullable();
const Related = z
  .object({
    sku: z.string(),
    lot: z.string(),
    supplier: z.string().nullable(),
    supplierLot: z.string().nullable(),
    steps: z.int().meta({ description: 'How many links lie between.' }),
  })
  .meta({ id: 'RelatedLot' });

const LotBody = z
  .object({
    sku: z.string(),
    lot: z.string(),
    gtin: z.string().nullable(),
    madeOn: Day,
    expiresOn: Day,
    dateCode: z.string().nullable(),
    supplier: z.string().nullable(),
    supplierLot: z.string().nullable(),
    origins: z
      .array(Related)
      .meta({ description: 'What it was made of, with the suppliers’ lots; the nearest first.' }),
    descendants: z.array(Related).meta({ description: 'What was made of it; the nearest first.' }),
    sisters: z.array(Related).meta({
      description: 'Lots that share an origin with it, or a supplier’s lot: where it is bad, they may be.',
    }),
    receipts: z.array(
      z.object({ reference: z.string(), facility: z.string(), quantity: z.int(), receivedAt: z.iso.datetime() }),
    ),
    received: z.int(),
    shipped: z.object({
      units: z.int(),
      consignees: z.int(),
      first: z.iso.datetime().nullable(),
      last: z.iso.datetime().nullable(),
    }),
    more: z.boolean().meta({ description: `Whether a list was cut: each holds ${MOST} at the most.` }),
  })
  .meta({ id: 'Lot' });

/** All lots that are reached from some by links one way, with how many; `sku` and `lot` of `of` begin. */
const reached = (name: string, from: 'from' | 'to', to: 'from' | 'to', of: string) => `
${name} (sku, lot, steps) AS (
  SELECT sku, lot, 0 FROM ${of}
  UNION
  SELECT l.${to}_sku, l.${to}_lot, r.steps + 1 FROM ${name} r CROSS JOIN LATERAL (
    SELECT ${to}_sku, ${to}_lot FROM lot_links WHERE ${from}_sku = r.sku AND ${from}_lot = r.lot OFFSET 0) AS l
)`;

const related = (of: string) => `
  (SELECT coalesce(jsonb_agg(to_jsonb(r) ORDER BY r.steps, r.sku, r.lot), '[]') FROM (
    SELECT f.sku, f.lot, t.supplier, t.supplier_lot AS "supplierLot", min(f.steps) AS steps FROM ${of} f
      CROSS JOIN LATERAL (SELECT supplier, supplier_lot FROM lots WHERE sku = f.sku AND lot = f.lot OFFSET 0) AS t
    WHERE (f.sku, f.lot) <> ($1, $2) GROUP BY 1, 2, 3, 4 ORDER BY 5, 1, 2 LIMIT ${MOST + 1}) AS r)`;

const time = (at: string) => `to_char(${at} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const ONE = `
WITH RECURSIVE here AS MATERIALIZED (SELECT * FROM lots WHERE sku = $1 AND lot = $2),
${reached('origin', 'to', 'from', 'here')},
${reached('descendant', 'from', 'to', 'here')},
-- Of one supplier's lot: the lots that came of it, under whatever code they were received.
source AS (
  SELECT DISTINCT s.sku, s.lot FROM (SELECT DISTINCT sku, lot FROM origin) AS o
    CROSS JOIN LATERAL (SELECT supplier, supplier_lot FROM lots WHERE sku = o.sku AND lot = o.lot OFFSET 0) AS t
    CROSS JOIN LATERAL (
      SELECT sku, lot FROM lots WHERE supplier = t.supplier AND supplier_lot = t.supplier_lot
      UNION ALL SELECT o.sku, o.lot OFFSET 0) AS s
),
${reached('kin', 'from', 'to', 'source')},
sister AS (
  SELECT k.sku, k.lot, k.steps FROM kin k WHERE NOT EXISTS (SELECT FROM origin o WHERE o.sku = k.sku AND o.lot = k.lot)
    AND NOT EXISTS (SELECT FROM descendant d WHERE d.sku = k.sku AND d.lot = k.lot)
),
sent AS (SELECT quantity, consignee, shipped_at FROM lot_shipments WHERE sku = $1 AND lot = $2)
SELECT sku, lot, gtin, made_on::text AS "madeOn", expires_on::text AS "expiresOn", date_code AS "dateCode", supplier,
  supplier_lot AS "supplierLot", ${related('origin')} AS origins, ${related('descendant')} AS descendants,
  ${related('sister')} AS sisters,
  (SELECT coalesce(jsonb_agg(to_jsonb(r)), '[]') FROM (
    SELECT reference, facility, quantity, ${time('received_at')} AS "receivedAt" FROM lot_receipts
    WHERE sku = $1 AND lot = $2 ORDER BY received_at, reference, line LIMIT ${MOST + 1}) AS r) AS receipts,
  (SELECT coalesce(sum(quantity), 0)::int FROM lot_receipts WHERE sku = $1 AND lot = $2) AS received,
  (SELECT jsonb_build_object('units', coalesce(sum(quantity), 0), 'consignees', count(DISTINCT consignee),
    'first', ${time('min(shipped_at)')}, 'last', ${time('max(shipped_at)')}) FROM sent) AS shipped
FROM here`;

type Found = Omit<z.infer<typeof LotBody>, 'more'>;

export const getLot = endpoint({
  method: 'get',
  path: '/v1/lots/{sku}/{lot}',
  id: 'getLot',
  tag: 'Lots',
  summary: 'Where a lot came from, and what became of it',
  description:
    'Backward to what it was made of and the suppliers’ lots of that, forward to what was made of it, and sideways to its sisters. ' +
    'Who holds its goods now is told by a trace.',
  permission: 'lots:read',
  params: z.object({ sku: OutsideCode, lot: OutsideCode }),
  responses: { 200: { description: 'The lot.', schema: LotBody } },
  problems: [404],
  handle: async ({ params: { sku, lot } }, { pool }) => {
    const { rows } = await withClient(pool, (client) =>
      client.query<Found>({ name: 'lot', text: ONE, values: [sku, lot] }),
    );
    const [found] = rows;
    if (found === undefined) throw new Problem(404, 'lot_not_found', `nobody has told of a lot ${lot} of ${sku}`);
    const { origins, descendants, sisters, receipts, ...rest } = found;
    const more = [origins, descendants, sisters, receipts].some((list) => list.length > MOST);
    const cut = {
      origins: origins.slice(0, MOST),
      descendants: descendants.slice(0, MOST),
      sisters: sisters.slice(0, MOST),
    };
    return { status: 200, body: { ...rest, ...cut, receipts: receipts.slice(0, MOST), more } };
  },
});
