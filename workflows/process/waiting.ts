import type { Attended } from '../../domain/process/attention.ts';
import type { Deadline } from '../../domain/process/kind.ts';
import type { Changing, Halt } from './attributes.ts';

/** Why a person is asked now, the first that was raised first; nothing of a process that hasn't begun. */
export const reasonsOf = <Reason>(state: Attended<Reason> | null): Reason[] =>
  state === null ? [] : Object.values(state.attention).map(({ reason }) => reason);

/** What a process waits for, as it is searched by. */
export const waitingFor = (
  state: Attended | null,
  deadlines: readonly Deadline[],
  halted: Halt | null,
): Pick<Changing, 'needsPerson' | 'nextDeadline'> => ({
  needsPerson: halted ?? reasonsOf(state)[0] ?? null,
  nextDeadline: deadlines[0]?.at ?? null,
});
