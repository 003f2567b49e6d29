import { agreed, balance, held } from '../../domain/liquidation/figures.ts';
import type { Opened } from '../../domain/liquidation/state.ts';
import { itemList } from '../execution/story.ts';
import { code, list, type Shown } from '../process/story.ts';

/** What is of its own in the story of a liquidation. Codes and ids only. */
export function story(state: Opened, version: number): Shown {
  const { sale, currency } = state;
  const is = [
    `**${state.number}** · goods of ${code(state.facility)} for sale, reserve ${state.reserve} ${currency} (minor units)`,
    `Is **${state.status}** in round ${state.round}, journal version ${version}` +
      `${state.tracking === null ? '' : `; left with ${code(state.carrier ?? 'the liquidator')}, ${code(state.tracking)}`}.`,
    sale === null
      ? ''
      : `Sold to ${code(sale.liquidator)} by ${code(sale.invoice)} for ${sale.price}; ${agreed(state)} agreed, ` +
        `${held(state)} paid, ${sale.writtenOff} written off, ${balance(state)} open.`,
  ];
  const lists = [
    list(
      'Bids',
      Object.values(state.bids).map(
        (bid) => `${bid.bid} ${code(bid.liquidator)} ${bid.amount} until ${bid.validUntil}: ${bid.state}`,
      ),
    ),
    itemList(state.items),
  ];
  return { is, lists };
}
