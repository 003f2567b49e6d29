import type { RecallCommand } from '../commands.ts';
import type { RecallEvent } from '../events.ts';
import { type Refused, refuse } from '../refusals.ts';
import { isRaised, isUnderWay, type Opened } from '../state.ts';

type Answer = readonly RecallEvent[] | Refused;

export function launch(state: Opened): Answer {
  if (state.status === 'drafted') return [{ type: 'launched' }];
  return refuse(state.status === 'closed' ? 'recall_closed' : 'already_launched');
}

/** A draft's scope is corrected before anything is held by it. */
export function revise(state: Opened, scopeVersion: number): Answer {
  if (state.status !== 'drafted') return refuse(state.status === 'closed' ? 'recall_closed' : 'already_launched');
  return scopeVersion <= state.scopeVersion
    ? refuse('scope_not_newer', 'scope')
    : [{ type: 'scope_revised', scopeVersion }];
}

/** Its scope grows while it runs. */
export function widen(state: Opened, scopeVersion: number): Answer {
  const barred = notUnderWay(state);
  if (barred !== null) return barred;
  if (scopeVersion <= state.scopeVersion) return refuse('scope_not_newer', 'scope');
  // The scope that ran into another recall is replaced by this one.
  const replaced = Object.values(state.attention).filter(({ reason }) => reason === 'scope_overlaps');
  return [
    ...replaced.map(
      ({ attention }) => ({ type: 'attention_resolved', attention, resolution: 'retry', note: null }) as const,
    ),
    { type: 'scope_widened', scopeVersion },
  ];
}

/** When a coordinator expects to complete it, for the status reports to the authority. */
export function estimateCompletion(state: Opened, on: string | null): Answer {
  const barred = notUnderWay(state);
  if (barred !== null) return barred;
  return on === state.estimatedOn ? [] : [{ type: 'completion_estimated', on }];
}

/**
 * All that can be retrieved was: nobody is reminded any more. Not before everybody was told (21 CFR 7.53, 7.55), and where checks
 * of the level are open, units unaccounted for or facilities still to confirm, not without a note that says why; of class I, only by who answers for that.
 */
export function complete(state: Opened, { open, note, lead }: Extract<RecallCommand, { type: 'complete' }>): Answer {
  const barred = notUnderWay(state);
  if (barred !== null) return barred;
  if (state.status !== 'notified') return refuse('still_notifying');
  const { due, made } = state.draws;
  const choosing = due > made ? 1 : 0;
  if (open !== undefined && open.checks + open.units + (open.facilities ?? 0) + choosing > 0) {
    if ((note ?? null) === null) return refuse('still_open', 'note', { ...open, choosing });
    if (state.hazardClass === 'I' && lead === false) return refuse('lead_needed', undefined, { ...open, choosing });
  }
  const told = { ...(open === undefined ? {} : { open }), ...(note === undefined ? {} : { note }) };
  return [{ type: 'completed', ...told }, { type: 'report_due' }];
}

/** The authority's end of a recall, which comes after ours (21 CFR 7.55). A drill has written to nobody. */
export function terminate(state: Opened, { notice }: Extract<RecallCommand, { type: 'terminate' }>): Answer {
  if (state.status === 'closed') return refuse('recall_closed');
  if (state.status !== 'completed') return refuse('recall_not_completed');
  return [
    { type: 'terminated', notice: (notice ?? false) && !state.mock },
    { type: 'closed', outcome: 'terminated' },
  ];
}

/** What has held no goods and warned nobody is called off: a draft, and what ran into another recall at its launch. */
export function cancel(state: Opened): Answer {
  if (state.status === 'closed') return refuse('recall_closed');
  const hasHeldNothing = state.stoppedVersion === 0 && isRaised(state, 'scope_overlaps');
  if (state.status !== 'drafted' && !hasHeldNothing) return refuse('already_launched');
  return [{ type: 'cancelled' }, { type: 'closed', outcome: 'cancelled' }];
}

/**
 * It was launched in error: its goods may be sold again, and whoever was written to hears of it. Not once it is completed, as that
 * says that the goods were rightly retrieved.
 */
export function withdraw(state: Opened, note: string): Answer {
  return (
    notUnderWay(state) ?? [
      { type: 'withdrawn', note },
      { type: 'closed', outcome: 'withdrawn' },
    ]
  );
}

/** What bars steering a recall that hasn't begun or is over. */
export function notUnderWay(state: Opened): Refused | null {
  if (isUnderWay(state)) return null;
  if (state.status === 'drafted') return refuse('recall_not_launched');
  return refuse(state.status === 'completed' ? 'recall_completed' : 'recall_closed');
}
