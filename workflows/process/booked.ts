import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { JournalOf, StaleNews } from '../../activities/journal/port.ts';
import type { Decider } from '../../domain/process/kind.ts';
import type { NumberedOf, NumberedParts } from '../../domain/process/numbered.ts';
import { appendThrough, locally, withoutBound } from './append.ts';
import { fitting, lastingPairs } from './attributes.ts';
import type { NumberedArguments } from './messages.ts';
import { numberedWorkflow } from './numbered.ts';
import { ownCommands } from './own-commands.ts';
import type { Process } from './process.ts';
import { type Shown, storyOf } from './story.ts';
import { waitingFor } from './waiting.ts';

/** What engineers find a process by. */
export type FoundBy = {
  readonly facility: string | null;
  readonly orders: readonly string[];
  readonly skus: readonly string[];
};

/** What such a kind of process says of itself. */
export type BookedProcess<P extends NumberedParts> = {
  /** As engineers search for it. */
  readonly kind: string;
  readonly decider: Decider<NumberedOf<P>>;
  readonly messageTypes: readonly NumberedOf<P>['command']['type'][];
  /** A cancellation that is asked for in Temporal, without a word. */
  readonly cancel: () => P['command'];
  /** A recall has stopped what was to be put away; absent where it puts nothing away. */
  readonly stopped?: (news: Extract<StaleNews, { type: 'stop_sale' }>) => P['command'];
  readonly workflowId: (number: string) => string;
  /** The status of one that its journal doesn't know yet. */
  readonly firstStatus: string;
  readonly statusOf: (state: P['opened']) => string;
  readonly story: (state: P['opened'], version: number) => Shown;
  readonly unknown: P['refusal'];
  /** Carries out an effect, and says what came of it; never fails. */
  readonly act: (state: P['opened'], effect: P['effect']) => Promise<P['outcome']>;
  readonly lots: (state: P['opened']) => readonly string[];
  readonly foundBy: (state: P['opened']) => FoundBy;
};

/** Makes the workflow of a kind of process that has a number and is in the books: from its request until nothing is left to do. */
export const bookedWorkflow = <P extends NumberedParts>(
  own: BookedProcess<P>,
): ((started: NumberedArguments<P['state'], P['request']>) => Promise<{ status: string }>) =>
  numberedWorkflow<NumberedOf<P>, P['request']>({
    process: processOf(own),
    workflowId: own.workflowId,
    statusOf: (state) => {
      const opened = own.decider.opened(state);
      return opened === null ? 'initial' : own.statusOf(opened);
    },
    first: (number, request) => ({ type: 'request', number, request }),
  });

function processOf<P extends NumberedParts>(own: BookedProcess<P>): Omit<Process<NumberedOf<P>>, 'told'> {
  const local = proxyLocalActivities<JournalOf<NumberedOf<P>>>(locally);
  const patient = proxyActivities<JournalOf<NumberedOf<P>>>(withoutBound);
  const { decider, kind, messageTypes, cancel, firstStatus, story, unknown, act } = own;
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
      stale: (news) => {
        if (news.type === 'ledger') return { type: 'ledger_disagrees', detail: news.detail };
        return news.type === 'stop_sale' && own.stopped !== undefined ? own.stopped(news) : { type: 'sync' };
      },
    },
    messageTypes,
    append: appendThrough<NumberedOf<P>>(local.append, patient.append),
    // Others are told by a regular activity: their own worker may be this one, whose slot a local one would hold.
    actQuickly: async () => null,
    actPatiently: act,
    unknown,
    story: storyOf(decider, story),
    changing: (state, halted) => {
      const now = opened(state);
      return {
        status: now === null ? firstStatus : own.statusOf(now),
        lots: now === null ? [] : fitting(own.lots(now)),
        ...waitingFor(now, deadlines(state), halted),
      };
    },
    lasting: (state) => {
      const { facility, orders, skus } = own.foundBy(state);
      return lastingPairs(kind, facility, orders, skus);
    },
  };
}
