import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const EVERY_MS = 400;

/** Watches the resident memory of processes, and tells the most that each had since it was last asked, in mebibytes. */
export function watchPeaks(pids: Readonly<Record<string, number>>): {
  readonly taken: () => Readonly<Record<string, number>>;
  readonly stop: () => Promise<void>;
} {
  let peaks: Record<string, number> = {};
  let stopped = false;
  const look = async () => {
    const { stdout } = await run('ps', ['-o', 'pid=,rss=', '-p', Object.values(pids).join(',')]);
    const kib = new Map(
      stdout
        .split('\n')
        .map((line) => line.trim().split(/\s+/).map(Number))
        .map(([pid, rss]) => [pid, rss]),
    );
    for (const [name, pid] of Object.entries(pids)) {
      peaks[name] = Math.max(peaks[name] ?? 0, Math.round((kib.get(pid) ?? 0) / 1024));
    }
  };
  const looking = (async () => {
    while (!stopped) {
      await look().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
  })();
  return {
    taken: () => {
      const most = peaks;
      peaks = {};
      return most;
    },
    stop: async () => {
      stopped = true;
      await looking;
    },
  };
}
