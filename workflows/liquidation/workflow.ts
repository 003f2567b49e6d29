import { continueAsNew, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { JournalOf, JournalReading } from '../../activities/journal/port.ts';
import { liquidationDecider } from '../../domain/liquidation/decider.ts';
import type { LiquidationKind } from '../../domain/liquidation/kind.ts';
import { appendThrough, localFirst, locally, withoutBound } from '../process/append.ts';
import type { Process } from '../process/process.ts';
import { type Opening, runProcess } from '../process/run.ts';
import { tell } from '../process/tell.ts';
import { changingAttributes, lastingAttributes } from './attributes.ts';
import { type LiquidationArguments, liquidationWorkflowId, messageTypes, numberOf } from './messages.ts';
import { story } from './story.ts';

type LiquidationJournal = JournalOf<LiquidationKind> & JournalReading<LiquidationKind>;
const local = proxyLocalActivities<LiquidationJournal>(locally);
const patient = proxyActivities<LiquidationJournal>(withoutBound);

/** A liquidation as the shell runs it: its rules are in domain/liquidation. */
const liquidation: Process<LiquidationKind> = {
  ...liquidationDecider,
  hasEnded: (state) => state.status === 'closed',
  commands: {
    deadline: ({ deadline, at }) => ({ type: 'deadline', deadline, due: at }),
    outcome: (effect, outcome) => ({ type: 'outcome', effect: effect.key, outcome }),
    cancel: () => ({ type: 'cancel', note: null, instead: null }),
    stale: (news) => (news.type === 'ledger' ? { type: 'ledger_disagrees', detail: news.detail } : { type: 'sync' }),
  },
  messageTypes,
  append: appendThrough<LiquidationKind>(local.append, patient.append),
  // A return is told by a regular activity: its own worker may be this one, whose slot a local one would hold.
  actQuickly: async () => null,
  actPatiently: (state, effect) => tell(state.number, effect),
  unknown: { code: 'unknown_execution' },
  told: (id, state, version, events) => ({
    number: numberOf(id),
    version,
    status: state.status,
    events,
    attention: state.status === 'initial' ? [] : Object.values(state.attention).map((open) => open.reason),
  }),
  story,
  changing: changingAttributes,
  lasting: ({ facility, items }) =>
    lastingAttributes(
      facility,
      Object.values(items).map(({ sku }) => sku),
    ),
};

/** Goods of many returns that are sold together, from the first bid to the last payment. */
export async function Liquidation({ number, request, carried }: LiquidationArguments): Promise<{ status: string }> {
  const id = liquidationWorkflowId(number);
  const state = await runProcess(liquidation, {
    id,
    carried,
    commandId: request?.commandId ?? null,
    open,
    goOn: (carriedOver) => continueAsNew<typeof Liquidation>({ number, request: null, carried: carriedOver }),
  });
  return { status: state.status };

  async function open(): Promise<Opening<LiquidationKind>> {
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
