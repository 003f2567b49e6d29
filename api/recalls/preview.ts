import { z } from 'zod';
import { TRACE } from '../../activities/journal/trace.ts';
import { consigneeKinds } from '../../domain/recall/lots.ts';
import type { RecallScope } from '../../domain/recall/scope.ts';
import { withClient } from '../../prisma/client.ts';
import type { Api } from '../api.ts';
import { MoneyBody, moneyOut } from '../money.ts';

/** Facilities that are named; the others are counted. */
const MOST_NAMED = 500;

const Units = z.int().min(0);

/** What a launch would find, as it leaves. */
export const FoundBody = z.object({
  lots: z.int(),
  consignees: z.int().meta({ description: 'Who would be written to.' }),
  facilities: z.int(),
  shippedUnits: z.int(),
  heldUnits: z.int(),
  possibleUnits: z.int().meta({ description: 'May be of the scope; nobody can tell, as the lot isn’t known.' }),
  values: z
    .array(
      z.object({
        shipped: MoneyBody.meta({ description: 'What consignees paid for what they have, without tax.' }),
        held: MoneyBody.meta({ description: 'What the stock was bought for.' }),
      }),
    )
    .meta({ description: 'By currency, as far as it was told.' }),
  unvaluedUnits: Units.meta({ description: 'Whose price or cost nobody told.' }),
  byFacility: z.object({
    rows: z.array(z.object({ facility: z.string().nullable(), stock: Units, inReturns: Units })),
    more: Units.meta({ description: 'How many facilities are not named here.' }),
  }),
  byConsignees: z
    .array(
      z.object({
        kind: z.enum(consigneeKinds),
        country: z.string().nullable(),
        consignees: Units,
        units: Units,
        told: z.boolean().meta({ description: 'Whether the recall reaches so far down that they are written to.' }),
      }),
    )
    .meta({
      description:
        'Who has affected goods, or may have, by kind and country; the units are those that are affected for certain.',
    }),
  overlaps: z.string().nullable().meta({ description: 'Another recall that holds some of the goods.' }),
});

type Out = z.infer<typeof FoundBody>;

/** What a launch would do, and which other recall has some of the goods. Nothing is stored. */
export type Preview = Omit<Out, 'values' | 'byFacility'> & {
  /** In minor units. */
  readonly values: readonly { readonly currency: string; readonly shipped: number; readonly held: number }[];
  readonly facilityRows: Out['byFacility']['rows'];
};

/** Traces a scope as a launch would. @param recall whose own goods are in no other */
export async function previewOf(
  { pool }: Pick<Api, 'pool'>,
  scope: RecallScope,
  reached: readonly string[],
  recall = '',
): Promise<Preview> {
  return await withClient(pool, async (client) => {
    await client.query(`BEGIN READ ONLY; SET LOCAL jit = off; SET LOCAL work_mem = '64MB'`);
    try {
      const { rows } = await client.query<Preview>(PREVIEW, [JSON.stringify(scope), reached, recall]);
      const [found] = rows;
      if (found === undefined) throw new Error('the trace gave no row');
      return found;
    } finally {
      await client.query('ROLLBACK');
    }
  });
}

/** What was found, as it leaves. */
export const previewOut = ({ values, facilityRows, ...found }: Preview): Out => ({
  ...found,
  values: values.map(({ currency, shipped, held }) => ({
    shipped: moneyOut(shipped, currency),
    held: moneyOut(held, currency),
  })),
  byFacility: { rows: facilityRows.slice(0, MOST_NAMED), more: Math.max(0, facilityRows.length - MOST_NAMED) },
});

const PREVIEW = `
WITH traced AS MATERIALIZED (${TRACE}), sure AS (SELECT * FROM traced WHERE NOT possible),
valued AS (
  SELECT currency, coalesce(sum(value) FILTER (WHERE holder = 'consignee'), 0)::float8 AS shipped,
    coalesce(sum(value) FILTER (WHERE holder = 'stock'), 0)::float8 AS held
  FROM sure WHERE value IS NOT NULL AND holder <> 'shortfall' GROUP BY currency
),
placed AS (
  SELECT facility, coalesce(sum(quantity) FILTER (WHERE holder = 'stock'), 0)::float8 AS stock,
    coalesce(sum(quantity) FILTER (WHERE holder = 'in_return'), 0)::float8 AS "inReturns"
  FROM sure WHERE holder IN ('stock', 'in_return') GROUP BY facility
),
gone AS (
  SELECT c.kind, c.country, count(DISTINCT c.id)::int AS consignees,
    coalesce(sum(t.quantity) FILTER (WHERE NOT t.possible), 0)::float8 AS units, c.kind = ANY ($2::text[]) AS told
  FROM traced t JOIN consignees c ON c.id = t.consignee GROUP BY c.kind, c.country
)
SELECT (SELECT count(DISTINCT (sku, lot)) FROM sure WHERE lot IS NOT NULL)::int AS lots,
  (SELECT coalesce(sum(consignees), 0) FROM gone WHERE told)::int AS consignees,
  (SELECT count(DISTINCT facility) FROM sure)::int AS facilities,
  (SELECT coalesce(sum(quantity), 0) FROM sure WHERE holder = 'consignee')::float8 AS "shippedUnits",
  (SELECT coalesce(sum(quantity), 0) FROM sure WHERE holder IN ('stock', 'in_return'))::float8 AS "heldUnits",
  (SELECT coalesce(sum(quantity), 0) FROM traced WHERE possible)::float8 AS "possibleUnits",
  (SELECT coalesce(jsonb_agg(to_jsonb(valued) ORDER BY currency), '[]') FROM valued) AS values,
  (SELECT coalesce(sum(quantity), 0) FROM sure WHERE value IS NULL AND holder <> 'shortfall')::float8 AS "unvaluedUnits",
  (SELECT coalesce(jsonb_agg(to_jsonb(placed) ORDER BY facility), '[]') FROM placed) AS "facilityRows",
  (SELECT coalesce(jsonb_agg(to_jsonb(gone) ORDER BY kind, country), '[]') FROM gone) AS "byConsignees",
  (SELECT min(s.recall) FROM stop_sales s WHERE NOT s.mock AND s.lifted_at IS NULL AND s.recall <> $3 AND (
    EXISTS (SELECT FROM sure WHERE sure.sku = s.sku AND (s.lot IS NULL OR sure.lot = s.lot))
    OR EXISTS (SELECT FROM jsonb_array_elements($1::jsonb->'lines') AS l WHERE l->>'sku' = s.sku AND l->'lots' ? coalesce(s.lot, ''))
  )) AS overlaps`;
