import type { Opened } from '../../domain/recall/state.ts';
import type { Shown } from '../process/story.ts';

/** What is of its own in the story of a recall: counts, codes and ids only. */
export function story(state: Opened, version: number): Shown {
  const { number, kind, hazardClass, mock, status, paused, scopeVersion, strategy, stopped, waves, consignees } = state;
  const is = [
    `**${number}** · ${kind.replaceAll('_', ' ')}${mock ? ' (a drill)' : ''}, class ${hazardClass ?? 'not assigned yet'}`,
    `Is **${status}**${paused ? ', paused' : ''}, journal version ${version}; scope ${scopeVersion}.`,
    stopped === null
      ? ''
      : `${stopped.lots} lot(s) stopped; ${stopped.shippedUnits} unit(s) with consignees, ${stopped.heldUnits} in ${stopped.facilities} facilities; traced in ${stopped.milliseconds} ms.`,
    waves.planned === 0
      ? ''
      : `${consignees} consignee(s) in ${waves.planned} wave(s): ${waves.started} started, ${waves.sending.length} sending, ${waves.ended} ended; at most ${strategy.perMinute} notices a minute.`,
  ];
  return { is, lists: [] };
}
