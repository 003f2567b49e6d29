import { setTimeout as sleep } from 'node:timers/promises';

/** How those who are to be told are told. */
export type Telling<T> = {
  /** @throws where one can't be told now */
  readonly tell: (one: T) => Promise<unknown>;
  /** So many at once. */
  readonly atOnce: number;
  /** How long to wait before those who couldn't be told are tried again, and so often. */
  readonly pausesMs: readonly number[];
  /** After each that was tried, and while it waits. */
  readonly beat: () => void;
};

/** A pause is no longer than this without a beat. */
const BEAT_MS = 5_000;

/** Who could not be told, and what came of the last attempt. */
export type Untold<T> = { readonly one: T; readonly error: unknown };

/**
 * Tells each by itself, so that one who can't be told holds up nobody else; group after group, each of which is asked for once all
 * before it were tried.
 *
 * @returns how many each group had, and those who could not be told
 */
export async function tellEach<T>(
  groups: readonly (() => Promise<readonly T[]>)[],
  telling: Telling<T>,
): Promise<{ readonly told: readonly number[]; readonly untold: readonly Untold<T>[] }> {
  const told: number[] = [];
  let left: readonly Untold<T>[] = [];
  for (const group of groups) {
    const its = await group();
    told.push(its.length);
    left = [...left, ...(await round(its, telling))];
  }
  for (const pause of telling.pausesMs) {
    if (left.length === 0) break;
    for (let waited = 0; waited < pause; waited += BEAT_MS) {
      await sleep(Math.min(BEAT_MS, pause - waited));
      telling.beat();
    }
    left = await round(
      left.map(({ one }) => one),
      telling,
    );
  }
  return { told, untold: left };
}

async function round<T>(all: readonly T[], { tell, atOnce, beat }: Telling<T>): Promise<readonly Untold<T>[]> {
  const failed: Untold<T>[] = [];
  const waiting = all.values();
  const tellInTurn = async () => {
    for (const one of waiting) {
      await tell(one).catch((error: unknown) => failed.push({ one, error }));
      beat();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, tellInTurn));
  return failed;
}
