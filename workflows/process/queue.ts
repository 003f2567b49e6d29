import type { Envelope, Kind } from '../../domain/process/kind.ts';

/** What the sender of a command is told once it was appended. */
export type Answer<K extends Kind> =
  | { readonly type: 'accepted'; readonly outcome: K['told'] }
  | { readonly type: 'refused'; readonly refusal: K['refusal'] };

type Tell<K extends Kind> = (answer: Answer<K>) => void;

/** A command in the queue, with those who wait for its answer. */
export type Waiting<K extends Kind> = { readonly envelope: Envelope<K['command']>; readonly tell: Tell<K>[] };

/** The one way into the process: messages, timers and outcomes wait here in the order in which they came. */
export type Queue<K extends Kind> = {
  readonly waiting: () => readonly Waiting<K>[];
  /** A commandId that waits already isn't queued twice; who sent it again is told with the first. */
  readonly put: (commandId: string, by: string, command: K['command'], tell?: Tell<K>) => void;
  readonly putFirst: (commandId: string, by: string, command: K['command'], tell?: Tell<K>) => void;
  readonly remove: (commandId: string) => Waiting<K> | undefined;
  /** Has whoever waits for the next command look around without one. */
  readonly wake: () => void;
  /**
   * Settles when the next command is put. A plain promise, as the SDK's `condition` makes several and has the sandbox
   * entered once more to look at them: every promise and every entry is a part of what a return costs.
   */
  readonly next: () => Promise<void>;
};

/** `now` is the workflow's own clock. */
export function createQueue<K extends Kind>(now: () => number): Queue<K> {
  const waiting: Waiting<K>[] = [];
  let arrived: () => void = () => undefined;
  const envelope = (commandId: string, by: string, command: K['command']): Envelope<K['command']> => ({
    commandId,
    by,
    command,
    at: new Date(now()).toISOString(),
  });
  return {
    waiting: () => waiting,
    put: (commandId, by, command, tell) => {
      const same = waiting.find((each) => each.envelope.commandId === commandId);
      if (same === undefined) {
        waiting.push({ envelope: envelope(commandId, by, command), tell: tell === undefined ? [] : [tell] });
      } else if (tell !== undefined) same.tell.push(tell);
      arrived();
    },
    putFirst: (commandId, by, command, tell) => {
      waiting.unshift({ envelope: envelope(commandId, by, command), tell: tell === undefined ? [] : [tell] });
      arrived();
    },
    remove: (commandId) => {
      const at = waiting.findIndex((each) => each.envelope.commandId === commandId);
      return at < 0 ? undefined : waiting.splice(at, 1)[0];
    },
    wake: () => arrived(),
    next: () =>
      new Promise((resolve) => {
        arrived = resolve;
      }),
  };
}
