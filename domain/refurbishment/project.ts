import type { ExecutionItem } from '../execution/item.ts';
import { commonRow, itemRow } from '../execution/project.ts';
import type { ExecutionItemRow, ExecutionProjection, ExecutionRow } from '../execution/projection.ts';
import type { WorkOutcome } from '../goods/work.ts';
import { attentionRows } from '../process/attention-rows.ts';
import { deadlines } from './due.ts';
import type { Recorded } from './events.ts';
import { type Opened, opened, type RefurbishmentState, statusOf, workOn, worthOf } from './state.ts';

/** The rows that changed from one state to another; what stayed the same object is left out. */
export function project(before: RefurbishmentState, after: Opened, recorded: readonly Recorded[]): ExecutionProjection {
  const was = opened(before);
  return {
    execution: rowOf(after),
    executionItems: Object.entries(after.items).flatMap(([key, item]) =>
      was?.items[key] === item && was.work[key] === after.work[key] ? [] : [benchRow(after, item)],
    ),
    attention: attentionRows(recorded),
  };
}

function rowOf(state: Opened): ExecutionRow {
  const { disposition, party } = state;
  const { budget, spent } = worthOf(state);
  return {
    ...commonRow(state, deadlines(state)),
    ...{ kind: 'refurbishment', disposition, party, status: statusOf(state) },
    ...{ reference: null, tracking: null, expected: 0, received: 0, writtenOff: 0 },
    ...{ budget, spent },
  };
}

function benchRow(state: Opened, item: ExecutionItem): ExecutionItemRow {
  const { done } = workOn(state, item);
  const units = (outcome: WorkOutcome) =>
    done.reduce((sum, each) => sum + (each.outcome === outcome ? each.quantity : 0), 0);
  return {
    ...itemRow(item),
    ...{ mended: units('mended'), beyondRepair: units('beyond_repair'), givenUp: units('given_up') },
  };
}
