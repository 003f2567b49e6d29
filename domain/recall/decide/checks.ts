import { leastShareOfB, mostShareOfB, shareOf } from '../checks.ts';
import type { RecallCommand } from '../commands.ts';
import type { RecallEvent } from '../events.ts';
import { type Refused, refuse } from '../refusals.ts';
import type { Opened } from '../state.ts';
import { notUnderWay } from './course.ts';

type Answer = readonly RecallEvent[] | Refused;

/** Another level, from now on: what it asks for more is drawn, and what it doesn't ask for any more is withdrawn. */
export function setEffectiveness(
  state: Opened,
  { effectiveness, checkShare }: Extract<RecallCommand, { type: 'set_effectiveness' }>,
): Answer {
  if (state.status !== 'drafted') {
    const barred = notUnderWay(state);
    if (barred !== null) return barred;
  }
  if (effectiveness === 'B' ? !isShare(checkShare) : checkShare !== null) {
    return refuse('check_share_out_of_range', 'checkShare');
  }
  const { strategy } = state;
  if (effectiveness === strategy.effectiveness && checkShare === (strategy.checkShare ?? null)) {
    return refuse('effectiveness_unchanged', 'effectiveness', { effectiveness });
  }
  const isDrawn = state.draws.due > 0 || state.status === 'notified';
  return [{ type: 'effectiveness_set', effectiveness, checkShare }, ...(isDrawn ? [nextDraw(state)] : [])];
}

const isShare = (share: number | null): boolean =>
  share !== null && Number.isInteger(share) && share >= leastShareOfB && share <= mostShareOfB;

/**
 * A coordinator wants checks before all notices have left, or of consignees who have come since. A draw that is under way may not see
 * who comes meanwhile, so another follows it; one that is still to begin sees all of them.
 */
export function drawChecks(state: Opened): Answer {
  const barred = notUnderWay(state);
  if (barred !== null) return barred;
  if (!canDraw(state)) return refuse('nobody_to_check');
  return state.draws.due > state.draws.made + 1 ? [] : [nextDraw(state)];
}

/** Once every consignee was told, those who are to be asked are known. */
export const drawWhenNotified = (state: Opened): readonly RecallEvent[] => (canDraw(state) ? [nextDraw(state)] : []);

const canDraw = ({ consignees, strategy }: Opened): boolean => consignees > 0 && shareOf(strategy) > 0;

const nextDraw = ({ draws }: Opened): RecallEvent => ({ type: 'checks_due', draw: draws.due + 1 });
