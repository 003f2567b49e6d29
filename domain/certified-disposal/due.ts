import { type Telling, tellings } from '../execution/telling.ts';
import { type Deadline, earliestFirst } from '../process/kind.ts';
import { type CertifiedDisposalState, isProved } from './state.ts';

/** What a certified disposal says to the returns of its items now. */
export const effects = (state: CertifiedDisposalState): readonly Telling[] =>
  state.status === 'initial' || state.status === 'closed' ? [] : tellings(state.items, state.disposition, 'recycler');

export type Due = Deadline & { readonly deadline: 'handover' | 'certificate' | 'reminder' };

/** What it waits for by the clock, the earliest first: us, or the organisation, which is reminded meanwhile. */
export function deadlines(state: CertifiedDisposalState): readonly Due[] {
  if (state.status !== 'requested' && state.status !== 'handed_over') return [];
  const { dueAt, reminders, certificate } = state;
  if (state.status === 'requested') return dueAt === null ? [] : [{ deadline: 'handover', at: dueAt }];
  if (isProved(state)) return [];
  const [reminder] = certificate === null ? reminders : [];
  const due: Due[] = [
    ...(reminder === undefined ? [] : [{ deadline: 'reminder', at: reminder } as const]),
    ...(dueAt === null ? [] : [{ deadline: 'certificate', at: dueAt } as const]),
  ];
  return due.sort(earliestFirst);
}
