import type { ItemEvent } from '../../domain/execution/item.ts';
import { unreachable } from '../../domain/unreachable.ts';

const words = (code: string): string => code.replaceAll('_', ' ');

/** What happened between an execution and the return of an item, as a person reads it. */
export function itemSentence(event: ItemEvent): string {
  const { rma, item } = event;
  switch (event.type) {
    case 'item_held':
      return `Item ${item} of ${rma} goes along.`;
    case 'item_declined':
      return `Item ${item} of ${rma} does not go along (${words(event.code)}).`;
    case 'item_let_go':
      return `Item ${item} of ${rma} is let go.`;
    case 'item_released':
      return `Item ${item} of ${rma} is free again.`;
    case 'item_ending':
      return `Item ${item} of ${rma} is done; its return is told.`;
    case 'recovery_told':
      return `${rma} knows what came back for item ${item}.`;
    case 'item_confirmed':
      return `${rma} knows that item ${item} went its way.`;
    case 'item_reporting':
      return `Item ${item} of ${rma} is done: ${event.results.map(({ quantity, outcome }) => `${quantity} ${words(outcome)}`).join(', ')}.`;
    case 'item_handed_back':
      return `${rma} has item ${item} again.`;
    case 'item_stranded':
      return `${rma} did not take what it was told of item ${item} (${words(event.code)}).`;
    case 'item_retried':
      return `${rma} is told again of item ${item}.`;
    default:
      return unreachable(event);
  }
}
