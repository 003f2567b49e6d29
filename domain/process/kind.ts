import type { MoneyPosting, StockPosting } from '../money/ledger.ts';
import type { Instant } from '../time/duration.ts';

/**
 * The types of one kind of process: what it is told, what happens to it, what it asks of the world. A kind is a type
 * alone; its decider (decide, evolve, effects, deadlines, project, postings) lives in a folder of its own.
 */
export type Kind = {
  readonly state: object;
  /** The states after its first event. */
  readonly opened: object;
  readonly command: { readonly type: string };
  readonly event: { readonly type: string };
  readonly refusal: { readonly code: string };
  readonly effect: Effect;
  /** What came of an effect. */
  readonly outcome: object;
  /** The rows of the read model that a step changed. */
  readonly projection: object;
  /** What the sender of a command is told. */
  readonly told: object;
};

/** Something due in the outside world. `id` is new each time it is sent back to work; `key` stays. */
export type Effect = { readonly id: string; readonly key: string };

/** A command with what makes it unique in its process, when it was taken up, and who sent it (a key's id, never a name). */
export type Envelope<Command> = {
  readonly commandId: string;
  readonly at: Instant;
  readonly by: string;
  readonly command: Command;
};

/** An event as it lies in the journal: when its command was taken up, and by whom it was sent. */
export type Recorded<Event> = { readonly at: Instant; readonly by: string; readonly event: Event };

/** What a command leads to: events, none where nothing changes, or a refusal. */
export type Decision<Event, Refusal> =
  | { readonly type: 'accepted'; readonly events: readonly Event[] }
  | { readonly type: 'refused'; readonly refusal: Refusal };

/** An instant at which something must be looked at again, with its name in the process: `expiry`, `lost:P1`. */
export type Deadline = { readonly deadline: string; readonly at: Instant };

/** To sort by when something is due; what is due at the same instant stays in its order. */
export const earliestFirst = (one: Deadline, other: Deadline): number =>
  one.at < other.at ? -1 : one.at > other.at ? 1 : 0;

/** What a step writes into both ledgers. */
export type Postings = { readonly stock: readonly StockPosting[]; readonly money: readonly MoneyPosting[] };

/** The rules of one kind of process: pure and total, they know neither the shell nor the world. */
export type Decider<K extends Kind> = {
  readonly initial: K['state'];
  /** The same state where the process has begun; else null. */
  readonly opened: (state: K['state']) => K['opened'] | null;
  readonly decide: (state: K['state'], envelope: Envelope<K['command']>) => Decision<K['event'], K['refusal']>;
  readonly fold: (state: K['state'], recorded: readonly Recorded<K['event']>[]) => K['state'];
  /** What is due now. The same state wants the same effects, so that a crash starts them again under the same ids. */
  readonly effects: (state: K['state']) => readonly K['effect'][];
  /** All that it waits for by the clock, the earliest first. */
  readonly deadlines: (state: K['state']) => readonly Deadline[];
  /** The rows of the read model that changed. */
  readonly project: (
    before: K['state'],
    after: K['opened'],
    recorded: readonly Recorded<K['event']>[],
  ) => K['projection'];
  /** What the events of one command write into both ledgers; `prefix` makes the entries' ids. */
  readonly postings: (before: K['state'], recorded: readonly Recorded<K['event']>[], prefix: string) => Postings;
};
