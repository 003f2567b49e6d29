import type { RecallEvent } from '../events.ts';
import { type Refused, refuse } from '../refusals.ts';
import type { Opened } from '../state.ts';
import type { HazardClass } from '../terms.ts';
import { notUnderWay } from './course.ts';

type Answer = readonly RecallEvent[] | Refused;

/** More than any mail server takes. */
const mostPerMinute = 1_000_000;

export function pause(state: Opened): Answer {
  return notUnderWay(state) ?? (state.paused ? refuse('already_paused') : [{ type: 'paused' }]);
}

export function resume(state: Opened): Answer {
  return notUnderWay(state) ?? (state.paused ? [{ type: 'resumed' }] : refuse('not_paused'));
}

/** Also a draft's: it counts from the launch on. */
export function changeRate(state: Opened, perMinute: number): Answer {
  if (state.status !== 'drafted') {
    const barred = notUnderWay(state);
    if (barred !== null) return barred;
  }
  if (!Number.isInteger(perMinute) || perMinute < 1 || perMinute > mostPerMinute) {
    return refuse('rate_out_of_range', 'perMinute', { most: mostPerMinute });
  }
  return perMinute === state.strategy.perMinute ? [] : [{ type: 'rate_changed', perMinute }];
}

/** The authority's class may come, and change, until the recall is over; reminders follow it from then on. */
export function setClass(state: Opened, hazardClass: HazardClass): Answer {
  if (state.status === 'closed') return refuse('recall_closed');
  if (state.hazardClass === hazardClass) return refuse('class_unchanged', 'hazardClass', { hazardClass });
  return [{ type: 'class_set', hazardClass }];
}
