import type { Deadline } from '../process/kind.ts';
import type { ExecutionItem, Items } from './item.ts';
import type { ExecutionItemRow, ExecutionRow } from './projection.ts';
import type { ExecutionState } from './state.ts';

/** What of an execution's row is the same for all kinds. */
type CommonRow = Pick<
  ExecutionRow,
  'number' | 'facility' | 'currency' | 'requestedAt' | 'closedAt' | 'nextDeadline' | 'outcome'
>;

export const commonRow = (
  { number, facility, currency, requestedAt, closedAt, outcome }: ExecutionState,
  [next]: readonly Deadline[],
): CommonRow => ({ number, facility, currency, requestedAt, closedAt, nextDeadline: next?.at ?? null, outcome });

/** Those of its items that changed from one state to another; what stayed the same object is left out. */
export const changedRows = (before: Items, after: Items): readonly ExecutionItemRow[] =>
  Object.entries(after).flatMap(([key, item]) => (before[key] === item ? [] : [itemRow(item)]));

export const itemRow = (each: ExecutionItem): ExecutionItemRow => {
  const { rma, item, sku, quantity, lot, grade, cost, expected, received, state, code } = each;
  return { rma, item, sku, quantity, lot, grade, cost, expected, received, state, code };
};
