import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { JournalPage, JournalReading, ReadInput } from '../../activities/journal/port.ts';
import type { Kind } from '../../domain/process/kind.ts';
import { localFirst, locally, withoutBound } from './append.ts';

/** Reads a page of the journal of one kind of process: locally first, then for as long as it takes. */
export const readingOf = <K extends Kind>(): ((input: ReadInput) => Promise<JournalPage<K>>) => {
  const local = proxyLocalActivities<JournalReading<K>>(locally);
  const patient = proxyActivities<JournalReading<K>>(withoutBound);
  return (input) =>
    localFirst(
      () => local.readJournal(input),
      () => patient.readJournal(input),
    );
};
