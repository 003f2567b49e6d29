import { expectedOf, type Opened, receivedOf } from '../../domain/vendor-return/state.ts';
import { itemList } from '../execution/story.ts';
import { code, type Shown } from '../process/story.ts';

/** What is of its own in the story of a vendor return. Codes and ids only. */
export function story(state: Opened, version: number): Shown {
  const is = [
    `**${state.number}** · goods of ${code(state.facility)} back to ${code(state.vendor)}`,
    `Is **${state.status}**, journal version ${version}` +
      `${state.vendorRma === null ? '' : `; the vendor's number is ${code(state.vendorRma)}`}` +
      `${state.tracking === null ? '' : `, tracking ${code(state.tracking)}`}.`,
    `Credit of ${expectedOf(state)} ${state.currency} (minor units) expected, ${receivedOf(state)} received, ` +
      `${state.writtenOff} written off.`,
  ];
  return { is, lists: [itemList(state.items)] };
}
