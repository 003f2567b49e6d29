import type { AttentionEvent } from '../../domain/process/attention-rows.ts';
import { words } from '../plain-words.ts';

/**
 * What entered or left the people's queue, as a line of a timeline.
 * @param sentences why something waits, by its reason
 */
export function attentionSentence<Reason extends string>(
  event: AttentionEvent<Reason, string>,
  sentences: Readonly<Record<Reason, string>>,
): string {
  if (event.type === 'attention_raised') return `Needs a person (${event.subject}): ${sentences[event.reason]}`;
  return event.note === null
    ? `${event.attention} no longer needs a person.`
    : `A person resolved ${event.attention}: ${words(event.resolution)}.`;
}
