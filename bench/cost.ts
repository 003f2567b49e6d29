import type { Client } from '@temporalio/client';
import { returnWorkflowId } from '../workflows/return/messages.ts';

/** What one return costs the Temporal server; the same on every machine. */
export type Cost = {
  readonly events: number;
  readonly historyBytes: number;
  readonly stateTransitions: number;
  readonly workflowTasks: number;
  readonly actions: number;
  readonly actionsByKind: Readonly<Record<string, number>>;
};

/** One billable action for each of these, by Temporal's rules for its cloud (docs.temporal.io/cloud/actions). */
const billed: Readonly<Record<string, string>> = {
  workflowExecutionStartedEventAttributes: 'workflow started',
  workflowExecutionSignaledEventAttributes: 'signal',
  workflowExecutionUpdateAcceptedEventAttributes: 'update',
  activityTaskStartedEventAttributes: 'activity started',
  timerStartedEventAttributes: 'timer',
  upsertWorkflowSearchAttributesEventAttributes: 'attributes upserted',
};

/**
 * Counts what a finished return has cost, from its history. Attributes given at the start are free, as are queries that
 * nobody asked. All local activities of one workflow task are one action; each retry of an activity is another (its
 * started event tells the attempt).
 */
export async function costOf(client: Client, rma: string): Promise<Cost> {
  const handle = client.workflow.getHandle(returnWorkflowId(rma));
  const { events } = await handle.fetchHistory();
  const { raw } = await handle.describe();
  const kinds: Record<string, number> = {};
  const count = (kind: string, times = 1) => {
    kinds[kind] = (kinds[kind] ?? 0) + times;
  };
  const tasksWithLocals = new Set<string>();
  for (const event of events ?? []) {
    for (const [attributes, kind] of Object.entries(billed)) {
      if (Object(event)[attributes] == null) continue;
      count(kind, event.activityTaskStartedEventAttributes?.attempt ?? 1);
    }
    const marker = event.markerRecordedEventAttributes;
    if (marker?.markerName === 'core_local_activity') tasksWithLocals.add(String(marker.workflowTaskCompletedEventId));
  }
  if (tasksWithLocals.size > 0) count('tasks with local activities', tasksWithLocals.size);
  const info = raw.workflowExecutionInfo;
  return {
    events: events?.length ?? 0,
    historyBytes: Number(info?.historySizeBytes ?? 0),
    stateTransitions: Number(info?.stateTransitionCount ?? 0),
    workflowTasks: (events ?? []).filter((event) => event.workflowTaskCompletedEventAttributes != null).length,
    actions: Object.values(kinds).reduce((sum, times) => sum + times, 0),
    actionsByKind: kinds,
  };
}
