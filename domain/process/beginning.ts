import type { Recorded } from './kind.ts';

/** How a kind of process changes by what happened, where one event begins it and comes but once. */
type Beginning<State, Opened extends State, Event extends { readonly type: string }, First extends Event['type']> = {
  readonly first: First;
  /** The same state where the process has begun; else null. */
  readonly opened: (state: State) => Opened | null;
  readonly open: (recorded: Recorded<Extract<Event, { type: First }>>) => Opened;
  readonly next: (state: Opened, recorded: Recorded<Exclude<Event, { type: First }>>) => Opened;
};

/**
 * Makes the `evolve` (the state after one more event, the only way in which a state changes) and the `fold` (all that happened
 * into the state) of a kind of process.
 */
export function evolving<
  State,
  Opened extends State,
  Event extends { readonly type: string },
  First extends Event['type'],
>({ first, opened, open, next }: Beginning<State, Opened, Event, First>) {
  const isFirst = (recorded: Recorded<Event>): recorded is Recorded<Extract<Event, { type: First }>> =>
    recorded.event.type === first;
  const isLater = (recorded: Recorded<Event>): recorded is Recorded<Exclude<Event, { type: First }>> =>
    recorded.event.type !== first;
  function evolve(state: State, recorded: Recorded<Event>): State {
    const now = opened(state);
    if (isFirst(recorded)) return now ?? open(recorded);
    if (now === null) throw new Error(`the journal begins with ${recorded.event.type} instead of ${first}`);
    return isLater(recorded) ? next(now, recorded) : now;
  }
  return {
    evolve,
    fold: (state: State, recorded: readonly Recorded<Event>[]): State => recorded.reduce(evolve, state),
  };
}
