import type { Side } from './leg.ts';
import type { Asked } from './one-return.ts';
import type { Measured, Pass } from './return.ts';
import { rounded, type Spread, spreadOf } from './statistics.ts';

export type Target = {
  readonly atMost?: number;
  readonly atLeast?: number;
  readonly reached: number;
  /** Null where it was not measured. */
  readonly met: boolean | null;
};

export type Report = {
  readonly eventsRatio: number;
  readonly actionsRatio: number;
  readonly throughputRatio: number;
  readonly p99Ratio: number;
  readonly rssGrowth: number;
  readonly targets: Readonly<Record<string, Target>>;
  readonly ratios: Readonly<Record<string, Spread | number>>;
  readonly engine: object;
  readonly twin: object;
};

/** Ratios are engine to twin: of the same repeat where time was taken, then the median over the repeats. */
export function report({ passes, memory }: Measured): Report {
  const sides = { engine: passesOf(passes, 'engine'), twin: passesOf(passes, 'twin') };
  const cost = { engine: sides.engine[0]?.cost, twin: sides.twin[0]?.cost };
  const costRatio = (of: 'events' | 'actions' | 'historyBytes' | 'stateTransitions' | 'workflowTasks') =>
    rounded((cost.engine?.[of] ?? Number.NaN) / (cost.twin?.[of] ?? Number.NaN));
  const timedRatio = (of: (engine: Pass, twin: Pass) => number): Spread =>
    roundedSpread(
      sides.engine.flatMap((engine, repeat) => {
        const twin = sides.twin[repeat];
        return twin === undefined ? [] : [of(engine, twin)];
      }),
    );
  const throughput = timedRatio((engine, twin) => engine.saturation.perSecond / twin.saturation.perSecond);
  const p99 = timedRatio((engine, twin) => engine.steady.all.p99 / twin.steady.all.p99);
  const figures = {
    eventsRatio: costRatio('events'),
    actionsRatio: costRatio('actions'),
    throughputRatio: throughput.median,
    p99Ratio: p99.median,
    rssGrowth: rounded(memory?.engine.rssGrowth ?? Number.NaN),
  };
  return {
    ...figures,
    targets: {
      eventsRatio: atMost(0.5, figures.eventsRatio),
      actionsRatio: atMost(0.75, figures.actionsRatio),
      throughputRatio: atLeast(1.6, figures.throughputRatio),
      p99Ratio: atMost(0.8, figures.p99Ratio),
      rssGrowth: atMost(0.15, figures.rssGrowth),
    },
    ratios: {
      historyBytes: costRatio('historyBytes'),
      stateTransitions: costRatio('stateTransitions'),
      workflowTasks: costRatio('workflowTasks'),
      throughput,
      p99,
      p50: timedRatio((engine, twin) => engine.steady.all.p50 / twin.steady.all.p50),
      p99AtTwinsRate: timedRatio((engine, twin) => (engine.atTwinsRate?.all.p99 ?? Number.NaN) / twin.steady.all.p99),
      cpuSecondsPerReturn: timedRatio(
        (engine, twin) => engine.saturation.cpuSecondsPerReturn / twin.saturation.cpuSecondsPerReturn,
      ),
    },
    engine: { ...sideFigures(sides.engine), memory: memory?.engine },
    twin: { ...sideFigures(sides.twin), memory: memory?.twin },
  };
}

const passesOf = (passes: readonly Pass[], side: Side): readonly Pass[] => passes.filter((pass) => pass.side === side);

const messages: readonly Asked[] = ['create', 'receive', 'inspect', 'confirm_disposition'];

function sideFigures(passes: readonly Pass[]): object {
  return {
    cost: passes[0]?.cost,
    perSecond: roundedSpread(passes.map(({ saturation }) => saturation.perSecond)),
    cpuSecondsPerReturn: roundedSpread(passes.map(({ saturation }) => saturation.cpuSecondsPerReturn)),
    p50Ms: roundedSpread(passes.map(({ steady }) => steady.all.p50)),
    p99Ms: roundedSpread(passes.map(({ steady }) => steady.all.p99)),
    p99MsOf: Object.fromEntries(
      messages.map((asked) => [asked, roundedSpread(passes.map(({ steady }) => steady.by[asked]?.p99 ?? Number.NaN))]),
    ),
  };
}

function roundedSpread(samples: readonly number[]): Spread {
  const { median, min, max } = spreadOf(samples);
  return { median: rounded(median), min: rounded(min), max: rounded(max) };
}

export const atMost = (limit: number, reached: number): Target => ({
  atMost: limit,
  reached,
  met: Number.isNaN(reached) ? null : reached <= limit,
});
export const atLeast = (limit: number, reached: number): Target => ({
  atLeast: limit,
  reached,
  met: Number.isNaN(reached) ? null : reached >= limit,
});
