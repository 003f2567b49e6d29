import type { SearchAttributePair } from '@temporalio/common';
import type { AppendInput, AppendResult, StaleNews } from '../../activities/journal/port.ts';
import type { Deadline, Decider, Kind } from '../../domain/process/kind.ts';
import type { Changing, Halt } from './attributes.ts';

/** What the shell must know of a kind of process: its decider, and how its effects are carried out. */
export type Process<K extends Kind> = Decider<K> & {
  readonly hasEnded: (state: K['state']) => boolean;
  /** The commands that the shell makes itself. */
  readonly commands: {
    readonly deadline: (deadline: Deadline) => K['command'];
    readonly outcome: (effect: K['effect'], outcome: K['outcome']) => K['command'];
    readonly stale: (news: StaleNews) => K['command'];
    /** A cancellation asked for in Temporal is a wish like any other. */
    readonly cancel: () => K['command'];
  };
  readonly messageTypes: readonly K['command']['type'][];
  readonly append: (input: AppendInput<K>) => Promise<AppendResult<K>>;
  /** What the one quick attempt at an effect came to; null where it takes longer, or where nobody knows. */
  readonly actQuickly: (state: K['opened'], effect: K['effect']) => Promise<K['outcome'] | null>;
  /** Carries out an effect that the quick attempt didn't do, and says what came of it; never fails. */
  readonly actPatiently: (state: K['opened'], effect: K['effect']) => Promise<K['outcome']>;
  /** Why nobody can be told the first decision where there is none. */
  readonly unknown: K['refusal'];
  readonly told: (id: string, state: K['state'], version: number, events: readonly string[]) => K['told'];
  readonly story: (state: K['state'], version: number, halted: Halt | null) => string;
  readonly changing: (state: K['state'], halted: Halt | null) => Changing;
  /** Search attributes that never change; a reopened process sets its own. */
  readonly lasting: (state: K['opened']) => readonly SearchAttributePair[];
};
