import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  getExternalWorkflowHandle,
  ParentClosePolicy,
  proxyActivities,
  sleep,
  startChild,
  workflowInfo,
} from '@temporalio/workflow';
import type { DrillBegun, RecallDrills } from '../../activities/recalls/drills/port.ts';
import { milliseconds } from '../../domain/time/duration.ts';
import { lastingAttributes } from '../recall/attributes.ts';
import { type RecallArguments, type RecallMessage, recallWorkflowId, recallWorkflowType } from '../recall/messages.ts';
import type { RecallDrillArguments } from './messages.ts';

/** So long a drill may take to reach everybody whom it would write to; then it is ended as it is. */
const longestMs = 12 * 3_600_000;
const firstPauseMs = 1_000;
const longestPauseMs = 10 * 60_000;

const { beginDrill, drillStands, scoreDrill } = proxyActivities<RecallDrills>({
  startToCloseTimeout: '5 minutes',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
});
/** A mail server may be away for a while; the score is there all the same. */
const { tellDrill } = proxyActivities<RecallDrills>({
  startToCloseTimeout: '1 minute',
  scheduleToCloseTimeout: '1 day',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '10 minutes' },
});

/**
 * One drill of a schedule: launches a mock recall like any other, waits until everybody would have been written to and facilities that are
 * asked have confirmed what is stopped there, ends it, and says how it went. It makes way for a recall that isn't a drill.
 */
export async function RecallDrill({ schedule }: RecallDrillArguments): Promise<void> {
  const { workflowId: run, startTime } = workflowInfo();
  const begun = await beginDrill({ run, schedule, firedAt: startTime.toISOString() });
  if (begun.type === 'skipped') return;
  const { recall, note } = begun;
  await startRecall(run, begun);
  await tell('launch', { type: 'launch' });
  const overdue = !(await everybodyIsWrittenTo());
  const within = begun.request.strategy.confirmWithin?.unclassified;
  if (!overdue && within !== undefined) await facilitiesConfirm(milliseconds(within));
  if (overdue) await tell('withdraw', { type: 'withdraw', note });
  else {
    await tell('complete', { type: 'complete', note });
    await tell('terminate', { type: 'terminate' });
  }
  await scoreDrill({ run, recall, overdue });
  // Who wasn't reached by mail finds it in the list of drills.
  await tellDrill({ run }).catch(() => undefined);

  async function everybodyIsWrittenTo(): Promise<boolean> {
    const end = Date.now() + longestMs;
    let isPaused = false;
    for (let pause = firstPauseMs, looks = 1; ; pause = Math.min(pause * 2, longestPauseMs), looks += 1) {
      const { status, mustYield } = await drillStands({ recall });
      if (status === 'notified' || status === 'completed' || status === 'closed') return true;
      if (Date.now() >= end) return false;
      const isSteered = status === 'launched' || status === 'notifying';
      if (isSteered && mustYield !== isPaused) {
        isPaused = mustYield;
        const type = mustYield ? 'pause' : 'resume';
        await tell(`${type}:${looks}`, { type });
      }
      await sleep(pause);
    }
  }

  /** Until none has any time left, by their own clock or, where that doesn't go, by this one; or somebody has ended it. */
  async function facilitiesConfirm(withinMs: number): Promise<void> {
    const end = Date.now() + withinMs + longestPauseMs;
    const longest = Math.max(longestPauseMs, withinMs / 24);
    for (let pause = firstPauseMs; Date.now() < end; pause = Math.min(pause * 2, longest)) {
      const { status, unconfirmed } = await drillStands({ recall });
      if ((unconfirmed ?? 0) === 0 || status === 'completed' || status === 'closed') return;
      await sleep(pause);
    }
  }

  /** Somebody may have ended it meanwhile: then nobody is left to hear. */
  async function tell(what: string, command: RecallMessage['command']): Promise<void> {
    const message: RecallMessage = { commandId: `${run}:${what}`, by: run, command };
    await getExternalWorkflowHandle(recallWorkflowId(recall))
      .signal(command.type, message)
      .catch(() => undefined);
  }
}

/** As a child that outlives it: a recall is ended by what it is told. */
async function startRecall(run: string, { recall, request }: Extract<DrillBegun, { type: 'begun' }>): Promise<void> {
  const args: [RecallArguments] = [{ number: recall, request: { commandId: `${run}:draft`, by: run, request } }];
  try {
    await startChild(recallWorkflowType, {
      workflowId: recallWorkflowId(recall),
      args,
      parentClosePolicy: ParentClosePolicy.ABANDON,
      staticSummary: `Recall ${recall}`,
      typedSearchAttributes: lastingAttributes(recall),
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
