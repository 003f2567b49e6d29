import { ServiceError } from '@temporalio/client';
import { expect, test } from 'vitest';
import { type OpenReturn, returnOf } from './returns.ts';
import { realTime } from './servers.ts';
import { confirm, hasEnded, hasLabel, inspect, oneRefund, receive, refundSucceeds } from './steps.ts';
import { aWorld } from './world.ts';

const world = aWorld({ server: realTime });
/** 50.00 less 4.95 for the way back. */
const paid = 4505;

/** Asks all the time, as an engineer's open page does, for as long as `work` takes; how often it was answered. */
async function whileAsked(its: OpenReturn, work: () => Promise<void>): Promise<number> {
  let asking = true;
  let answers = 0;
  const ask = async () => {
    while (asking) {
      try {
        await its.state();
        answers += 1;
      } catch (error) {
        // A busy machine may not come to a query in its time; a run that is stuck fails it in another way.
        if (!(error instanceof ServiceError)) throw error;
      }
    }
  };
  const askers = [ask(), ask(), ask()];
  try {
    await work();
  } finally {
    asking = false;
  }
  await Promise.all(askers);
  return answers;
}

/** A message right after another: it comes while the first one is still worked on. */
async function goodsComeBack(its: OpenReturn): Promise<void> {
  await hasLabel(its);
  await its.signal({ type: 'track', parcel: 'P1', status: 'in_transit', at: await its.now() });
  await receive(its);
  await inspect(its);
  await confirm(its, 'P1-1');
  await refundSucceeds(its);
}

// Some versions of the SDK answer a query in the midst of a local activity, and what they write then can't be replayed
// (docs/decisions/0010). The world replays every run in the end.
test('a return that is looked at without a pause runs to its end, and its history replays', async () => {
  for (let each = 0; each < 4; each += 1) {
    const its = await returnOf(world(), await world().anOrder());
    const answers = await whileAsked(its, () => goodsComeBack(its));
    expect(answers).toBeGreaterThan(0);
    await hasEnded(its, 'closed', { refunds: oneRefund(paid) });
  }
}, 120_000);
