import type { Instant } from '../time/duration.ts';

/** What enters and leaves the people's queue, in every kind of process. */
export type AttentionEvent<Reason, Resolution> =
  | {
      readonly type: 'attention_raised';
      readonly attention: string;
      readonly reason: Reason;
      readonly subject: string;
      readonly detail: string | null;
    }
  | {
      readonly type: 'attention_resolved';
      readonly attention: string;
      readonly resolution: Resolution;
      /** Null where the engine saw that there is nothing left to do. */
      readonly note: string | null;
    };

/** A row of the queue; the fields of its raising are null where its end alone is news. */
export type AttentionRow<Reason = string, Resolution = string> = {
  readonly attention: string;
  readonly reason: Reason | null;
  readonly subject: string | null;
  readonly detail: string | null;
  readonly raisedAt: Instant | null;
  readonly resolvedAt: Instant | null;
  readonly resolution: Resolution | null;
};

/** What entered and left the people's queue, one row each: as it stands after all that was recorded. */
export function attentionRows<Reason, Resolution, Other extends { readonly type: string }>(
  recorded: readonly { readonly at: Instant; readonly event: AttentionEvent<Reason, Resolution> | Other }[],
): AttentionRow<Reason, Resolution>[] {
  const rows = new Map<string, AttentionRow<Reason, Resolution>>();
  for (const { event, at } of recorded) {
    if (!isAttention(event)) continue;
    const { attention } = event;
    if (event.type === 'attention_raised') {
      const { reason, subject, detail } = event;
      rows.set(attention, { attention, reason, subject, detail, raisedAt: at, resolvedAt: null, resolution: null });
    } else {
      const raised = rows.get(attention) ?? { attention, reason: null, subject: null, detail: null, raisedAt: null };
      rows.set(attention, { ...raised, resolvedAt: at, resolution: event.resolution });
    }
  }
  return [...rows.values()];
}

const isAttention = <Reason, Resolution>(
  event: AttentionEvent<Reason, Resolution> | { readonly type: string },
): event is AttentionEvent<Reason, Resolution> =>
  event.type === 'attention_raised' || event.type === 'attention_resolved';
