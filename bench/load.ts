import { setTimeout as sleep } from 'node:timers/promises';
import type { Leg } from './leg.ts';
import { type Answered, type Asked, returnOne } from './one-return.ts';
import { percentile } from './statistics.ts';

export type Saturation = { readonly perSecond: number; readonly cpuSecondsPerReturn: number };

export type Latency = { readonly p50: number; readonly p99: number; readonly count: number };
export type Steady = {
  readonly offeredPerSecond: number;
  /** From an update sent to its answer, in milliseconds: all of them, and by what was asked. */
  readonly all: Latency;
  readonly by: Readonly<Partial<Record<Asked, Latency>>>;
};

/** What was measured, with the returns that it was measured on. */
export type Measurement<Figures> = { readonly figures: Figures; readonly rmas: readonly string[] };

const nobody = () => undefined;

/**
 * Keeps so many returns open and counts how many end in a second. The first are warm-up and count for nothing; the clock
 * stops with the last start, as fewer are open after it.
 */
export async function saturate(
  leg: Leg,
  options: { open: number; warmUp: number; returns: number },
): Promise<Measurement<Saturation>> {
  const { open, warmUp, returns } = options;
  const rmas: string[] = [];
  const total = warmUp + returns + open;
  let started = 0;
  let begin = { at: 0, cpu: 0 };
  let end = { at: 0, cpu: 0 };
  const now = async () => ({ at: performance.now(), cpu: await leg.workerCpuSeconds() });
  const lane = async () => {
    while (started < total) {
      started += 1;
      rmas.push(await returnOne(leg, nobody));
      if (rmas.length === warmUp) begin = await now();
      if (rmas.length === warmUp + returns) end = await now();
    }
  };
  await Promise.all(Array.from({ length: open }, lane));
  const perSecond = (returns * 1_000) / (end.at - begin.at);
  return { figures: { perSecond, cpuSecondsPerReturn: (end.cpu - begin.cpu) / returns }, rmas };
}

/**
 * Offers returns at a rate, whether or not the ones before have ended, at random moments that are the same in every run.
 * The first tenth is warm-up.
 */
export async function offer(
  leg: Leg,
  options: { perSecond: number; returns: number; seed: number },
): Promise<Measurement<Steady>> {
  const { perSecond, returns, seed } = options;
  const random = randomFrom(seed);
  const warmUp = Math.ceil(returns / 10);
  const heard: Answered[] = [];
  const under: Promise<string>[] = [];
  let due = performance.now();
  for (let n = 0; n < warmUp + returns; n += 1) {
    due += (-Math.log(1 - random()) * 1_000) / perSecond;
    await sleep(Math.max(0, due - performance.now()));
    const hear = n < warmUp ? nobody : (answered: Answered) => void heard.push(answered);
    const one = returnOne(leg, hear);
    one.catch(nobody);
    under.push(one);
  }
  const rmas = await Promise.all(under);
  const kinds = [...new Set(heard.map(({ asked }) => asked))];
  const by = Object.fromEntries(kinds.map((kind) => [kind, latencyOf(heard.filter(({ asked }) => asked === kind))]));
  return { figures: { offeredPerSecond: perSecond, all: latencyOf(heard), by }, rmas };
}

function latencyOf(heard: readonly Answered[]): Latency {
  const samples = heard.map(({ ms }) => ms);
  return { p50: percentile(samples, 0.5), p99: percentile(samples, 0.99), count: samples.length };
}

/** Mulberry32: small, and good enough to space arrivals. */
function randomFrom(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
