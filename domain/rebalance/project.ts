import type { NetworkProjection } from '../network/projection.ts';
import { attentionRows } from '../process/attention-rows.ts';
import { deadlines } from './due.ts';
import type { Recorded } from './events.ts';
import type { Opened, RebalanceState } from './state.ts';

/** The rows that a step changed: the rebalancing's own, and what entered or left the people's queue. */
export function project(_before: RebalanceState, after: Opened, recorded: readonly Recorded[]): NetworkProjection {
  const { number, status, plan, currency, terms, edits, figures, started, seen } = after;
  return {
    network: {
      ...{ number, kind: 'rebalance', status, facility: null },
      openedAt: after.requestedAt,
      closedAt: after.closedAt,
      nextDeadline: deadlines(after)[0]?.at ?? null,
      outcome: after.outcome,
    },
    rebalance: {
      ...{ currency, horizonDays: terms.horizonDays, plan, edits: edits.length },
      positions: figures?.positions ?? null,
      lines: figures?.lines ?? null,
      units: figures?.units ?? null,
      transfers: figures?.transfers ?? null,
      cost: figures?.cost ?? null,
      saving: figures?.saving ?? null,
      mostSaving: figures?.mostSaving ?? null,
      excess: figures?.excess ?? null,
      excessWorth: figures?.excessWorth ?? null,
      ...{ started, ended: seen.ended, late: seen.late, received: seen.received, lost: seen.lost },
    },
    attention: attentionRows(recorded),
  };
}
