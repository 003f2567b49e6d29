import { ScheduleAlreadyRunning, type ScheduleHandle, ScheduleNotFoundError } from '@temporalio/client';
import { milliseconds } from '../../../domain/time/duration.ts';
import type { RecallDrillSchedule } from '../../../prisma/generated/client.ts';
import {
  type RecallDrillArguments,
  recallDrillScheduleId,
  recallDrillWorkflowType,
} from '../../../workflows/recall-drill/messages.ts';
import type { Api } from '../../api.ts';
import { Problem } from '../../problem.ts';
import { unlessAway } from '../../telling.ts';

/** One that was due while nobody could begin it still takes place. */
const CATCH_UP = '1 day';
const ANSWER_MS = 5_000;

/** Has the drills of a schedule begin when they are due, unless that is so; one that still runs isn't joined by another. */
export async function startClock({ processes }: Pick<Api, 'processes'>, schedule: RecallDrillSchedule): Promise<void> {
  const { id, name, every, cron, timeZone } = schedule;
  const args: [RecallDrillArguments] = [{ schedule: id }];
  const spec =
    every === null
      ? { cronExpressions: [cron ?? ''], timezone: timeZone }
      : { intervals: [{ every: milliseconds(every) }] };
  try {
    await within(processes.client, async () => {
      await processes.client.schedule.create({
        scheduleId: recallDrillScheduleId(id),
        spec,
        action: {
          type: 'startWorkflow',
          workflowType: recallDrillWorkflowType,
          workflowId: recallDrillScheduleId(id),
          taskQueue: processes.taskQueue,
          args,
          staticSummary: `Recall drill: ${name}`,
        },
        policies: { overlap: 'SKIP', catchupWindow: CATCH_UP },
        state: { paused: schedule.paused },
      });
    });
  } catch (error) {
    if (error instanceof ScheduleAlreadyRunning) return;
    // So the client tells of what the server can't read.
    if (cron !== null && error instanceof TypeError)
      throw new Problem(422, 'cron_unknown', 'no such times can be told from it', { field: 'cron' });
    throw error;
  }
}

/** Where Temporal has lost the schedule, it is made anew first. */
async function onClock(
  api: Pick<Api, 'processes'>,
  schedule: RecallDrillSchedule,
  work: (clock: ScheduleHandle) => Promise<void>,
): Promise<void> {
  await startClock(api, schedule);
  await within(api.processes.client, () => work(clockOf(api, schedule.id)));
}

export const pauseClock = (api: Pick<Api, 'processes'>, schedule: RecallDrillSchedule): Promise<void> =>
  onClock(api, schedule, (clock) => clock.pause());

export const resumeClock = (api: Pick<Api, 'processes'>, schedule: RecallDrillSchedule): Promise<void> =>
  onClock(api, schedule, (clock) => clock.unpause());

/** One more, now, or after the one that still runs. */
export const fireClock = (api: Pick<Api, 'processes'>, schedule: RecallDrillSchedule): Promise<void> =>
  onClock(api, schedule, (clock) => clock.trigger('BUFFER_ONE'));

/** When the next one is due; null while they are paused, and where Temporal has lost the schedule. */
export async function nextOf(api: Pick<Api, 'processes'>, id: string): Promise<string | null> {
  let next: Date | undefined;
  try {
    await within(api.processes.client, async () => {
      const { state, info } = await clockOf(api, id).describe();
      next = state.paused ? undefined : info.nextActionTimes[0];
    });
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
  }
  return next?.toISOString() ?? null;
}

/** No more of them; one that runs goes on to its end. */
export async function endClock(api: Pick<Api, 'processes'>, id: string): Promise<void> {
  try {
    await within(api.processes.client, async () => {
      await clockOf(api, id).delete();
    });
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
  }
}

const clockOf = ({ processes }: Pick<Api, 'processes'>, id: string) =>
  processes.client.schedule.getHandle(recallDrillScheduleId(id));

const within = (client: Api['processes']['client'], work: () => Promise<void>): Promise<void> =>
  unlessAway(() => client.withDeadline(Date.now() + ANSWER_MS, work));
