import { attentionRows } from '../attention-rows.ts';
import type { ExecutionProjection, ExecutionRow } from '../execution/projection.ts';
import { deadlines } from './due.ts';
import type { Recorded } from './events.ts';
import { expectedOf, type Opened, receivedOf, type VendorReturnState } from './state.ts';

/** The rows that changed from one state to another; what stayed the same object is left out. */
export function project(before: VendorReturnState, after: Opened, recorded: readonly Recorded[]): ExecutionProjection {
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

const rowOf = (state: Opened): ExecutionRow => ({
  number: state.number,
  kind: 'vendor_return',
  disposition: 'return_to_vendor',
  party: state.vendor,
  facility: state.facility,
  currency: state.currency,
  status: state.status,
  reference: state.vendorRma,
  tracking: state.tracking,
  expected: expectedOf(state),
  received: receivedOf(state),
  writtenOff: state.writtenOff,
  requestedAt: state.requestedAt,
  closedAt: state.closedAt,
  nextDeadline: deadlines(state)[0]?.at ?? null,
  outcome: state.outcome,
});
