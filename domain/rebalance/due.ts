import type { Deadline } from '../process/kind.ts';
import { after } from '../time/duration.ts';
import { batchesOf, hasStartedAll, isRaised, type Opened, type RebalanceState, transfersABatch } from './state.ts';

/** What a rebalancing asks for: a plan, the transfers of it, and what became of those. */
export type RebalanceEffect = { readonly id: string; readonly key: string } & (
  | { readonly kind: 'plan'; readonly plan: number }
  /** Transfers are counted from 1. */
  | { readonly kind: 'start_transfers'; readonly batch: number; readonly first: number; readonly last: number }
  | { readonly kind: 'look_at_transfers' }
);

/** Transfers take days; that they have ended is looked at so often. */
const LOOK_EVERY = 'PT6H';

/** What is due now: a plan where there is none; then one batch of transfers after the other, and a look at those that were started. */
export function effects(state: RebalanceState): readonly RebalanceEffect[] {
  if (state.status === 'planning') {
    const { plan, tries } = state;
    const key = `plan:${plan}`;
    return isRaised(state, 'plan_failed') ? [] : [{ kind: 'plan', key, id: `${key}#${tries}`, plan }];
  }
  if (state.status !== 'executing') return [];
  return [...startDue(state), ...lookDue(state)];
}

function startDue(state: Opened): readonly RebalanceEffect[] {
  const batch = state.again[0] ?? (state.batches < batchesOf(state) ? state.batches + 1 : null);
  if (batch === null) return [];
  const key = `start_transfers:${batch}`;
  const first = (batch - 1) * transfersABatch + 1;
  const last = Math.min(batch * transfersABatch, state.figures?.transfers ?? 0);
  return [{ kind: 'start_transfers', key, id: `${key}#${state.tries}`, batch, first, last }];
}

/** A look that is under way goes on being due while transfers are started anew: its outcome would find nothing that it is of. */
function lookDue({ isLooking, looks }: Opened): readonly RebalanceEffect[] {
  const key = `look_at_transfers:${looks}`;
  return isLooking ? [{ kind: 'look_at_transfers', key, id: key }] : [];
}

/** When the transfers are looked at next. */
export function deadlines(state: RebalanceState): readonly Deadline[] {
  if (state.status !== 'executing' || !hasStartedAll(state) || state.isLooking) return [];
  return [{ deadline: 'look', at: nextLook(state) }];
}

const nextLook = ({ since }: Opened): string => after(since, LOOK_EVERY);
