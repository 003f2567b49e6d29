import type { ExecutionItem } from '../../domain/execution/item.ts';
import { type Opened, statusOf, workOn, worthOf } from '../../domain/refurbishment/state.ts';
import { itemList } from '../execution/story.ts';
import { code, type Shown } from '../process/story.ts';

/** What is of its own in the story of a refurbishment. Codes and ids only. */
export function story(state: Opened, version: number): Shown {
  const { budget, spent, expected } = worthOf(state);
  const is = [
    `**${state.number}** · ${code(state.disposition)} of ${code(state.sku)} at ${code(state.party)}, ${code(state.facility)}`,
    `Is **${statusOf(state)}**, journal version ${version}` +
      `${state.hold === null ? '' : `; held for ${code(state.hold.code)}`}` +
      `${state.awaiting === null ? '' : `; waits for ${code(state.awaiting.sku)}`}.`,
    `May cost ${budget} ${state.currency} (minor units), has cost ${spent}, is expected to cost ${expected} more.`,
  ];
  const stateOf = (item: ExecutionItem) =>
    [item.state, ...workOn(state, item).done.map(({ quantity, outcome }) => `${quantity} ${outcome}`)].join(', ');
  return { is, lists: [itemList(state.items, stateOf)] };
}
