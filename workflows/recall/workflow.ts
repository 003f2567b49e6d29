import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { JournalOf } from '../../activities/journal/port.ts';
import type { Recalls } from '../../activities/recalls/port.ts';
import type { RecallOutcomeOfEffect } from '../../domain/recall/commands.ts';
import { recallDecider } from '../../domain/recall/decider.ts';
import type { RecallEffect } from '../../domain/recall/due.ts';
import type { RecallRequest } from '../../domain/recall/events.ts';
import type { RecallProcess } from '../../domain/recall/kind.ts';
import type { Opened } from '../../domain/recall/state.ts';
import { appendThrough, locally, withoutBound } from '../process/append.ts';
import { numberedWorkflow } from '../process/numbered.ts';
import { ownCommands } from '../process/own-commands.ts';
import type { Process } from '../process/process.ts';
import { storyOf } from '../process/story.ts';
import { waitingFor } from '../process/waiting.ts';
import { lastingAttributes } from './attributes.ts';
import { messageTypes, recallWorkflowId } from './messages.ts';
import { story } from './story.ts';

const local = proxyLocalActivities<JournalOf<RecallProcess>>(locally);
const patient = proxyActivities<JournalOf<RecallProcess>>(withoutBound);

/** A trace of many consignees takes its time, and comes to its end whatever crashes. */
const { placeStopSale, planWaves, drawChecks, keepReport, recordTermination, liftStopSale } = proxyActivities<Recalls>({
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '20 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
});
/** Each return decides in a moment; many of them take their time. */
const { stopReturns, releaseReturns } = proxyActivities<Recalls>({
  startToCloseTimeout: '1 hour',
  heartbeatTimeout: '1 minute',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
});
const { startWave, tellWaves, tellWithdrawal, tellTermination } = proxyActivities<Recalls>({
  startToCloseTimeout: '1 minute',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '10 seconds' },
});

/** A recall as the shell runs it: its rules are in domain/recall. */
const recall: Omit<Process<RecallProcess>, 'told'> = {
  ...recallDecider,
  hasEnded: (state) => state.status === 'closed',
  commands: {
    ...ownCommands,
    cancel: () => ({ type: 'cancel', note: null }),
    stale: () => ({ type: 'sync' }),
  },
  messageTypes,
  append: appendThrough<RecallProcess>(local.append, patient.append),
  actQuickly: async () => null,
  actPatiently: act,
  unknown: { code: 'unknown_recall' },
  story: storyOf(recallDecider, story),
  changing: (state, halted) => ({
    status: state.status,
    lots: [],
    ...waitingFor(recallDecider.opened(state), [], halted),
  }),
  lasting: ({ number }) => lastingAttributes(number),
};

function act({ number, termination }: Opened, effect: RecallEffect): Promise<RecallOutcomeOfEffect> {
  const summary = { summary: effect.key };
  switch (effect.kind) {
    case 'place_stop_sale':
      return placeStopSale.executeWithOptions(summary, [{ recall: number, scopeVersion: effect.scopeVersion }]);
    case 'plan_waves': {
      const { scopeVersion, firstWave } = effect;
      return planWaves.executeWithOptions(summary, [{ recall: number, scopeVersion, firstWave }]);
    }
    case 'draw_checks':
      return drawChecks.executeWithOptions(summary, [{ recall: number, draw: effect.draw, share: effect.share }]);
    case 'keep_report':
      return keepReport.executeWithOptions(summary, [{ recall: number }]);
    case 'stop_returns':
      return stopReturns.executeWithOptions(summary, [{ recall: number, scopeVersion: effect.scopeVersion }]);
    case 'start_wave':
      return startWave.executeWithOptions(summary, [{ recall: number, wave: effect.wave }]);
    case 'tell_waves':
      return tellWaves.executeWithOptions(summary, [{ recall: number }]);
    case 'lift_stop_sale':
      return liftStopSale.executeWithOptions(summary, [{ recall: number }]);
    case 'release_returns':
      return releaseReturns.executeWithOptions(summary, [{ recall: number }]);
    case 'tell_withdrawal':
      return tellWithdrawal.executeWithOptions(summary, [{ recall: number }]);
    case 'record_termination':
      return recordTermination.executeWithOptions(summary, [{ recall: number, notice: termination?.notice ?? false }]);
    case 'tell_termination':
      return tellTermination.executeWithOptions(summary, [{ recall: number }]);
  }
}

/** One recall, from its draft until the authority terminates it or it is withdrawn. */
export const Recall = numberedWorkflow<RecallProcess, RecallRequest>({
  process: recall,
  workflowId: recallWorkflowId,
  statusOf: ({ status }) => status,
  first: (number, request) => ({ type: 'draft', number, request }),
});
