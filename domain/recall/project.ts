import { attentionRows } from '../process/attention-rows.ts';
import type { Recorded } from './events.ts';
import type { RecallProjection } from './projection.ts';
import type { Opened, RecallState } from './state.ts';

/** The rows that a step changed: the recall's own, and what entered or left the people's queue. */
export function project(_before: RecallState, after: Opened, recorded: readonly Recorded[]): RecallProjection {
  const { strategy, waves, stopped } = after;
  return {
    recall: {
      number: after.number,
      kind: after.kind,
      hazardClass: after.hazardClass,
      depth: after.depth,
      mandated: after.mandated,
      mock: after.mock,
      effectiveness: strategy.effectiveness,
      checkShare: strategy.checkShare ?? null,
      status: after.status,
      paused: after.paused,
      perMinute: strategy.perMinute,
      waveSize: strategy.waveSize,
      schedules: strategy.schedules,
      confirmWithin: strategy.confirmWithin ?? null,
      scopeVersion: after.scopeVersion,
      plannedVersion: after.plannedVersion,
      consignees: after.consignees,
      lots: stopped?.lots ?? 0,
      facilities: stopped?.facilities ?? 0,
      shippedUnits: stopped?.shippedUnits ?? 0,
      heldUnits: stopped?.heldUnits ?? 0,
      waves: waves.planned,
      wavesStarted: waves.started,
      wavesEnded: waves.ended,
      estimatedOn: after.estimatedOn,
      openChecks: after.completion?.open?.checks ?? null,
      openUnits: after.completion?.open?.units ?? null,
      openFacilities: after.completion?.open?.facilities ?? null,
      completionNote: after.completion?.note ?? null,
      outcome: after.outcome,
      terminationNotice: (after.termination?.notice ?? false) && (after.termination?.recorded ?? false),
      draftedAt: after.draftedAt,
      launchedAt: after.launchedAt,
      stoppedAt: after.stoppedAt,
      traceMilliseconds: stopped?.milliseconds ?? null,
      notifiedAt: after.notifiedAt,
      completedAt: after.completedAt,
      closedAt: after.closedAt,
    },
    attention: attentionRows(recorded),
  };
}
