import { setTimeout as sleep } from 'node:timers/promises';
import { sandboxHand } from '../../local/sandbox/hand.ts';
import type { Leg } from '../leg.ts';
import { rounded } from '../statistics.ts';
import type { Campaign } from './campaign.ts';

/** How long each took to take hold, from the request on, by what came in at the mail server. */
export type Steering = {
  /** Until no more letters came than the new rate lets through. */
  readonly rateSeconds: number;
  /** Until the last letter. */
  readonly pauseSeconds: number;
  /** Until the next one. */
  readonly resumeSeconds: number;
};

type Sample = { readonly at: number; readonly count: number };

const EVERY_MS = 50;
const WATCHED_MS = 7_000;
const SECOND_MS = 1_000;

/**
 * Launches a recall and steers it while it sends: to a tenth of its rate, to a pause, and on again.
 *
 * @throws where something doesn't take hold while it is watched
 */
export async function steer(leg: Leg, campaign: Campaign, perMinute: number): Promise<Steering> {
  const { countLetters } = sandboxHand(leg.sandboxUrl);
  const before = await countLetters();
  await campaign.post('launch');
  await until(async () => (await countLetters()) - before > campaign.consignees / 20);

  const slow = Math.max(1, Math.ceil(perMinute / 10));
  const slowed = performance.now();
  await campaign.post('rate', { perMinute: slow });
  const afterRate = await watch(countLetters);
  const paused = performance.now();
  await campaign.post('pause');
  const afterPause = await watch(countLetters);
  const resumed = performance.now();
  await campaign.post('resume');
  await until(async () => (await countLetters()) > (afterPause.at(-1)?.count ?? 0));
  const goesOn = performance.now();

  // In a second: what the rate lets through, what had gathered for one, and what was on its way.
  const most = 2 * Math.max(1, slow / 60) + 1;
  return {
    rateSeconds: since(slowed, lastBefore(afterRate, fastFrom(afterRate, most))),
    pauseSeconds: since(paused, lastBefore(afterPause, grewAt(afterPause))),
    resumeSeconds: since(resumed, goesOn),
  };
}

const since = (from: number, at: number): number => rounded(Math.max(0, at - from) / 1_000);

async function watch(countLetters: () => Promise<number>): Promise<readonly Sample[]> {
  const samples: Sample[] = [];
  for (const end = performance.now() + WATCHED_MS; performance.now() < end; await sleep(EVERY_MS)) {
    samples.push({ count: await countLetters(), at: performance.now() });
  }
  return samples;
}

/** Moments from which on more letters came within a second than `most`. */
const fastFrom = (samples: readonly Sample[], most: number): readonly number[] =>
  samples
    .filter((from) =>
      samples.some(({ at, count }) => at > from.at && at <= from.at + SECOND_MS && count - from.count > most),
    )
    .map(({ at }) => at);

/** Moments at which letters had come. */
const grewAt = (samples: readonly Sample[]): readonly number[] =>
  samples.filter(({ count }, index) => count > (samples[index - 1]?.count ?? count)).map(({ at }) => at);

/** When that which should end was last seen; 0 where it never was. */
function lastBefore(samples: readonly Sample[], moments: readonly number[]): number {
  const last = moments.at(-1) ?? 0;
  if ((samples.at(-1)?.at ?? 0) - last <= SECOND_MS) throw new Error('A change took no hold while it was watched.');
  return last;
}

async function until(is: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 600_000; !(await is()); await sleep(EVERY_MS)) {
    if (Date.now() > end) throw new Error('No letters came for ten minutes.');
  }
}
