import { isCancellation, proxyActivities, proxyLocalActivities, TemporalFailure } from '@temporalio/workflow';
import type { AppendInput, Journal } from '../../activities/journal/port.ts';

/**
 * The journal is asked locally first, which costs no task of its own: three attempts within about six seconds. A pending
 * local activity keeps the workflow task's slot, so a database that is away is waited for by a regular activity instead,
 * for as long as it takes.
 */
const local = proxyLocalActivities<Journal>({
  startToCloseTimeout: '3 seconds',
  scheduleToCloseTimeout: '6 seconds',
  retry: { maximumAttempts: 3, initialInterval: '300 milliseconds', backoffCoefficient: 2 },
});

const patient = proxyActivities<Journal>({
  startToCloseTimeout: '10 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '10 seconds' },
});

/** What the Temporal UI says beside an append: what it wrote, so that a run is read without opening a payload. */
function summaryOf({ items }: AppendInput): string {
  const words = items.map(({ command, events, refusal }) =>
    refusal === null
      ? events.map((event) => event.type).join(', ') || `${command}: nothing new`
      : `${command} refused: ${refusal.code}`,
  );
  return words.join('; ').slice(0, mostOfSummary);
}

/** The server allows 400 bytes. */
const mostOfSummary = 300;

/**
 * A local activity that ran out of time between two attempts ends with the last attempt's own failure, not wrapped in an
 * `ActivityFailure`: whatever failed there is a reason to go on outside, and never fails the run.
 */
function localFirst<T>(quick: () => Promise<T>, slow: () => Promise<T>): Promise<T> {
  return quick().catch((error: unknown) => {
    if (!(error instanceof TemporalFailure) || isCancellation(error)) throw error;
    return slow();
  });
}

export const journal: Omit<Journal, 'reserveUnits'> = {
  append: (input) => {
    const summary = { summary: summaryOf(input) };
    return localFirst(
      () => local.append.executeWithOptions(summary, [input]),
      () => patient.append.executeWithOptions(summary, [input]),
    );
  },
  openReturn: (input) =>
    localFirst(
      () => local.openReturn(input),
      () => patient.openReturn(input),
    ),
};

/** Reserving is an effect: nothing waits for its second, patient part. */
export const reserveUnits = { quickly: local.reserveUnits, patiently: patient.reserveUnits };
