import { attentionRows } from '../attention-rows.ts';
import type { ExecutionProjection, ExecutionRow } from '../execution/projection.ts';
import { deadlines } from './due.ts';
import type { Recorded } from './events.ts';
import { agreed, held } from './figures.ts';
import type { LiquidationState, Opened } from './state.ts';

/** The rows that changed from one state to another; what stayed the same object is left out. */
export function project(before: LiquidationState, after: Opened, recorded: readonly Recorded[]): ExecutionProjection {
  const was = before.status === 'initial' ? {} : before.items;
  return {
    execution: rowOf(after),
    executionItems: Object.entries(after.items).flatMap(([key, item]) => {
      if (was[key] === item) return [];
      const { serials: _serials, tries: _tries, recoveryTold: _recoveryTold, instead: _instead, ...row } = item;
      return [row];
    }),
    attention: attentionRows(
      recorded.flatMap(({ event, at }) =>
        event.type === 'attention_raised' || event.type === 'attention_resolved' ? [{ at, event }] : [],
      ),
    ),
  };
}

function rowOf(state: Opened): ExecutionRow {
  const writtenOff = state.sale?.writtenOff ?? 0;
  return {
    number: state.number,
    kind: 'liquidation',
    disposition: 'liquidate',
    party: state.sale?.liquidator ?? null,
    facility: state.facility,
    currency: state.currency,
    status: state.status,
    reference: state.sale?.invoice ?? null,
    tracking: state.tracking,
    expected: agreed(state),
    // What we are to give back doesn't count.
    received: Math.min(held(state), agreed(state) - writtenOff),
    writtenOff,
    requestedAt: state.requestedAt,
    closedAt: state.closedAt,
    nextDeadline: deadlines(state)[0]?.at ?? null,
    outcome: state.outcome,
  };
}
