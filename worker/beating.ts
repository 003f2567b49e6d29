import { Context } from '@temporalio/activity';

/** Well below the heartbeat's time-out of those who wait for one long statement. */
const EVERY_MS = 5_000;

/** Says that an activity lives while it waits for the database: where its worker dies, another attempt begins within seconds. */
export async function beating<T>(work: () => Promise<T>): Promise<T> {
  const context = Context.current();
  context.heartbeat();
  const beats = setInterval(() => context.heartbeat(), EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(beats);
  }
}
