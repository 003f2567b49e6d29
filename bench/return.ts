import { returnWorkflowId } from '../workflows/return/messages.ts';
import { checkNothingLost } from './books.ts';
import { type Cost, costOf } from './cost.ts';
import { type Side, withLeg } from './leg.ts';
import { type Measurement, offer, type Saturation, type Steady, saturate } from './load.ts';
import { type MemoryFigures, measureMemory } from './memory.ts';
import { returnOne } from './one-return.ts';

export type Sizes = {
  /** How often twin and engine follow each other. */
  readonly repeats: number;
  readonly returns: number;
  /** Open at once at saturation. */
  readonly open: number;
  readonly warmUp: number;
  /** Workflow runs that the worker keeps, where memory is measured. */
  readonly cache: number;
  /** Counts of open returns at which the engine's memory is taken. */
  readonly counts: readonly number[];
};

/** One leg: a side on fresh databases. */
export type Pass = {
  readonly side: Side;
  readonly cost: Cost;
  readonly saturation: Saturation;
  /** At 60 % of what this side can do. */
  readonly steady: Steady;
  /** The engine at the rate that is 60 % of what the twin can do. */
  readonly atTwinsRate: Steady | null;
};

export type Measured = {
  readonly passes: readonly Pass[];
  readonly memory: Readonly<Record<Side, MemoryFigures>> | null;
};

/** What can be measured by itself: counts and times come from the same legs. */
export const parts = ['time', 'memory'] as const;
export type Part = (typeof parts)[number];

type Log = (line: string) => void;

const load = 0.6;
const settledMs = 300;
const seed = 20_261_122;

/**
 * Measures `Return` against its bare twin: twin and engine in turn, each time on fresh databases and in a fresh worker.
 *
 * @throws where a return was lost, doubled or left open: then no figure counts
 */
export async function measureReturn(sizes: Sizes, wanted: readonly Part[], log: Log): Promise<Measured> {
  const passes: Pass[] = [];
  for (let repeat = 1; wanted.includes('time') && repeat <= sizes.repeats; repeat += 1) {
    log(`repeat ${repeat} of ${sizes.repeats}`);
    const twin = await pass('twin', sizes, null, log);
    passes.push(twin, await pass('engine', sizes, twin.steady.offeredPerSecond, log));
  }
  if (!wanted.includes('memory')) return { passes, memory: null };
  return { passes, memory: { twin: await memoryOf('twin', sizes, log), engine: await memoryOf('engine', sizes, log) } };
}

function pass(side: Side, sizes: Sizes, twinsRate: number | null, log: Log): Promise<Pass> {
  const { returns, warmUp, open } = sizes;
  const steadySales = Math.ceil(1.1 * returns) + 1;
  return withLeg(
    { side, subject: 'return', sales: 1 + warmUp + returns + open + 2 * steadySales, log },
    async (leg) => {
      const rmas: string[] = [];
      const noted = <Figures>(measured: Measurement<Figures>): Figures => {
        rmas.push(...measured.rmas);
        return measured.figures;
      };
      const single = await returnOne(leg, () => undefined, settledMs);
      rmas.push(single);
      const saturation = noted(await saturate(leg, sizes));
      log(`${side}: ${saturation.perSecond.toFixed(1)} returns/s at ${open} open`);
      const steady = noted(await offer(leg, { perSecond: load * saturation.perSecond, returns, seed }));
      log(`${side}: p99 ${steady.all.p99.toFixed(0)} ms at ${steady.offeredPerSecond.toFixed(1)} returns/s`);
      const atTwinsRate = twinsRate === null ? null : noted(await offer(leg, { perSecond: twinsRate, returns, seed }));
      await checkNothingLost(leg, rmas);
      return { side, cost: await costOf(leg.client, returnWorkflowId(single)), saturation, steady, atTwinsRate };
    },
  );
}

/** The twin's for comparison with a full cache only: closing thousands of its returns would take it a long while. */
function memoryOf(side: Side, { cache, counts, warmUp }: Sizes, log: Log): Promise<MemoryFigures> {
  const wanted = side === 'engine' ? counts : [];
  const env = { WORKER_MAX_CACHED_WORKFLOWS: String(cache) };
  return withLeg({ side, subject: 'return', sales: warmUp + Math.max(cache, ...wanted), log, env }, async (leg) => {
    const { figures, rmas } = await measureMemory(leg, { cache, counts: wanted, warmUp, log });
    await checkNothingLost(leg, rmas);
    return figures;
  });
}
