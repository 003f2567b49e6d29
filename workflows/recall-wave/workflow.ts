import {
  condition,
  continueAsNew,
  defineSignal,
  getExternalWorkflowHandle,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { Notices, WaveProgress } from '../../activities/recalls/port.ts';
import { type RecallMessage, recallWorkflowId } from '../recall/messages.ts';
import { lookSignal, type RecallWaveArguments, recallWaveWorkflowId } from './messages.ts';

/** Fewer notices an activity cost more of them, more make a repeated one longer. */
const batch = 250;
/** A paused wave is woken by its recall; should that word be lost, it looks itself. */
const net = '1 hour';

/** One batch may have to wait for a slow rate; it says every second that it lives. */
const { sendNotices } = proxyActivities<Notices>({
  startToCloseTimeout: '6 hours',
  heartbeatTimeout: '20 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
});
const { endWave } = proxyActivities<Notices>({
  startToCloseTimeout: '10 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
});

type Report = Extract<RecallMessage['command'], { type: 'report_wave' }>;

/**
 * Writes to up to a thousand consignees of a recall until each has answered or was told the last word, or the recall is over.
 * Their rows live in the database: this run knows counts and the next time that something is due.
 */
export async function RecallWave(start: RecallWaveArguments): Promise<void> {
  const { recall, wave } = start;
  let looks = 0;
  let notified = start.isNotified ?? false;
  let ended = start.hasEnded ?? false;
  setHandler(defineSignal(lookSignal), () => {
    looks += 1;
  });
  for (;;) {
    const seen = looks;
    const now = new Date(Date.now()).toISOString();
    const progress = await sendNotices({ recall, wave, now, limit: batch });
    setCurrentDetails(storyOf(progress));
    const isOver = progress.stopped === 'over' || progress.open === 0;
    const { silent, undeliverable } = progress.newly ?? { silent: 0, undeliverable: 0 };
    if (!notified && progress.planned === 0 && progress.stopped !== 'over') {
      await report('notified', progress);
      notified = true;
    } else if (notified && undeliverable + (ended ? silent : 0) > 0) {
      await report('again', { silent: ended ? silent : 0, undeliverable });
    }
    if (isOver) {
      await endWave({ recall, wave });
      if (!ended) await report('ended', progress);
      ended = true;
      // Somebody may be written to again since it looked, or hear that it is over; a run that ends doesn't hear of it.
      if (looks === seen) return;
      continue;
    }
    if (workflowInfo().continueAsNewSuggested) {
      await continueAsNew<typeof RecallWave>({ recall, wave, isNotified: notified, hasEnded: ended });
    }
    if (progress.stopped === 'paused') await condition(() => looks > seen, net);
    else await untilDue(progress.nextDue, () => looks > seen);
  }

  async function untilDue(nextDue: string | null, isWoken: () => boolean): Promise<void> {
    const wait = nextDue === null ? 0 : Date.parse(nextDue) - Date.now();
    if (wait > 0) await condition(isWoken, wait);
  }

  /** The recall outlives its waves unless an engineer ended it; then nobody is left to hear. */
  async function report(
    what: Report['report'],
    { silent, undeliverable }: Pick<WaveProgress, 'silent' | 'undeliverable'>,
  ): Promise<void> {
    const id = recallWaveWorkflowId(recall, wave);
    const message: RecallMessage = {
      commandId:
        what === 'again' ? `${id}:${what}:${workflowInfo().runId}:${workflowInfo().historyLength}` : `${id}:${what}`,
      by: id,
      command: { type: 'report_wave', wave, report: what, silent, undeliverable },
    };
    await getExternalWorkflowHandle(recallWorkflowId(recall))
      .signal('report_wave', message)
      .catch(() => undefined);
  }

  function storyOf({ planned, open, nextDue, silent, undeliverable, stopped }: WaveProgress): string {
    const next = nextDue === null ? '' : ` The next notice is due at ${nextDue}.`;
    return (
      `**Wave ${wave} of ${recall}**${stopped === null ? '' : ` · ${stopped}`}: ${planned} to be told yet, ${open} still open, ` +
      `${silent} silent, ${undeliverable} undeliverable.${next}`
    );
  }
}
