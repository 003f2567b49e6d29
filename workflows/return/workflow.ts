import { continueAsNew } from '@temporalio/workflow';
import { returnDecider } from '../../domain/return/decider.ts';
import type { ReturnKind } from '../../domain/return/kind.ts';
import { goodsStatus, moneyStatus } from '../../domain/return/status.ts';
import { ownCommands } from '../process/own-commands.ts';
import type { Process } from '../process/process.ts';
import { type Opening, runProcess } from '../process/run.ts';
import { storyOf } from '../process/story.ts';
import { reasonsOf } from '../process/waiting.ts';
import { actPatiently, actQuickly } from './act.ts';
import { changingAttributes, lastingAttributes } from './attributes.ts';
import { append, openReturn } from './journal.ts';
import { messageTypes, type ReturnArguments, returnWorkflowId, rmaOf } from './messages.ts';
import { story } from './story.ts';

/** A return as the shell runs it: its rules are in domain/return. */
const returnProcess: Process<ReturnKind> = {
  ...returnDecider,
  hasEnded: (state) => state.phase === 'closed',
  commands: {
    ...ownCommands,
    cancel: () => ({ type: 'cancel', note: null }),
    stale: (news) => {
      if (news.type === 'payments') return { type: 'payments_changed', payments: news.payments };
      if (news.type === 'stop_sale') return { type: 'stop_goods', recall: news.recall, goods: news.goods };
      if (news.type === 'basket') return { type: 'basket_changed', basket: news.basket };
      return { type: 'ledger_disagrees', detail: news.detail };
    },
  },
  messageTypes,
  append,
  actQuickly,
  actPatiently,
  unknown: { code: 'unknown_return' },
  told: (id, state, version, events) => ({
    rma: rmaOf(id),
    version,
    goods: goodsStatus(state),
    money: moneyStatus(state),
    events,
    attention: reasonsOf(returnDecider.opened(state)),
  }),
  story: storyOf(returnDecider, story),
  changing: changingAttributes,
  lasting: (state) =>
    lastingAttributes(
      state,
      Object.values(state.lines).map((line) => line.sold.sku),
    ),
};

/** One return, from its request to its closing. */
export async function Return({ rma, request, carried }: ReturnArguments): Promise<{ goods: string; money: string }> {
  const state = await runProcess(returnProcess, {
    id: returnWorkflowId(rma),
    carried,
    commandId: request?.commandId ?? null,
    open: () => openReturn({ rma, request: request?.request ?? null }).then(openingOf),
    goOn: (carriedOver) => continueAsNew<typeof Return>({ rma, request: null, carried: carriedOver }),
  });
  return { goods: goodsStatus(state), money: moneyStatus(state) };

  function openingOf(opened: Awaited<ReturnType<typeof openReturn>>): Opening<ReturnKind> {
    if (opened.type !== 'new' || request === null) return opened.type === 'new' ? { type: 'unknown' } : opened;
    const command = { type: 'request', rma, request: request.request, facts: opened.facts } as const;
    return { type: 'new', first: { commandId: request.commandId, by: request.by, command } };
  }
}
