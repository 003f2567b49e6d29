import type { ExecutionItem, Items } from '../../domain/execution/item.ts';
import { code, list } from '../process/story.ts';

/** The items of an execution in its story: what they are, and how far each is. */
export const itemList = (items: Items, stateOf: (item: ExecutionItem) => string = plainly): string =>
  list(
    'Items',
    Object.values(items).map(
      (item) => `${item.rma} ${item.item} ${item.quantity} × ${code(item.sku)}: ${stateOf(item)}`,
    ),
  );

const plainly = ({ state, code: why }: ExecutionItem): string => `${state}${why === null ? '' : ` (${why})`}`;
