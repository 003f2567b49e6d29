import { awaitsSecond } from '../agreement.ts';
import type { ReturnEvent } from '../events.ts';
import { isPartOf } from '../item-id.ts';
import { isAskedAbout, raise } from '../raise.ts';
import type { Opened } from '../state.ts';

/** Asks for a second person where a grade waits for one. */
export function askForSecond(state: Opened): readonly ReturnEvent[] {
  return Object.values(state.items)
    .filter((item) => awaitsSecond(state, item) && !isAskedAbout(state, 'second_inspection', item.item))
    .flatMap((item, index) => raise(state, 'second_inspection', item.item, item.grade, index));
}

/**
 * A person agrees with the grades without writing an inspection of their own; with those of others, as nobody agrees with
 * themselves. None where all were graded by that person.
 */
export const confirmGrades = (state: Opened, subject: string, by: string): ReturnEvent[] =>
  Object.values(state.items)
    .filter((item) => isPartOf(item.item, subject) && awaitsSecond(state, item) && !item.gradedBy.includes(by))
    .map(({ item }) => ({ type: 'inspection_confirmed', item }));
