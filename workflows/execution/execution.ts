import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { JournalOf } from '../../activities/journal/port.ts';
import type { ExecutionOf, ExecutionParts } from '../../domain/execution/kind.ts';
import type { ExecutionKind } from '../../domain/execution/projection.ts';
import type { Decider } from '../../domain/process/kind.ts';
import { appendThrough, locally, withoutBound } from '../process/append.ts';
import { fitting, lastingPairs } from '../process/attributes.ts';
import { numberedWorkflow } from '../process/numbered.ts';
import { ownCommands } from '../process/own-commands.ts';
import type { Process } from '../process/process.ts';
import { type Shown, storyOf } from '../process/story.ts';
import { tell } from '../process/tell.ts';
import { waitingFor } from '../process/waiting.ts';
import type { ExecutionArguments } from './messages.ts';

/** What a kind of execution says of itself. */
type Own<P extends ExecutionParts> = {
  readonly kind: ExecutionKind;
  readonly decider: Decider<ExecutionOf<P>>;
  readonly messageTypes: readonly ExecutionOf<P>['command']['type'][];
  /** A cancellation that is asked for in Temporal, without a word. */
  readonly cancel: () => P['command'];
  readonly workflowId: (number: string) => string;
  /** The status of one that its journal doesn't know yet. */
  readonly firstStatus: string;
  readonly statusOf: (state: P['opened']) => string;
  readonly story: (state: P['opened'], version: number) => Shown;
};

/**
 * Makes the workflow of a kind of execution: goods of many returns that go one way together, from the request until each
 * return has heard what became of its items.
 */
export const executionWorkflow = <P extends ExecutionParts>(
  own: Own<P>,
): ((started: ExecutionArguments<P>) => Promise<{ status: string }>) =>
  numberedWorkflow<ExecutionOf<P>, P['request']>({
    process: processOf(own),
    workflowId: own.workflowId,
    statusOf: (state) => statusOf(own, state),
    first: (number, request) => ({ type: 'request', number, request }),
  });

const statusOf = <P extends ExecutionParts>({ decider, statusOf: status }: Own<P>, state: P['state']): string => {
  const opened = decider.opened(state);
  return opened === null ? 'initial' : status(opened);
};

/** An execution as the shell runs it: its rules are in domain/. */
function processOf<P extends ExecutionParts>(own: Own<P>): Omit<Process<ExecutionOf<P>>, 'told'> {
  const local = proxyLocalActivities<JournalOf<ExecutionOf<P>>>(locally);
  const patient = proxyActivities<JournalOf<ExecutionOf<P>>>(withoutBound);
  const { decider, kind, messageTypes, cancel, firstStatus, story } = own;
  const { opened, deadlines } = decider;
  return {
    ...decider,
    hasEnded: (state) => {
      const now = opened(state);
      return now !== null && now.closedAt !== null;
    },
    commands: {
      ...ownCommands,
      cancel,
      stale: (news) => (news.type === 'ledger' ? { type: 'ledger_disagrees', detail: news.detail } : { type: 'sync' }),
    },
    messageTypes,
    append: appendThrough<ExecutionOf<P>>(local.append, patient.append),
    // A return is told by a regular activity: its own worker may be this one, whose slot a local one would hold.
    actQuickly: async () => null,
    actPatiently: (state, effect) => tell(state.number, effect),
    unknown: { code: 'unknown_execution' },
    story: storyOf(decider, story),
    changing: (state, halted) => {
      const now = opened(state);
      const lots = now === null ? [] : Object.values(now.items).flatMap(({ lot }) => lot ?? []);
      return {
        status: now === null ? firstStatus : own.statusOf(now),
        lots: fitting(lots),
        ...waitingFor(now, deadlines(state), halted),
      };
    },
    lasting: ({ facility, items }) =>
      lastingPairs(
        kind,
        facility,
        [],
        Object.values(items).map(({ sku }) => sku),
      ),
  };
}
