import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { findGoods } from '../../api/lots/find.ts';
import { startPostgres } from '../../local/postgres.ts';
import { openPool } from '../../prisma/client.ts';
import { migrate } from '../../prisma/migrate.ts';
import { percentile, rounded } from '../statistics.ts';
import { goodsOf, makeGoods, rawLot } from './goods.ts';
import { type Found, walk } from './twin.ts';

export type TraceReport = {
  /** The data is synthetic: made for this measurement. */
  readonly synthetic: true;
  readonly lines: number;
  readonly tracedLots: number;
  /** Of families with ten thousand lines, and of those with fifty. */
  readonly large: Times;
  readonly small: Times;
  /** The walk, on large families. */
  readonly twin: Times;
  readonly timesFaster: number;
  /** Of the last minute when the traces of large families ended: what else the machine did. */
  readonly loadAverage: number;
  readonly target: { readonly p95Ms: number; readonly reached: number; readonly met: boolean };
};

type Times = { readonly lots: number; readonly hits: number; readonly p50Ms: number; readonly p95Ms: number };

const TARGET_MS = 300;
/** Each lot is traced once, so that none is found in a cache which the one before it filled. */
const MOST = 200;
const WALKS = 7;

/**
 * Traces many lots, each through its family, on a database of its own.
 *
 * @throws where trace and twin disagree on units or consignees: then no figure counts
 */
export async function measureTrace(lines: number, log: (line: string) => void): Promise<TraceReport> {
  const folder = await mkdtemp(join(tmpdir(), 'homeward-bench-trace-'));
  const undo: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  try {
    log('starting a PostgreSQL of its own');
    const postgres = await startPostgres({ dataDir: join(folder, 'data') });
    undo.push(() => postgres.stop());
    await migrate(postgres.url);
    const pool = openPool({ url: postgres.url, poolSize: 2, connectTimeoutMs: 10_000, statementTimeoutMs: 3_600_000 });
    undo.push(() => pool.end());
    const goods = goodsOf(lines);
    await makeGoods(pool, goods, log);
    await traced(pool, 1);
    const large = await times(pool, spread(Math.min(2, goods.large), goods.large, MOST), log);
    const load = rounded(loadavg()[0] ?? Number.NaN);
    const small = await times(pool, spread(goods.large + 1, goods.large + goods.small, MOST), log);
    const walks = spread(1, goods.large, WALKS);
    const twin = await walked(pool, walks, log);
    return {
      synthetic: true,
      lines,
      tracedLots: large.lots + small.lots,
      large,
      small,
      twin,
      timesFaster: rounded(twin.p50Ms / large.p50Ms),
      loadAverage: load,
      target: { p95Ms: TARGET_MS, reached: large.p95Ms, met: large.p95Ms <= TARGET_MS },
    };
  } finally {
    for (const step of undo.reverse()) await step();
  }
}

/** At most so many of the numbers from one to another, evenly. */
function spread(first: number, last: number, most: number): readonly number[] {
  const count = Math.min(most, Math.max(1, last - first + 1));
  return Array.from({ length: count }, (_, n) =>
    Math.min(first + Math.floor((n * (last - first + 1)) / count), Math.max(first, last)),
  );
}

async function times(pool: Pool, families: readonly number[], log: (line: string) => void): Promise<Times> {
  const took: number[] = [];
  let hits = 0;
  for (const family of families) {
    const start = performance.now();
    hits = Math.max(hits, (await traced(pool, family)).consignees);
    took.push(performance.now() - start);
  }
  return figures(took, hits, log, 'traced');
}

async function walked(pool: Pool, families: readonly number[], log: (line: string) => void): Promise<Times> {
  const took: number[] = [];
  let hits = 0;
  for (const family of families) {
    const { sku, lot } = rawLot(family);
    const start = performance.now();
    const found = await walk(pool, sku, lot);
    took.push(performance.now() - start);
    const same = await traced(pool, family);
    if (same.units !== found.units || same.consignees !== found.consignees) {
      throw new Error(`${lot}: the trace finds ${JSON.stringify(same)}, the walk ${JSON.stringify(found)}`);
    }
    hits = Math.max(hits, found.consignees);
  }
  return figures(took, hits, log, 'walked');
}

function figures(took: readonly number[], hits: number, log: (line: string) => void, what: string): Times {
  const [p50Ms, p95Ms] = [rounded(percentile(took, 0.5)), rounded(percentile(took, 0.95))];
  log(`${what} ${took.length} lots with up to ${hits} consignees: p50 ${p50Ms} ms, p95 ${p95Ms} ms`);
  return { lots: took.length, hits, p50Ms, p95Ms };
}

/** What `POST /v1/traces` asks the database for a family. */
async function traced(pool: Pool, family: number): Promise<Found> {
  const { sku, lot } = rawLot(family);
  const line = { sku, lots: [lot], lotRanges: [], serialRanges: [], dateCodes: [], expires: null, shipped: null };
  const { summary } = await findGoods(pool, { lines: [line] }, 100, undefined);
  const consignees = Object.values(summary.consignees).reduce((sum, count) => sum + count, 0);
  return { units: summary.byHolder.consignee, consignees };
}
