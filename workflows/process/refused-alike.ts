import type { AppendResult } from '../../activities/journal/port.ts';
import type { Kind } from '../../domain/process/kind.ts';

/** Each time the world has another chance: what barred the first may have been in the middle of something. */
const mostAlike = 5;

/**
 * Tells a run that asks in vain from one that is overtaken. An append that wrote nothing and answers what the one before it
 * had answered leads to the same decision, which is refused again: without a bound a run would ask for ever. Where the
 * answer is another one each time, the others move on, and the run's turn will come.
 *
 * @returns whether too many answers in a row were the same; then it counts anew
 */
export function countAlike<K extends Kind>(): (result: AppendResult<K>) => boolean {
  let alike = 0;
  let before: string | null = null;
  return ({ rows, conflict, stale }) => {
    const answer = conflict && rows.length === 0 ? JSON.stringify(stale) : null;
    alike = answer !== null && answer === before ? alike + 1 : 0;
    before = answer;
    if (alike < mostAlike) return false;
    alike = 0;
    before = null;
    return true;
  };
}
