import { unreachable } from '../../unreachable.ts';
import { type RecallResolution, recallAttention } from '../attention.ts';
import type { RecallCommand } from '../commands.ts';
import type { RecallEvent } from '../events.ts';
import { type Refused, refuse } from '../refusals.ts';
import type { Opened } from '../state.ts';

/** A person settles what the recall could not go on with. */
export function attend(
  state: Opened,
  { attention, resolution, note }: Extract<RecallCommand, { type: 'resolve' }>,
): readonly RecallEvent[] | Refused {
  const open = Object.hasOwn(state.attention, attention) ? state.attention[attention] : undefined;
  if (open === undefined) return refuse('unknown_attention', 'attention');
  const allowed: readonly RecallResolution[] = recallAttention[open.reason];
  if (!allowed.includes(resolution)) {
    const params = { reason: open.reason, resolution, allowed: allowed.join(', ') };
    return refuse('resolution_not_allowed', 'resolution', params);
  }
  return [
    { type: 'attention_resolved', attention, resolution, note },
    ...(resolution === 'retry' ? [retriedBy(open.reason)] : []),
  ];
}

const retriedBy = (reason: keyof typeof recallAttention): RecallEvent => ({
  type: reason === 'returns_unreached' ? 'returns_retried' : 'stop_sale_retried',
});

/** Takes out of the people's queue what has settled itself. */
export function resolveMoot(state: Opened): readonly RecallEvent[] {
  return Object.values(state.attention).flatMap((open): RecallEvent[] =>
    isMoot(state, open.reason)
      ? [{ type: 'attention_resolved', attention: open.attention, resolution: 'acknowledge', note: null }]
      : [],
  );
}

function isMoot(state: Opened, reason: keyof typeof recallAttention): boolean {
  // A stop sale outlasts its recall, and so does that a return hasn't heard of it.
  if (reason === 'returns_unreached') return false;
  // Nobody is written to or looked for any more once it is completed, and its scope can't change.
  if (state.status === 'completed' || state.status === 'closed') return true;
  switch (reason) {
    case 'scope_overlaps':
      return state.stoppedVersion === state.scopeVersion;
    case 'nobody_traced':
      return state.consignees > 0;
    case 'consignees_silent':
    case 'notices_undeliverable':
      return false;
    default:
      return unreachable(reason);
  }
}
