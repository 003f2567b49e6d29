import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import type { Deadline } from '../../domain/process/kind.ts';

/** The one timer of a process. */
export type Timer = {
  /** To be called whenever the earliest deadline may have changed. */
  readonly arm: () => void;
  readonly hasRung: () => boolean;
  /** The deadlines that have come, where it has rung since this was asked last; it is to be armed again then. */
  readonly heard: () => readonly Deadline[];
};

/**
 * Keeps one timer for the earliest deadline. One that rings too early (its deadline moved back) is left to ring: it finds
 * nothing due, which costs less than cancelling and starting one with every message.
 *
 * Ringing itself looks at nothing: on a replay it comes at a later time than it did, that of the local activity which ended
 * in the same task. The loop asks what has come, where the time is the same (see decisions/0011).
 *
 * @param deadlines what is waited for now, the earliest first
 * @param ring called when it rings
 */
export function keepTimer(deadlines: () => readonly Deadline[], ring: () => void): Timer {
  let timer: { readonly at: string; readonly scope: CancellationScope; hasRung: boolean } | null = null;
  return { arm, hasRung: () => timer?.hasRung === true, heard };

  function arm(): void {
    const [next] = deadlines();
    if (next === undefined || (timer !== null && timer.at <= next.at)) return;
    timer?.scope.cancel();
    const armed = { at: next.at, scope: new CancellationScope(), hasRung: false };
    timer = armed;
    const wait = Math.max(0, Date.parse(next.at) - Date.now());
    void armed.scope
      .run(() => sleep(wait, { summary: next.deadline }))
      .then(() => {
        armed.hasRung = true;
        ring();
      })
      .catch((error: unknown) => {
        if (!isCancellation(error)) throw error;
      });
  }

  function heard(): readonly Deadline[] {
    if (timer?.hasRung !== true) return [];
    timer = null;
    const now = new Date(Date.now()).toISOString();
    return deadlines().filter((deadline) => deadline.at <= now);
  }
}
