import type { Pool, PoolClient } from 'pg';
import {
  type DrillConfirmation,
  type DrillGap,
  type DrillScore,
  drillTotal,
  scored,
} from '../../../domain/recall/drill.ts';
import { type ConfirmingFacility, FACILITIES } from '../confirmations/read.ts';
import { inLongTransaction, longQuery } from '../long-transaction.ts';
import type { RecallDrills } from './port.ts';

/** Reads how a drill went and keeps that; what was kept stays. */
export const scoreDrill = (pool: Pool, { run, recall, overdue }: Parameters<RecallDrills['scoreDrill']>[0]) =>
  inLongTransaction(pool, async (client): Promise<void> => {
    const score = await drillScoreOf(client, recall);
    await client.query(
      `UPDATE recall_drills SET state = 'scored', overdue = $2, score = $3, ended_at = now() WHERE run = $1 AND state = 'running'`,
      [run, overdue, JSON.stringify(score)],
    );
  });

/** How the drill went that a mock recall is, as far as it has come. */
export const readDrillScore = (pool: Pool, recall: string): Promise<DrillScore> =>
  inLongTransaction(pool, (client) => drillScoreOf(client, recall));

async function drillScoreOf(client: PoolClient, recall: string): Promise<DrillScore> {
  const { rows } = await client.query<Omit<DrillScore, 'at' | 'total' | 'byFacility'> & { readonly at: Date }>(TIMES, [
    recall,
  ]);
  const [times] = rows;
  if (times === undefined) throw new Error(`there is no recall ${recall}`);
  const parts = await longQuery<Part>(client, BY_FACILITY, [recall]);
  const confirming = await longQuery<ConfirmingFacility>(client, `${FACILITIES} ORDER BY f.facility`, [recall]);
  const confirmations = new Map(confirming.map((row) => [row.facility, confirmationOf(row)]));
  const found = parts.map(({ facility, units, sound, ...gaps }) => ({ facility, ...scored({ units, sound, gaps }) }));
  // Also who had nothing by the books, and found some.
  const others = [...confirmations.keys()].filter((facility) => parts.every((part) => part.facility !== facility));
  const byFacility = [...found, ...others.map((facility) => ({ facility, ...drillTotal([]) }))].map((part) => ({
    ...part,
    confirmation: (part.facility === null ? undefined : confirmations.get(part.facility)) ?? null,
  }));
  return { ...times, at: times.at.toISOString(), total: drillTotal(byFacility), byFacility };
}

const confirmationOf = ({
  state,
  askedAt,
  confirmedAt,
  onBooks,
  found,
  differs,
}: ConfirmingFacility): DrillConfirmation => ({
  ...{ state, onBooks, found, differs },
  milliseconds: askedAt === null || confirmedAt === null ? null : Date.parse(confirmedAt) - Date.parse(askedAt),
});

type Part = { readonly facility: string | null; readonly units: number; readonly sound: number } & Readonly<
  Record<DrillGap, number>
>;

const since = (instant: string) => `round(extract(epoch FROM ${instant} - launched_at) * 1000)::float8`;
const TIMES = `
  SELECT now() AS at, number AS recall, trace_milliseconds AS "traceMilliseconds", ${since('stopped_at')} AS "stopMilliseconds",
    ${since('notified_at')} AS "notifyMilliseconds",
    (SELECT CASE WHEN bool_and(f.confirmed_at IS NOT NULL) THEN ${since('max(f.confirmed_at)')} END FROM recall_facilities f
      WHERE f.recall = number AND f.asked_at IS NOT NULL) AS "confirmMilliseconds" FROM recalls WHERE number = $1`;

/**
 * Units of the newest scope by where they are, or where they left: that is told where one facility alone sent the lot to their
 * consignee. Who isn't written to, as the recall doesn't reach so far down, needs no address.
 */
const BY_FACILITY = `
WITH unit AS MATERIALIZED (
  SELECT u.holder, u.consignee, u.facility, u.sku, u.lot, u.quantity
  FROM recall_units u JOIN recalls r ON r.number = u.recall AND r.scope_version = u.scope_version WHERE u.recall = $1
),
named AS MATERIALIZED (SELECT DISTINCT sku, lot FROM unit WHERE lot IS NOT NULL),
origin AS (
  SELECT sku, lot FROM named n WHERE EXISTS (SELECT FROM lot_receipts g WHERE g.sku = n.sku AND g.lot = n.lot)
    OR EXISTS (SELECT FROM lot_links l WHERE l.to_sku = n.sku AND l.to_lot = n.lot)
),
sent AS (
  SELECT s.sku, s.lot, s.consignee, CASE WHEN count(DISTINCT s.facility) = 1 THEN min(s.facility) END AS facility
  FROM named n CROSS JOIN LATERAL (
    SELECT sku, lot, consignee, facility FROM lot_shipments WHERE sku = n.sku AND lot = n.lot OFFSET 0) AS s
  GROUP BY s.sku, s.lot, s.consignee
),
unaddressed AS (
  SELECT c.consignee FROM recall_consignees c JOIN consignees k ON k.id = c.consignee LEFT JOIN contacts t ON t.id = k.contact_id
  WHERE c.recall = $1 AND t.email IS NULL AND NOT EXISTS (SELECT FROM consignee_webhooks h WHERE h.consignee = k.id)
),
placed AS (
  SELECT coalesce(u.facility, s.facility) AS facility, u.holder, u.lot, u.quantity, o.sku IS NULL AS no_origin,
    a.consignee IS NOT NULL AS no_address
  FROM unit u LEFT JOIN origin o ON o.sku = u.sku AND o.lot = u.lot
    LEFT JOIN sent s ON s.sku = u.sku AND s.lot = u.lot AND s.consignee = u.consignee
    LEFT JOIN unaddressed a ON a.consignee = u.consignee
)
SELECT facility, ${counted('units', `lot IS NOT NULL AND holder <> 'shortfall'`)},
  ${counted('sound', `lot IS NOT NULL AND holder <> 'shortfall' AND NOT no_origin AND NOT no_address`)},
  ${counted('withoutOrigin', `lot IS NOT NULL AND holder <> 'shortfall' AND no_origin`)},
  ${counted('withoutAddress', 'lot IS NOT NULL AND no_address')},
  ${counted('stockWithoutLot', `lot IS NULL AND holder IN ('stock', 'in_return')`)},
  ${counted('shippedWithoutLot', `lot IS NULL AND holder = 'consignee'`)},
  ${counted('notAddingUp', `holder = 'shortfall'`)}
FROM placed GROUP BY facility ORDER BY facility NULLS LAST`;

function counted(name: string, where: string): string {
  return `coalesce(sum(quantity) FILTER (WHERE ${where}), 0)::float8 AS "${name}"`;
}
