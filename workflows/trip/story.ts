import { visits } from '../../domain/trip/plan.ts';
import { type Opened, planOf, route } from '../../domain/trip/state.ts';
import { code, list, type Shown } from '../process/story.ts';

/** What is of its own in the story of a trip. Codes and ids only. */
export function story(state: Opened, version: number): Shown {
  const times = visits(planOf(state));
  const is = [
    `**${state.number}** · a run from ${code(state.depot)}${state.vehicle === null ? '' : ` with ${code(state.vehicle)}`}`,
    `Is **${state.status}**, journal version ${version}.`,
  ];
  const stops = route(state).map(({ stop, facility, state: at, arrivedAt }, index) => {
    const when = arrivedAt ?? times[index]?.begins ?? '';
    return `${code(stop)} ${facility === null ? '' : `${code(facility)} `}${at}, ${when}`;
  });
  const loads = state.loads.map(
    ({ load, kind, reference, on, off, state: how, collected, units }) =>
      `${code(load)} ${kind} ${code(reference)} from ${on} to ${off}: ${how}, ${collected ?? 0} of ${units}`,
  );
  return { is, lists: [list('Stops', stops), list('Loads', loads)] };
}
