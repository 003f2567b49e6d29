import type { RecallAttentionReason } from '../attention.ts';
import type { RecallEvent } from '../events.ts';
import type { Opened } from '../state.ts';

/** Puts something into the people's queue, unless the same is open already. */
export function raise(
  state: Opened,
  reason: RecallAttentionReason,
  subject: string,
  detail: string | null,
): readonly RecallEvent[] {
  if (Object.values(state.attention).some((open) => open.reason === reason && open.subject === subject)) return [];
  return [{ type: 'attention_raised', attention: `A${state.attentionRaised + 1}`, reason, subject, detail }];
}
