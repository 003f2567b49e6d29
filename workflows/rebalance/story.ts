import type { Opened } from '../../domain/rebalance/state.ts';
import type { Shown } from '../process/story.ts';

/** What is of its own in the story of a rebalancing. Codes and ids only. */
export function story(state: Opened, version: number): Shown {
  const { number, status, plan, figures, currency, edits, started, seen } = state;
  const is = [
    `**${number}** · stock of all facilities for ${state.terms.horizonDays} days`,
    `Is **${status}**, journal version ${version}; plan ${plan}, with ${edits.length} way(s) that people have fixed.`,
    figures === null
      ? ''
      : `The plan moves ${figures.units} unit(s) in ${figures.transfers} transfer(s), costs ${figures.cost} and saves ` +
        `${figures.saving} of at most ${figures.mostSaving} ${currency} (minor units).`,
    status === 'executing'
      ? `${started} transfer(s) were started; ${seen.ended} have ended, ${seen.late} are late.`
      : '',
  ];
  return { is, lists: [] };
}
