import type { Instant } from '../time/duration.ts';
import type { AttentionEvent } from './attention-rows.ts';

/** What every process that has begun remembers of the people's queue. */
export type Attended<Reason = string> = {
  /** Open entries only. */
  readonly attention: Readonly<Record<string, OpenAttention<Reason>>>;
  /** How many there ever were; the next one is named by it. */
  readonly attentionRaised: number;
};

export type OpenAttention<Reason = string> = {
  readonly attention: string;
  readonly reason: Reason;
  readonly subject: string;
  readonly raisedAt: Instant;
};

type Raised<Reason> = Extract<AttentionEvent<Reason, never>, { type: 'attention_raised' }>;

/** Puts something into the people's queue, unless the same is open already. */
export function raise<Reason extends string>(
  state: Attended<Reason>,
  reason: Reason,
  subject: string,
  detail: string | null = null,
): Raised<Reason>[] {
  if (Object.values(state.attention).some((open) => open.reason === reason && open.subject === subject)) return [];
  return [{ type: 'attention_raised', attention: `A${state.attentionRaised + 1}`, reason, subject, detail }];
}

/** The state after something entered or left the people's queue. */
export function evolveAttention<Reason, State extends Attended<Reason>>(
  state: State,
  event: AttentionEvent<Reason, unknown>,
  at: Instant,
): State {
  if (event.type === 'attention_raised') {
    const { attention, reason, subject } = event;
    return {
      ...state,
      attentionRaised: state.attentionRaised + 1,
      attention: { ...state.attention, [attention]: { attention, reason, subject, raisedAt: at } },
    };
  }
  const { [event.attention]: _, ...attention } = state.attention;
  return { ...state, attention };
}
