import type { Client } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';

/** What a process costs the Temporal server, over all its runs; the same on every machine, but for heartbeats. */
export type Cost = {
  readonly events: number;
  /** Of the run that has the most events. */
  readonly mostEvents: number;
  readonly historyBytes: number;
  readonly stateTransitions: number;
  readonly workflowTasks: number;
  readonly actions: number;
  readonly actionsByKind: Readonly<Record<string, number>>;
};

type Event = temporal.api.history.v1.IHistoryEvent;
type Count = (kind: string, times?: number) => void;

/** One billable action for each of these, by Temporal's rules for its cloud (docs.temporal.io/cloud/actions). */
const billed: Readonly<Record<string, string>> = {
  workflowExecutionStartedEventAttributes: 'workflow started',
  workflowExecutionSignaledEventAttributes: 'signal',
  workflowExecutionUpdateAcceptedEventAttributes: 'update',
  activityTaskStartedEventAttributes: 'activity started',
  timerStartedEventAttributes: 'timer',
  upsertWorkflowSearchAttributesEventAttributes: 'attributes upserted',
};

/** The SDK lets a heartbeat through in each so large a part of its time-out. */
const BEATS_EVERY = 0.8;

/**
 * Counts what a process has cost so far, from the histories of its runs. Attributes given at the start are free, as are
 * queries that nobody asked. All local activities of one workflow task are one action; each retry of an activity is another (its
 * started event tells the attempt). Heartbeats aren't in a history: they are counted as often as they could have come.
 */
export async function costOf(client: Client, workflowId: string): Promise<Cost> {
  const kinds: Record<string, number> = {};
  const count: Count = (kind, times = 1) => {
    if (times > 0) kinds[kind] = (kinds[kind] ?? 0) + times;
  };
  let cost = { events: 0, mostEvents: 0, historyBytes: 0, stateTransitions: 0, workflowTasks: 0 };
  for (let runId: string | undefined | null; runId !== ''; ) {
    const handle = client.workflow.getHandle(workflowId, runId ?? undefined);
    const events = (await handle.fetchHistory()).events ?? [];
    const info = (await handle.describe()).raw.workflowExecutionInfo;
    countActions(events, count);
    cost = {
      events: cost.events + events.length,
      mostEvents: Math.max(cost.mostEvents, events.length),
      historyBytes: cost.historyBytes + Number(info?.historySizeBytes ?? 0),
      stateTransitions: cost.stateTransitions + Number(info?.stateTransitionCount ?? 0),
      workflowTasks:
        cost.workflowTasks + events.filter((event) => event.workflowTaskCompletedEventAttributes != null).length,
    };
    runId = events[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId ?? '';
  }
  return { ...cost, actions: Object.values(kinds).reduce((sum, times) => sum + times, 0), actionsByKind: kinds };
}

function countActions(events: readonly Event[], count: Count): void {
  const tasksWithLocals = new Set<string>();
  const scheduled = new Map<string, Event>();
  for (const event of events) {
    for (const [attributes, kind] of Object.entries(billed)) {
      if (Object(event)[attributes] == null) continue;
      count(kind, event.activityTaskStartedEventAttributes?.attempt ?? 1);
    }
    const marker = event.markerRecordedEventAttributes;
    if (marker?.markerName === 'core_local_activity') tasksWithLocals.add(String(marker.workflowTaskCompletedEventId));
    if (event.activityTaskScheduledEventAttributes != null) scheduled.set(String(event.eventId), event);
    const completed = event.activityTaskCompletedEventAttributes;
    if (completed != null) {
      const began = scheduled.get(String(completed.scheduledEventId));
      count('heartbeat, at most', heartbeats(began, event));
    }
  }
  count('tasks with local activities', tasksWithLocals.size);
}

/** How often an activity that heartbeats may have done so between its scheduling and its end. */
function heartbeats(scheduled: Event | undefined, completed: Event): number {
  const timeout = Number(scheduled?.activityTaskScheduledEventAttributes?.heartbeatTimeout?.seconds ?? 0);
  if (timeout === 0) return 0;
  return 1 + Math.floor((secondsOf(completed) - secondsOf(scheduled)) / (BEATS_EVERY * timeout));
}

const secondsOf = (event: Event | undefined): number =>
  Number(event?.eventTime?.seconds ?? 0) + Number(event?.eventTime?.nanos ?? 0) / 1e9;
