import { continueAsNew, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { JournalOf, JournalReading } from '../../activities/journal/port.ts';
import { certifiedDisposalDecider } from '../../domain/certified-disposal/decider.ts';
import type { CertifiedDisposalKind } from '../../domain/certified-disposal/kind.ts';
import { appendThrough, localFirst, locally, withoutBound } from '../process/append.ts';
import type { Process } from '../process/process.ts';
import { type Opening, runProcess } from '../process/run.ts';
import { tell } from '../process/tell.ts';
import { changingAttributes, lastingAttributes } from './attributes.ts';
import { type CertifiedDisposalArguments, certifiedDisposalWorkflowId, messageTypes, numberOf } from './messages.ts';
import { story } from './story.ts';

type CertifiedDisposalJournal = JournalOf<CertifiedDisposalKind> & JournalReading<CertifiedDisposalKind>;
const local = proxyLocalActivities<CertifiedDisposalJournal>(locally);
const patient = proxyActivities<CertifiedDisposalJournal>(withoutBound);

/** A certified disposal as the shell runs it: its rules are in domain/certified-disposal. */
const certifiedDisposal: Process<CertifiedDisposalKind> = {
  ...certifiedDisposalDecider,
  hasEnded: (state) => state.status === 'closed',
  commands: {
    deadline: ({ deadline, at }) => ({ type: 'deadline', deadline, due: at }),
    outcome: (effect, outcome) => ({ type: 'outcome', effect: effect.key, outcome }),
    cancel: () => ({ type: 'cancel', note: null }),
    stale: (news) => (news.type === 'ledger' ? { type: 'ledger_disagrees', detail: news.detail } : { type: 'sync' }),
  },
  messageTypes,
  append: appendThrough<CertifiedDisposalKind>(local.append, patient.append),
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

/** Goods of many returns that are donated, recycled or destroyed, from the request to the certificate. */
export async function CertifiedDisposal({
  number,
  request,
  carried,
}: CertifiedDisposalArguments): Promise<{ status: string }> {
  const id = certifiedDisposalWorkflowId(number);
  const state = await runProcess(certifiedDisposal, {
    id,
    carried,
    commandId: request?.commandId ?? null,
    open,
    goOn: (carriedOver) => continueAsNew<typeof CertifiedDisposal>({ number, request: null, carried: carriedOver }),
  });
  return { status: state.status };

  async function open(): Promise<Opening<CertifiedDisposalKind>> {
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
