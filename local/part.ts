import type { OwnedProcess } from './owned-process.ts';

/** A part of the stack: a program that can be stopped, killed and started again where it was, as the faults do. */
export type Part = {
  readonly name: string;
  /** Of the program as it runs now; another after each start. */
  readonly pid: () => number;
  /** Settles when the program that runs now has ended, for whatever reason. */
  readonly ended: () => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly kill: () => Promise<void>;
  /** Starts it again with the same data and addresses; nothing happens while it runs. */
  readonly start: () => Promise<void>;
};

/** Starts a part; `begin` must lead to the same data and addresses each time. */
export async function startPart(begin: () => Promise<OwnedProcess>): Promise<Part> {
  let current = await begin();
  return {
    name: current.name,
    pid: () => current.pid,
    ended: () => current.ended,
    stop: () => current.stop(),
    kill: () => current.kill(),
    start: async () => {
      if (current.exited()) current = await begin();
    },
  };
}
