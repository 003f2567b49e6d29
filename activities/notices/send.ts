import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { nextNotice } from '../../domain/recall/notices.ts';
import { scheduleFor } from '../../domain/recall/terms.ts';
import { after, type Instant } from '../../domain/time/duration.ts';
import type { WaveName, WaveProgress } from '../recalls/port.ts';
import { type Claimed, claimDue, giveBack, isAnyDue, KEEP_EVERY_MS, keepClaims } from './claims.ts';
import { deliver, type Means } from './deliver.ts';
import { type Campaign, followClass, progressOf, readCampaign, recordTold, type Told } from './due-rows.ts';
import { readTexts, type Texts } from './texts.ts';
import { withdrawDue } from './withdraw-due.ts';

/** How often the recall is looked at while notices leave: pause, rate and end take hold within it. */
const LOOK_EVERY_MS = 1_000;
/** Letters that leave before what became of them is written down: a crash sends no more than these again. */
const CHUNK = 50;
/** A receiver who can't take a notice now is tried again, so often and after so long. */
const ATTEMPTS = 4;
const AGAIN_AFTER = 'PT15M';

/** What an activity says of itself while it sends. */
export type Pulse = {
  /** Says that it lives; throws where it must stop, as its worker ends. */
  readonly beat: () => void;
};

type Input = WaveName & { readonly now: Instant; readonly limit: number };

/** Sends what is due to the consignees of a wave; see `Notices`. */
export async function sendDue(pool: Pool, means: Means, input: Input, pulse: Pulse): Promise<WaveProgress> {
  const { recall, now, limit } = input;
  let campaign = await readCampaign(pool, recall);
  let lookedAt = performance.now();
  const isWithdrawn = campaign.outcome === 'withdrawn';
  if (isWithdrawn) await withdrawDue(pool, input, now);
  else await followClass(pool, input, campaign.hazardClass, scheduleFor(campaign.schedules, campaign.hazardClass));
  let done = 0;
  const newly = { silent: 0, undeliverable: 0 };
  let texts: Texts | null = null;
  while (stopOf(campaign) === null && done < limit) {
    pulse.beat();
    const { perMinute } = campaign;
    const chunk = await claimDue(pool, input, { now, perMinute, most: Math.min(CHUNK, limit - done) });
    if (chunk.length > 0) {
      texts ??= await readTexts(pool, recall);
      for (const { notice, becomes } of await sendChunk(pool, means, input, campaign, texts, chunk, pulse)) {
        if (notice !== 'terminated' && (becomes === 'silent' || becomes === 'undeliverable')) newly[becomes] += 1;
      }
      done += chunk.length;
    } else {
      // No leave yet, or what is due is another attempt's, which may be dead.
      if (!(await isAnyDue(pool, input, now))) break;
      await sleep(Math.min(LOOK_EVERY_MS, Math.ceil(60_000 / perMinute)));
    }
    if (performance.now() - lookedAt >= LOOK_EVERY_MS) {
      campaign = await readCampaign(pool, recall);
      lookedAt = performance.now();
      // What is due is another notice then.
      if (!isWithdrawn && campaign.outcome === 'withdrawn') break;
    }
  }
  return { done, stopped: stopOf(campaign), newly, ...(await progressOf(pool, input)) };
}

function stopOf({ status, outcome, terminationNotice, paused }: Campaign): WaveProgress['stopped'] {
  if (outcome === 'withdrawn' || terminationNotice) return null;
  if (status === 'completed' || status === 'closed') return 'over';
  return paused ? 'paused' : null;
}

/** Sends claimed notices together, and writes down what became of them. What wasn't taken by anybody is given back. */
async function sendChunk(
  pool: Pool,
  means: Means,
  input: Input,
  campaign: Campaign,
  texts: Texts,
  chunk: readonly Claimed[],
  pulse: Pulse,
): Promise<readonly Told[]> {
  const keeping = setInterval(() => keep(pool, chunk, pulse), KEEP_EVERY_MS);
  try {
    const outcomes = await Promise.allSettled(
      chunk.map(async (claimed) =>
        toldOf(claimed, await deliver(means, input, campaign, texts, claimed), input.now, campaign),
      ),
    );
    const told = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    if (told.length > 0) await recordTold(pool, input, input.now, told);
    const fault = outcomes.find((outcome) => outcome.status === 'rejected');
    if (fault === undefined) return told;
    await giveBack(
      pool,
      chunk.filter((_, index) => outcomes[index]?.status === 'rejected'),
    );
    throw fault.reason;
  } finally {
    clearInterval(keeping);
  }
}

/** Letters may take their time at a slow server: meanwhile the attempt lives, and what it has claimed stays its own. */
function keep(pool: Pool, chunk: readonly Claimed[], { beat }: Pulse): void {
  try {
    beat();
  } catch {
    // It ends after this chunk.
  }
  keepClaims(pool, chunk).catch(() => undefined);
}

/** What a consignee waits for after a notice left, or didn't. */
function toldOf(
  { consignee, was, notice, scopeVersion, round, number, attempts, firstSentAt }: Claimed,
  outcome: Awaited<ReturnType<typeof deliver>>,
  now: Instant,
  { schedules, hazardClass }: Campaign,
): Told {
  const named = { consignee, notice, scopeVersion, round, number, state: outcome.state };
  const nothing = { dueKind: null, dueNumber: null, nextDue: null } as const;
  // That it is over changes nothing of who answered, and whom we never reached.
  const isLast = notice === 'terminated';
  if (outcome.state === 'bounced' || (outcome.state === 'failed' && attempts >= ATTEMPTS)) {
    return { ...named, code: outcome.code, becomes: isLast ? was : 'undeliverable', ...nothing };
  }
  if (outcome.state === 'failed') {
    const becomes = isLast ? was : firstSentAt === null ? 'planned' : 'notified';
    return {
      ...named,
      code: outcome.code,
      becomes,
      dueKind: notice,
      dueNumber: number,
      nextDue: after(now, AGAIN_AFTER),
    };
  }
  const next = nextNotice(
    scheduleFor(schedules, hazardClass),
    { kind: notice, number },
    firstSentAt?.toISOString() ?? now,
  );
  if (next === null) {
    const becomes = notice === 'withdrawn' ? 'withdrawn' : 'silent';
    return { ...named, code: null, becomes: isLast ? was : becomes, ...nothing };
  }
  return { ...named, code: null, becomes: 'notified', dueKind: next.kind, dueNumber: next.number, nextDue: next.at };
}
