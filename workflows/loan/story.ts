import { type Opened, statusOf, unitsOf } from '../../domain/loan/state.ts';
import { code, list, type Shown } from '../process/story.ts';

/** What is of its own in the story of a loan. Codes and ids only. */
export function story(state: Opened, version: number): Shown {
  const { number, facility, borrower, currency, until, held, owed } = state;
  const is = [
    `**${number}** · goods of ${code(facility)} on loan to ${code(borrower)}`,
    `Is **${statusOf(state)}**, journal version ${version}; the term ends at ${until}.`,
    `Of the deposit we hold ${held} ${currency} (minor units); the borrower owes ${owed}.`,
  ];
  const units = unitsOf(state).map(({ unit, sku, serial, stage }) => `${unit} ${code(sku)} ${code(serial)}: ${stage}`);
  const returns = Object.values(state.returns).map(
    ({ comingBack, rma, state: now, units: its }) => `${comingBack} ${rma ?? ''} ${its.join(', ')}: ${now}`,
  );
  return { is, lists: [list('Units', units), list('Returns', returns)] };
}
