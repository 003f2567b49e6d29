import { condition } from '@temporalio/workflow';

/**
 * Goes on from a local activity only after everything that its workflow task brought has been taken in. A task that waits
 * for one is given again before it times out, with what has come since: live that comes first and the result later, on a
 * replay both come at once, and whatever the loop does next (a timer, an upsert, an activity) must be the same.
 */
export function withItsTask<T>(work: Promise<T>): Promise<T> {
  const ended: (() => T)[] = [];
  work.then(
    (value) => ended.push(() => value),
    (error: unknown) =>
      ended.push(() => {
        throw error;
      }),
  );
  // Each promise costs a stack (docs/performance.md), and this is on the way of every local activity: no async function.
  return condition(() => ended.length > 0).then(() => take(ended));
}

function take<T>([end]: readonly (() => T)[]): T {
  if (end === undefined) throw new Error('a condition let through what it waits for');
  return end();
}
