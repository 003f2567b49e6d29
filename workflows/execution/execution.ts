import type { ExecutionParts, ExecutionWhole } from '../../domain/execution/kind.ts';
import type { ExecutionKind } from '../../domain/execution/projection.ts';
import { type BookedProcess, bookedWorkflow } from '../process/booked.ts';
import { tell } from '../process/tell.ts';
import type { ExecutionArguments } from './messages.ts';

/** What a kind of execution says of itself. */
type Own<P extends ExecutionParts> = Omit<
  BookedProcess<ExecutionWhole<P>>,
  'kind' | 'unknown' | 'act' | 'lots' | 'foundBy'
> & {
  readonly kind: ExecutionKind;
};

/**
 * Makes the workflow of a kind of execution: goods of many returns that go one way together, from the request until each
 * return has heard what became of its items.
 */
export const executionWorkflow = <P extends ExecutionParts>(
  own: Own<P>,
): ((started: ExecutionArguments<P>) => Promise<{ status: string }>) =>
  bookedWorkflow<ExecutionWhole<P>>({
    ...own,
    unknown: { code: 'unknown_execution' },
    act: (state, effect) => tell(state.number, effect),
    lots: ({ items }) => Object.values(items).flatMap(({ lot }) => lot ?? []),
    foundBy: ({ facility, items }) => ({ facility, orders: [], skus: Object.values(items).map(({ sku }) => sku) }),
  });
