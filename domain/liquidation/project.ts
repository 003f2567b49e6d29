import { changedRows, commonRow } from '../execution/project.ts';
import type { ExecutionProjection, ExecutionRow } from '../execution/projection.ts';
import { attentionRows } from '../process/attention-rows.ts';
import { deadlines } from './due.ts';
import type { Recorded } from './events.ts';
import { agreed, held } from './figures.ts';
import { type LiquidationState, type Opened, opened } from './state.ts';

/** The rows that changed from one state to another; what stayed the same object is left out. */
export function project(before: LiquidationState, after: Opened, recorded: readonly Recorded[]): ExecutionProjection {
  return {
    execution: rowOf(after),
    executionItems: changedRows(opened(before)?.items ?? {}, after.items),
    attention: attentionRows(recorded),
  };
}

function rowOf(state: Opened): ExecutionRow {
  const writtenOff = state.sale?.writtenOff ?? 0;
  return {
    kind: 'liquidation',
    disposition: 'liquidate',
    party: state.sale?.liquidator ?? null,
    status: state.status,
    reference: state.sale?.invoice ?? null,
    tracking: state.tracking,
    expected: agreed(state),
    // What we are to give back doesn't count.
    received: Math.min(held(state), agreed(state) - writtenOff),
    writtenOff,
    ...commonRow(state, deadlines(state)),
  };
}
