import { continueAsNew, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { JournalOf, JournalReading } from '../../activities/journal/port.ts';
import type { Recalls } from '../../activities/recalls/port.ts';
import type { RecallOutcomeOfEffect } from '../../domain/recall/commands.ts';
import { recallDecider } from '../../domain/recall/decider.ts';
import type { RecallEffect } from '../../domain/recall/due.ts';
import type { RecallProcess } from '../../domain/recall/kind.ts';
import type { Opened } from '../../domain/recall/state.ts';
import { appendThrough, localFirst, locally, withoutBound } from '../process/append.ts';
import { ownCommands } from '../process/own-commands.ts';
import type { Process } from '../process/process.ts';
import { type Opening, runProcess } from '../process/run.ts';
import { storyOf } from '../process/story.ts';
import { reasonsOf, waitingFor } from '../process/waiting.ts';
import { lastingAttributes } from './attributes.ts';
import { messageTypes, type RecallArguments, recallOf, recallWorkflowId } from './messages.ts';
import { story } from './story.ts';

type RecallJournal = JournalOf<RecallProcess> & JournalReading<RecallProcess>;
const local = proxyLocalActivities<RecallJournal>(locally);
const patient = proxyActivities<RecallJournal>(withoutBound);

/** A trace of many consignees takes its time, and comes to its end whatever crashes. */
const { placeStopSale, planWaves } = proxyActivities<Recalls>({
  startToCloseTimeout: '10 minutes',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
});
const { startWave, tellWaves } = proxyActivities<Recalls>({
  startToCloseTimeout: '1 minute',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '10 seconds' },
});

/** A recall as the shell runs it: its rules are in domain/recall. */
const recall: Process<RecallProcess> = {
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
  told: (id, state, version, events) => ({
    number: recallOf(id),
    version,
    status: state.status,
    events,
    attention: reasonsOf(recallDecider.opened(state)),
  }),
  story: storyOf(recallDecider, story),
  changing: (state, halted) => ({
    status: state.status,
    lots: [],
    ...waitingFor(recallDecider.opened(state), [], halted),
  }),
  lasting: ({ number }) => lastingAttributes(number),
};

function act({ number }: Opened, effect: RecallEffect): Promise<RecallOutcomeOfEffect> {
  const summary = { summary: effect.key };
  switch (effect.kind) {
    case 'place_stop_sale':
      return placeStopSale.executeWithOptions(summary, [{ recall: number, scopeVersion: effect.scopeVersion }]);
    case 'plan_waves': {
      const { scopeVersion, firstWave } = effect;
      return planWaves.executeWithOptions(summary, [{ recall: number, scopeVersion, firstWave }]);
    }
    case 'start_wave':
      return startWave.executeWithOptions(summary, [{ recall: number, wave: effect.wave }]);
    case 'tell_waves':
      return tellWaves.executeWithOptions(summary, [{ recall: number }]);
  }
}

/** One recall, from its draft until the authority terminates it. */
export async function Recall({ number, request, carried }: RecallArguments): Promise<{ status: string }> {
  const id = recallWorkflowId(number);
  const state = await runProcess(recall, {
    id,
    carried,
    commandId: request?.commandId ?? null,
    open,
    goOn: (carriedOver) => continueAsNew<typeof Recall>({ number, request: null, carried: carriedOver }),
  });
  return { status: state.status };

  async function open(): Promise<Opening<RecallProcess>> {
    const rows = await localFirst(
      () => local.readJournal({ process: id }),
      () => patient.readJournal({ process: id }),
    );
    if (rows.length > 0) return { type: 'known', rows };
    if (request === null) return { type: 'unknown' };
    const { commandId, by } = request;
    return { type: 'new', first: { commandId, by, command: { type: 'draft', number, request: request.request } } };
  }
}
