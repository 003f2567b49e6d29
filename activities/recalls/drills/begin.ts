import { createHash } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { type DrillSkip, drillRequest } from '../../../domain/recall/drill.ts';
import { makeRecallNumber } from '../../../domain/recall/number.ts';
import type { RecallScope } from '../../../domain/recall/scope.ts';
import type { Depth } from '../../../domain/recall/terms.ts';
import type { Duration, Instant } from '../../../domain/time/duration.ts';
import { inLongTransaction } from '../long-transaction.ts';
import type { DrillBegun, RecallDrills } from './port.ts';

type Input = Parameters<RecallDrills['beginDrill']>[0];
type Goods = { readonly sku: string; readonly lot: string };
type Schedule = Partial<Goods> & {
  readonly depth: Depth;
  readonly confirmWithin: Duration | null;
  readonly deleted: boolean;
};

/** Writes down a drill that is due, and what its mock recall is about: scope and words lie there before its process begins. */
export const beginDrill = (pool: Pool, input: Input): Promise<DrillBegun> =>
  inLongTransaction(pool, (client) => begin(client, input));

async function begin(client: PoolClient, input: Input): Promise<DrillBegun> {
  const { run, schedule: id, firedAt } = input;
  const { rows: schedules } = await client.query<Schedule>(
    `SELECT sku, lot, depth, confirm_within AS "confirmWithin", deleted_at IS NOT NULL AS deleted FROM recall_drill_schedules WHERE id = $1 FOR UPDATE`,
    [id],
  );
  const [schedule] = schedules;
  // Its row is gone, as after a restore to an earlier hour: there is nothing to keep a drill with.
  if (schedule === undefined) return { type: 'skipped', why: 'schedule_deleted' };
  const { rows: known } = await client.query<{ recall: string | null; why: DrillSkip }>(
    'SELECT recall, skipped_for AS why FROM recall_drills WHERE run = $1',
    [run],
  );
  const [before] = known;
  if (before !== undefined) {
    return before.recall === null ? { type: 'skipped', why: before.why } : begun(run, before.recall, schedule);
  }
  const goods = await goodsOf(client, schedule, input);
  if (typeof goods === 'string') {
    await client.query(
      `INSERT INTO recall_drills (run, schedule, state, skipped_for, fired_at, ended_at) VALUES ($1, $2, 'skipped', $3, $4, now())`,
      [run, id, goods, firedAt],
    );
    return { type: 'skipped', why: goods };
  }
  const recall = makeRecallNumber(createHash('sha256').update(`drill\n${run}`).digest());
  await keep(client, recall, goods, run);
  await client.query(
    `INSERT INTO recall_drills (run, schedule, state, recall, sku, lot, fired_at) VALUES ($1, $2, 'running', $3, $4, $5, $6)`,
    [run, id, recall, goods.sku, goods.lot, firedAt],
  );
  return begun(run, recall, schedule);
}

const begun = (run: string, recall: string, { depth, confirmWithin }: Schedule): DrillBegun => ({
  type: 'begun',
  recall,
  request: drillRequest(depth, confirmWithin),
  note: noteOf(run),
});

const noteOf = (run: string): string => `drill:${run}`;

async function goodsOf(client: PoolClient, schedule: Schedule, { run, firedAt }: Input): Promise<Goods | DrillSkip> {
  const { sku, lot, deleted } = schedule;
  if (deleted) return 'schedule_deleted';
  if (await isRecallUnderWay(client)) return 'recall_under_way';
  if (sku != null && lot != null) return { sku, lot };
  return (await drawLot(client, run, firedAt)) ?? 'no_lot_shipped';
}

/** Whether a recall that isn't a drill is reaching its consignees: a drill leaves it the way. */
export async function isRecallUnderWay(client: PoolClient): Promise<boolean> {
  const text = `SELECT FROM recalls WHERE NOT mock AND status IN ('launched', 'notifying') LIMIT 1`;
  return (await client.query(text)).rowCount !== 0;
}

/**
 * A lot that was shipped within the year before: the first of them by SHA-256 of the run's id, a line feed, the SKU, a line feed and the
 * lot. So anybody can draw the same one again, and nobody can choose another.
 */
async function drawLot(client: PoolClient, run: string, firedAt: Instant): Promise<Goods | null> {
  const { rows } = await client.query<Goods>(
    `SELECT sku, lot FROM lots
      WHERE EXISTS (SELECT FROM lot_shipments s WHERE s.sku = lots.sku AND s.lot = lots.lot
        AND s.shipped_at >= $2::timestamptz - interval '12 months' AND s.shipped_at < $2)
      ORDER BY sha256(convert_to($1 || E'\\n' || sku || E'\\n' || lot, 'UTF8')), sku, lot LIMIT 1`,
    [run, firedAt],
  );
  return rows[0] ?? null;
}

async function keep(client: PoolClient, recall: string, { sku, lot }: Goods, run: string): Promise<void> {
  const nothing = { lotRanges: [], serialRanges: [], dateCodes: [], expires: null, shipped: null };
  const scope: RecallScope = { lines: [{ sku, lots: [lot], ...nothing }] };
  await client.query('INSERT INTO recall_scopes (recall, version, scope) VALUES ($1, 1, $2)', [
    recall,
    JSON.stringify(scope),
  ]);
  await client.query(
    `INSERT INTO recall_texts (recall, language, product, reason, instructions, contact) VALUES ($1, 'en', $2, $3, $4, $5)`,
    [recall, `${sku}, lot ${lot}`, 'A drill: nothing is wrong with it.', 'Nothing is to be done.', '-'],
  );
  const why = 'A scheduled drill ends by itself.';
  await client.query(`INSERT INTO notes (id, subject, text, by) VALUES ($1, $2, $3, $4)`, [
    noteOf(run),
    recall,
    why,
    run,
  ]);
}
