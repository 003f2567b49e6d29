import type { RefurbishmentReason } from '../attention.ts';
import type { RefurbishmentEvent } from '../events.ts';
import type { Opened } from '../state.ts';

/** Puts something into the people's queue, unless the same is open already. */
export function raise(
  state: Opened,
  reason: RefurbishmentReason,
  subject: string,
  detail: string | null = null,
): RefurbishmentEvent[] {
  if (Object.values(state.attention).some((open) => open.reason === reason && open.subject === subject)) return [];
  const attention = `A${state.attentionRaised + 1}`;
  return [{ type: 'attention_raised', attention, reason, subject, detail }];
}
