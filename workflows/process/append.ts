import type { LocalActivityOptions } from '@temporalio/common';
import { type ActivityOptions, isCancellation, TemporalFailure } from '@temporalio/workflow';
import type { AppendInput, AppendResult } from '../../activities/journal/port.ts';
import type { Kind } from '../../domain/process/kind.ts';

/**
 * The journal is asked locally first, which costs no task of its own: three attempts within about six seconds. A pending
 * local activity keeps the workflow task's slot, so a database that is away is waited for by a regular activity instead,
 * for as long as it takes.
 */
export const locally: LocalActivityOptions = {
  startToCloseTimeout: '3 seconds',
  scheduleToCloseTimeout: '6 seconds',
  retry: { maximumAttempts: 3, initialInterval: '300 milliseconds', backoffCoefficient: 2 },
};

export const withoutBound: ActivityOptions = {
  startToCloseTimeout: '10 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '10 seconds' },
};

/**
 * A local activity that ran out of time between two attempts ends with the last attempt's own failure, not wrapped in an
 * `ActivityFailure`: whatever failed there is a reason to go on outside, and never fails the run.
 */
export function localFirst<T>(quick: () => Promise<T>, slow: () => Promise<T>): Promise<T> {
  return quick().catch((error: unknown) => {
    if (!(error instanceof TemporalFailure) || isCancellation(error)) throw error;
    return slow();
  });
}

type AppendActivity<K extends Kind> = {
  executeWithOptions(options: { summary: string }, args: [AppendInput<K>]): Promise<AppendResult<K>>;
};

/** The append of one kind of process: locally first, then for as long as it takes. */
export const appendThrough =
  <K extends Kind>(local: AppendActivity<K>, patient: AppendActivity<K>) =>
  (input: AppendInput<K>): Promise<AppendResult<K>> => {
    const summary = { summary: summaryOf(input) };
    return localFirst(
      () => local.executeWithOptions(summary, [input]),
      () => patient.executeWithOptions(summary, [input]),
    );
  };

/** What the Temporal UI says beside an append: what it wrote, so that a run is read without opening a payload. */
function summaryOf<K extends Kind>({ items }: AppendInput<K>): string {
  const words = items.map(({ command, events, refusal }) =>
    refusal === null
      ? events.map((event) => event.type).join(', ') || `${command}: nothing new`
      : `${command} refused: ${refusal.code}`,
  );
  return words.join('; ').slice(0, mostOfSummary);
}

/** The server allows 400 bytes. */
const mostOfSummary = 300;
