import type { AttentionEvent } from '../attention-rows.ts';

type Raised<Reason> = Extract<AttentionEvent<Reason, never>, { type: 'attention_raised' }>;

/** Puts something into the people's queue, unless the same is open already. */
export function raise<Reason extends string>(
  state: {
    readonly attention: Readonly<Record<string, { readonly reason: Reason; readonly subject: string }>>;
    readonly attentionRaised: number;
  },
  reason: Reason,
  subject: string,
  detail: string | null = null,
): Raised<Reason>[] {
  if (Object.values(state.attention).some((open) => open.reason === reason && open.subject === subject)) return [];
  return [{ type: 'attention_raised', attention: `A${state.attentionRaised + 1}`, reason, subject, detail }];
}
