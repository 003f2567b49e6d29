import type { Memory } from './heaps.ts';
import { inLanes } from './lanes.ts';
import type { Leg } from './leg.ts';
import type { Measurement } from './load.ts';
import { finish, type Opened, open, returnOne } from './one-return.ts';

export type MemoryFigures = {
  readonly cache: number;
  /** After so many returns were opened, and none closed. */
  readonly at: readonly ({ readonly open: number } & Memory)[];
  /** Resident memory at the last count over that at the first, less 1; null where only one was asked. */
  readonly rssGrowth: number | null;
  /** JavaScript heap that a run in the cache holds. */
  readonly kibPerCachedRun: number;
};

const nobody = () => undefined;

/**
 * Opens returns up to each count and looks at the worker's memory after a collection; then closes them all, most of them
 * replayed from their history, as the cache holds but a few.
 */
export async function measureMemory(
  leg: Leg,
  options: { cache: number; counts: readonly number[]; warmUp: number; log: (line: string) => void },
): Promise<Measurement<MemoryFigures>> {
  const { cache, counts, warmUp, log } = options;
  const warm = await inLanes(warmUp, () => returnOne(leg, nobody));
  const before = await leg.workerMemory();
  const opened: Opened[] = [];
  const openUpTo = async (count: number): Promise<{ readonly open: number } & Memory> => {
    opened.push(...(await inLanes(count - opened.length, () => open(leg, nobody))));
    const memory = await leg.workerMemory();
    log(`${leg.side}: ${count} open, ${Math.round(memory.rssBytes / 2 ** 20)} MiB resident`);
    return { open: count, ...memory };
  };
  const full = await openUpTo(cache);
  const at: ({ readonly open: number } & Memory)[] = [];
  for (const count of counts) at.push(await openUpTo(count));
  log(`${leg.side}: closing all of them`);
  const queue = [...opened];
  await inLanes(opened.length, async () => {
    const next = queue.pop();
    if (next !== undefined) await finish(leg, next, nobody);
  });
  const [first, last] = [at[0], at.at(-1)];
  const rssGrowth = first === undefined || last === undefined ? null : last.rssBytes / first.rssBytes - 1;
  const kibPerCachedRun = (full.heapBytes - before.heapBytes) / cache / 1_024;
  return { figures: { cache, at, rssGrowth, kibPerCachedRun }, rmas: [...warm, ...opened.map(({ rma }) => rma)] };
}
