import type { Instant } from '../time/duration.ts';
import type { Decision, Envelope, Recorded } from './kind.ts';

/** By what a process goes on without anybody asking. */
export type Rules<State, Opened, Event> = {
  readonly fold: (state: State, recorded: readonly Recorded<Event>[]) => State;
  /** The same state while anything may follow from it; null before the process begins, and where nothing does once it is closed. */
  readonly underWay: (state: State) => Opened | null;
  /** Asked in turn: the first that finds something to do does it, and all are asked again. */
  readonly rules: readonly ((state: Opened, at: Instant) => readonly Event[])[];
};

/** What a command came to, and where it left the process. */
export type Step<State, Event> = { readonly events: readonly Event[]; readonly state: State };

/** Takes up what a command says itself, then all that follows from it by the rules, until nothing more does. */
export function untilAtRest<State, Opened, Event>(
  { fold, underWay, rules }: Rules<State, Opened, Event>,
  state: State,
  direct: readonly Event[],
  { at, by }: Pick<Envelope<unknown>, 'at' | 'by'>,
): Step<State, Event> {
  const record = (event: Event): Recorded<Event> => ({ at, by, event });
  const events: Event[] = [...direct];
  let current = fold(state, direct.map(record));
  for (;;) {
    const more = followsFrom(rules, underWay(current), at);
    if (more.length === 0) return { events, state: current };
    events.push(...more);
    current = fold(current, more.map(record));
  }
}

/** The next thing that the rules make of a state; empty once it is at rest. */
function followsFrom<Opened, Event>(
  rules: Rules<unknown, Opened, Event>['rules'],
  state: Opened | null,
  at: Instant,
): readonly Event[] {
  if (state === null) return [];
  for (const rule of rules) {
    const events = rule(state, at);
    if (events.length > 0) return events;
  }
  return [];
}

/**
 * Makes a `decide`: first what a command says itself, then all that follows from it by the rules, until nothing more does.
 * Pure and total, as its parts are.
 */
export const deciding =
  <State, Opened, Command, Event, Refusal>(
    rules: Rules<State, Opened, Event>,
    itself: (state: State, envelope: Envelope<Command>) => readonly Event[] | { readonly refusal: Refusal },
  ) =>
  (state: State, envelope: Envelope<Command>): Decision<Event, Refusal> => {
    const direct = itself(state, envelope);
    if ('refusal' in direct) return { type: 'refused', refusal: direct.refusal };
    return { type: 'accepted', events: untilAtRest(rules, state, direct, envelope).events };
  };
