import { changedRows, commonRow } from '../execution/project.ts';
import type { ExecutionProjection, ExecutionRow } from '../execution/projection.ts';
import { attentionRows } from '../process/attention-rows.ts';
import { deadlines } from './due.ts';
import type { Recorded } from './events.ts';
import { expectedOf, type Opened, opened, receivedOf, type VendorReturnState } from './state.ts';

/** The rows that changed from one state to another; what stayed the same object is left out. */
export function project(before: VendorReturnState, after: Opened, recorded: readonly Recorded[]): ExecutionProjection {
  return {
    execution: rowOf(after),
    executionItems: changedRows(opened(before)?.items ?? {}, after.items),
    attention: attentionRows(recorded),
  };
}

const rowOf = (state: Opened): ExecutionRow => ({
  kind: 'vendor_return',
  disposition: 'return_to_vendor',
  party: state.vendor,
  status: state.status,
  reference: state.vendorRma,
  tracking: state.tracking,
  expected: expectedOf(state),
  received: receivedOf(state),
  writtenOff: state.writtenOff,
  ...commonRow(state, deadlines(state)),
});
