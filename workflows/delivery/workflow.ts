import { continueAsNew, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { Deliveries } from '../../activities/deliveries/port.ts';
import type { JournalOf } from '../../activities/journal/port.ts';
import type { Returns } from '../../activities/returns/port.ts';
import type { DeliveryOutcomeOfEffect } from '../../domain/delivery/commands.ts';
import { deliveryDecider } from '../../domain/delivery/decider.ts';
import type { DeliveryEffect } from '../../domain/delivery/due.ts';
import { deadlines } from '../../domain/delivery/due.ts';
import type { DeliveryKind } from '../../domain/delivery/kind.ts';
import type { Opened } from '../../domain/delivery/state.ts';
import { appendThrough, localFirst, locally, withoutBound } from '../process/append.ts';
import { lastingPairs } from '../process/attributes.ts';
import { ownCommands } from '../process/own-commands.ts';
import type { Process } from '../process/process.ts';
import { type Opening, runProcess } from '../process/run.ts';
import { storyOf } from '../process/story.ts';
import { reasonsOf, waitingFor } from '../process/waiting.ts';
import { type DeliveryArguments, deliveryWorkflowId, messageTypes, trackingOf } from './messages.ts';
import { story } from './story.ts';

type DeliveryJournal = JournalOf<DeliveryKind> & Pick<Deliveries, 'openDelivery'>;
const local = proxyLocalActivities<DeliveryJournal>(locally);
const patient = proxyActivities<DeliveryJournal>(withoutBound);

/** Until the return has it, however long that takes. */
const { startReturn, tellReturn } = proxyActivities<Deliveries & Returns>({
  startToCloseTimeout: '15 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
});

/** A delivery that went wrong as the shell runs it: its rules are in domain/delivery. */
const delivery: Process<DeliveryKind> = {
  ...deliveryDecider,
  hasEnded: (state) => state.status === 'closed',
  commands: {
    ...ownCommands,
    // A parcel on its way can't be called off: its carrier has it.
    cancel: () => ({ type: 'sync' }),
    stale: () => ({ type: 'sync' }),
  },
  messageTypes,
  append: appendThrough<DeliveryKind>(local.append, patient.append),
  actQuickly: async () => null,
  actPatiently: act,
  unknown: { code: 'unknown_delivery' },
  told: (id, state, version, events) => ({
    tracking: trackingOf(id),
    version,
    status: state.status,
    events,
    attention: reasonsOf(deliveryDecider.opened(state)),
  }),
  story: storyOf(deliveryDecider, story),
  changing: (state, halted) => ({
    status: state.status,
    lots: [],
    ...waitingFor(deliveryDecider.opened(state), deadlines(state), halted),
  }),
  lasting: ({ order, carrier, lines }) =>
    lastingPairs(
      'delivery',
      carrier,
      [order],
      lines.map(({ sku }) => sku),
    ),
};

async function act(state: Opened, effect: DeliveryEffect): Promise<DeliveryOutcomeOfEffect> {
  const { tracking, carrier, order, lines, tracked, openedAt, withdrawal } = state;
  const summary = { summary: effect.key };
  if (effect.kind === 'start_return') {
    const outbound = { carrier, tracking, at: tracked?.at ?? openedAt };
    const { reason } = effect;
    return await startReturn.executeWithOptions(summary, [{ order, lines, reason, outbound, withdrawal }]);
  }
  const id = deliveryWorkflowId(tracking);
  const { rma, remedy } = effect;
  const message = { commandId: `${id}:${effect.id}`, by: id, command: { type: 'choose_remedy', remedy } } as const;
  return await tellReturn.executeWithOptions(summary, [{ rma, message }]);
}

/** A parcel that its carrier can't deliver, from the first trouble until its buyer has it, or its goods are a return. */
export async function Delivery({ tracking, carried }: DeliveryArguments): Promise<{ status: string }> {
  const state = await runProcess(delivery, {
    id: deliveryWorkflowId(tracking),
    carried,
    commandId: null,
    open,
    goOn: (carriedOver) => continueAsNew<typeof Delivery>({ tracking, carried: carriedOver }),
  });
  return { status: state.status };

  async function open(): Promise<Opening<DeliveryKind>> {
    const opened = await localFirst(
      () => local.openDelivery({ tracking }),
      () => patient.openDelivery({ tracking }),
    );
    if (opened.type !== 'new') return opened;
    const first = { commandId: 'open', by: 'engine', command: { type: 'open', facts: opened.facts } } as const;
    return { type: 'new', first };
  }
}
