import type { VendorReturnReason } from '../attention.ts';
import type { VendorReturnEvent } from '../events.ts';
import type { Opened } from '../state.ts';

/** Puts something into the people's queue, unless the same is open already. */
export function raise(
  state: Opened,
  reason: VendorReturnReason,
  subject: string,
  detail: string | null = null,
): VendorReturnEvent[] {
  if (Object.values(state.attention).some((open) => open.reason === reason && open.subject === subject)) return [];
  const attention = `A${state.attentionRaised + 1}`;
  return [{ type: 'attention_raised', attention, reason, subject, detail }];
}
