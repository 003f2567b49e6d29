import type { Deadline, Effect } from '../../domain/process/kind.ts';

/** The commands by which the shell tells a process of any kind that a time has come, and what came of an effect. */
export const ownCommands = {
  deadline: ({ deadline, at }: Deadline) => ({ type: 'deadline', deadline, due: at }) as const,
  outcome: <Outcome>({ key }: Effect, outcome: Outcome) => ({ type: 'outcome', effect: key, outcome }) as const,
};
