import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import type { Deadline } from '../../domain/process/kind.ts';

/**
 * Keeps one timer for the earliest deadline; to be armed whenever that may have changed. One that fires too early (its
 * deadline moved back) is left to fire: it finds nothing due, which costs less than cancelling and starting one with
 * every message.
 *
 * @param deadlines what is waited for now, the earliest first
 * @param reached told of each deadline that has come
 * @returns arms the timer
 */
export function keepTimer(deadlines: () => readonly Deadline[], reached: (deadline: Deadline) => void): () => void {
  let timer: { at: string; scope: CancellationScope } | null = null;
  return arm;

  function arm(): void {
    const [next] = deadlines();
    if (next === undefined || (timer !== null && timer.at <= next.at)) return;
    timer?.scope.cancel();
    const scope = new CancellationScope();
    const armed = { at: next.at, scope };
    timer = armed;
    const wait = Math.max(0, Date.parse(next.at) - Date.now());
    void scope
      .run(async () => {
        await sleep(wait, { summary: next.deadline });
        if (timer === armed) timer = null;
        const now = new Date(Date.now()).toISOString();
        const due = deadlines().filter((deadline) => deadline.at <= now);
        due.forEach(reached);
        if (due.length === 0) arm();
      })
      .catch((error: unknown) => {
        if (!isCancellation(error)) throw error;
      });
  }
}
