import type { CommonEvent } from '../../domain/execution/events.ts';
import type { ItemEvent } from '../../domain/execution/item.ts';
import { unreachable } from '../../domain/unreachable.ts';
import { attentionSentence } from '../attention/sentence.ts';
import { words } from '../plain-words.ts';

/** What can happen to every kind of execution, and reads the same. */
type Shared<Reason> =
  | CommonEvent<Reason, string>
  | { readonly type: 'overdue'; readonly what: string }
  | { readonly type: 'closed'; readonly outcome: string };

/**
 * What happened to an execution of any kind, as a person reads it.
 * @param sentences why something waits for a person, by its reason
 */
export function sharedSentence<Reason extends string>(
  event: Shared<Reason>,
  sentences: Readonly<Record<Reason, string>>,
): string {
  switch (event.type) {
    case 'overdue':
      return `Late: ${event.what}.`;
    case 'reconciliation_required':
      return `Does not add up: ${event.disagreements.join('; ')}.`;
    case 'reconciliation_retried':
      return 'Checked again whether the books add up.';
    case 'goods_stopped':
      return `Recall ${event.recall} has stopped ${event.items.map(({ rma, item }) => `item ${item} of ${rma}`).join(', ')}.`;
    case 'goods_released':
      return `Recall ${event.recall} no longer stops goods of it.`;
    case 'closed':
      return `Closed: ${event.outcome}.`;
    case 'attention_raised':
    case 'attention_resolved':
      return attentionSentence(event, sentences);
    default:
      return itemSentence(event);
  }
}

/** What happened between an execution and the return of an item, as a person reads it. */
function itemSentence(event: ItemEvent): string {
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
    case 'recovery_kept':
      return `What came back for item ${item} is more than ${rma} takes, and stays a gain.`;
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
