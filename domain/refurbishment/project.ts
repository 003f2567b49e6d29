import { attentionRows } from '../attention-rows.ts';
import type { ExecutionItem } from '../execution/item.ts';
import type { ExecutionItemRow, ExecutionProjection, ExecutionRow } from '../execution/projection.ts';
import type { WorkOutcome } from '../work.ts';
import { deadlines } from './due.ts';
import type { Recorded } from './events.ts';
import { type Opened, type RefurbishmentState, statusOf, workOn, worthOf } from './state.ts';

/** The rows that changed from one state to another; what stayed the same object is left out. */
export function project(before: RefurbishmentState, after: Opened, recorded: readonly Recorded[]): ExecutionProjection {
  const was = before.phase === 'initial' ? null : before;
  return {
    execution: rowOf(after),
    executionItems: Object.entries(after.items).flatMap(([key, item]) =>
      was?.items[key] === item && was.work[key] === after.work[key] ? [] : [itemRow(after, item)],
    ),
    attention: attentionRows(
      recorded.flatMap(({ event, at }) =>
        event.type === 'attention_raised' || event.type === 'attention_resolved' ? [{ at, event }] : [],
      ),
    ),
  };
}

function rowOf(state: Opened): ExecutionRow {
  const { number, disposition, party, facility, currency, requestedAt, closedAt, outcome } = state;
  const { budget, spent } = worthOf(state);
  return {
    ...{ number, kind: 'refurbishment', disposition, party, facility, currency, status: statusOf(state) },
    ...{ reference: null, tracking: null, expected: 0, received: 0, writtenOff: 0 },
    ...{ requestedAt, closedAt, nextDeadline: deadlines(state)[0]?.at ?? null, outcome },
    ...{ budget, spent },
  };
}

function itemRow(state: Opened, item: ExecutionItem): ExecutionItemRow {
  const { rma, item: id, sku, quantity, lot, grade, cost, expected, received, state: is, code } = item;
  const { done } = workOn(state, item);
  const units = (outcome: WorkOutcome) =>
    done.reduce((sum, each) => sum + (each.outcome === outcome ? each.quantity : 0), 0);
  return {
    ...{ rma, item: id, sku, quantity, lot, grade, cost, expected, received, state: is, code },
    ...{ mended: units('mended'), beyondRepair: units('beyond_repair'), givenUp: units('given_up') },
  };
}
