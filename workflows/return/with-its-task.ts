import { condition } from '@temporalio/workflow';

/**
 * Goes on from a local activity only after everything that its workflow task brought has been taken in. A task that waits
 * for one is given again before it times out, with what has come since: live that comes first and the result later, on a
 * replay both come at once, and whatever the loop does next (a timer, an upsert, an activity) must be the same.
 */
export async function withItsTask<T>(work: Promise<T>): Promise<T> {
  let ended = false;
  const end = () => {
    ended = true;
  };
  work.then(end, end);
  await condition(() => ended);
  return await work;
}
