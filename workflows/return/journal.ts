import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { Journal, JournalOf } from '../../activities/journal/port.ts';
import type { ReturnKind } from '../../domain/return/kind.ts';
import { appendThrough, localFirst, locally, withoutBound } from '../process/append.ts';

type ReturnJournal = JournalOf<ReturnKind> & Pick<Journal, 'openReturn' | 'reserveUnits'>;

const local = proxyLocalActivities<ReturnJournal>(locally);
const patient = proxyActivities<ReturnJournal>(withoutBound);

export const append = appendThrough<ReturnKind>(local.append, patient.append);

export const openReturn: Journal['openReturn'] = (input) =>
  localFirst(
    () => local.openReturn(input),
    () => patient.openReturn(input),
  );

/** Reserving is an effect: nothing waits for its second, patient part. */
export const reserveUnits = { quickly: local.reserveUnits, patiently: patient.reserveUnits };
