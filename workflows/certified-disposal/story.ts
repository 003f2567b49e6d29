import { type Opened, witnessesMissing } from '../../domain/certified-disposal/state.ts';
import { itemList } from '../execution/story.ts';
import { code, type Shown } from '../process/story.ts';

/** What is of its own in the story of a certified disposal. Codes and ids only. */
export function story(state: Opened, version: number): Shown {
  const { handover, certificate } = state;
  const missing = witnessesMissing(state);
  const is = [
    `**${state.number}** · ${state.disposition}: goods of ${code(state.facility)} to ${code(state.organisation)}`,
    `Is **${state.status}**, journal version ${version}` +
      `${handover === null ? '' : `; handed over with ${code(handover.document)}`}` +
      `${handover?.weightGrams == null ? '' : `, ${handover.weightGrams} g`}` +
      `${certificate === null ? '' : `; certificate ${code(certificate.certificate)}`}.`,
    missing.length === 0 ? '' : `Needs to be seen by: ${missing.join(', ')}.`,
  ];
  return { is, lists: [itemList(state.items)] };
}
