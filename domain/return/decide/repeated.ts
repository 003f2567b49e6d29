import type { SerialOf } from '../commands.ts';
import type { ReceivedItem } from '../events/items.ts';
import type { ItemState, Opened } from '../state.ts';
import { goesBack } from './dispose.ts';

type Units = Pick<ReceivedItem, 'sku' | 'serials'>;

/**
 * Whether a unit of an item is here already, by its serial: in this return, in what came with it, or in another open one. One of
 * the two was misread, or isn't what it is said to be. What went back to its owner may come again.
 */
export const isRepeated = (
  state: Opened,
  item: Units,
  cameWith: readonly Units[],
  elsewhere: readonly SerialOf[] = [],
): boolean => {
  const { sku, serials } = item;
  if (serials.length === 0) return false;
  const known = [
    ...Object.values(state.items).filter((each) => !hasGoneBack(each)),
    ...cameWith,
    ...elsewhere.map(({ sku, serial }) => ({ sku, serials: [serial] })),
  ];
  return (
    new Set(serials).size < serials.length ||
    known.some((each) => each.sku === sku && each.serials.some((serial) => serials.includes(serial)))
  );
};

const hasGoneBack = ({ stage, choice }: ItemState): boolean => stage === 'disposed' && goesBack(choice?.disposition);
