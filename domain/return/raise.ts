import type { AttentionReason } from './attention.ts';
import type { ReturnEvent } from './events.ts';
import { isPartOf } from './item-id.ts';
import type { Opened } from './state.ts';

type Raised = Extract<ReturnEvent, { type: 'attention_raised' }>;

/**
 * Puts something into the people's queue. `offset` counts those raised before it by the same command, so that each gets
 * an id of its own. Nothing is raised where the same is open already.
 */
export function raise(
  state: Opened,
  reason: AttentionReason,
  subject: string,
  detail: string | null = null,
  offset = 0,
): Raised[] {
  if (isRaised(state, reason, subject)) return [];
  const attention = `A${state.attentionRaised + 1 + offset}`;
  return [{ type: 'attention_raised', attention, reason, subject, detail }];
}

/** Whether a person is being asked about an item, or about what it was part of when that was asked. */
export function isAskedAbout(state: Opened, reason: AttentionReason, item: string): boolean {
  return Object.values(state.attention).some((open) => open.reason === reason && isPartOf(item, open.subject));
}

export function isRaised(state: Opened, reason: AttentionReason, subject: string): boolean {
  return Object.values(state.attention).some((open) => open.reason === reason && open.subject === subject);
}
