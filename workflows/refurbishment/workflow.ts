import { continueAsNew, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { JournalOf, JournalReading } from '../../activities/journal/port.ts';
import { refurbishmentDecider } from '../../domain/refurbishment/decider.ts';
import type { RefurbishmentKind } from '../../domain/refurbishment/kind.ts';
import { statusOf } from '../../domain/refurbishment/state.ts';
import { appendThrough, localFirst, locally, withoutBound } from '../process/append.ts';
import type { Process } from '../process/process.ts';
import { type Opening, runProcess } from '../process/run.ts';
import { tell } from '../process/tell.ts';
import { changingAttributes, lastingAttributes } from './attributes.ts';
import { messageTypes, numberOf, type RefurbishmentArguments, refurbishmentWorkflowId } from './messages.ts';
import { story } from './story.ts';

type RefurbishmentJournal = JournalOf<RefurbishmentKind> & JournalReading<RefurbishmentKind>;
const local = proxyLocalActivities<RefurbishmentJournal>(locally);
const patient = proxyActivities<RefurbishmentJournal>(withoutBound);

/** A refurbishment as the shell runs it: its rules are in domain/refurbishment. */
const refurbishment: Process<RefurbishmentKind> = {
  ...refurbishmentDecider,
  hasEnded: (state) => state.phase === 'closed',
  commands: {
    deadline: ({ deadline, at }) => ({ type: 'deadline', deadline, due: at }),
    outcome: (effect, outcome) => ({ type: 'outcome', effect: effect.key, outcome }),
    cancel: () => ({ type: 'cancel', partsBack: false, note: null }),
    stale: (news) => (news.type === 'ledger' ? { type: 'ledger_disagrees', detail: news.detail } : { type: 'sync' }),
  },
  messageTypes,
  append: appendThrough<RefurbishmentKind>(local.append, patient.append),
  // A return is told by a regular activity: its own worker may be this one, whose slot a local one would hold.
  actQuickly: async () => null,
  actPatiently: (state, effect) => tell(state.number, effect),
  unknown: { code: 'unknown_execution' },
  told: (id, state, version, events) => ({
    number: numberOf(id),
    version,
    status: state.phase === 'initial' ? 'initial' : statusOf(state),
    events,
    attention: state.phase === 'initial' ? [] : Object.values(state.attention).map((open) => open.reason),
  }),
  story,
  changing: changingAttributes,
  lasting: ({ facility, sku }) => lastingAttributes(facility, sku),
};

/** Work on goods, from the request of their items to the day when each return has its item back. */
export async function Refurbishment({ number, request, carried }: RefurbishmentArguments): Promise<{ status: string }> {
  const id = refurbishmentWorkflowId(number);
  const state = await runProcess(refurbishment, {
    id,
    carried,
    commandId: request?.commandId ?? null,
    open,
    goOn: (carriedOver) => continueAsNew<typeof Refurbishment>({ number, request: null, carried: carriedOver }),
  });
  return { status: state.phase };

  async function open(): Promise<Opening<RefurbishmentKind>> {
    const rows = await localFirst(
      () => local.readJournal({ process: id }),
      () => patient.readJournal({ process: id }),
    );
    if (rows.length > 0) return { type: 'known', rows };
    if (request === null) return { type: 'unknown' };
    const { commandId, by } = request;
    return { type: 'new', first: { commandId, by, command: { type: 'request', number, request: request.request } } };
  }
}
