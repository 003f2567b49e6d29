import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';

export type Loop = { stop(): Promise<void> };

/**
 * Does some work again and again until stopped: at once while there was something to do, else after a pause, and after a
 * longer one while it fails. Stopping waits for the round that runs.
 */
export function startLoop(
  name: string,
  log: Logger,
  pauseMs: number,
  work: (signal: AbortSignal) => Promise<'more' | 'idle'>,
): Loop {
  const stopping = new AbortController();
  const pause = (ms: number) => sleep(ms, undefined, { signal: stopping.signal }).catch(() => undefined);
  const run = async () => {
    let failures = 0;
    while (!stopping.signal.aborted) {
      try {
        const result = await work(stopping.signal);
        failures = 0;
        if (result === 'idle') await pause(pauseMs);
      } catch (error) {
        failures += 1;
        log.warn(
          { loop: name, failures, error: error instanceof Error ? error.message : String(error) },
          'loop failed',
        );
        await pause(Math.min(15_000, pauseMs * 2 ** Math.min(failures, 6)));
      }
    }
  };
  const running = run();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}
