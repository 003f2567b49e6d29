import { randomBytes, randomUUID } from 'node:crypto';
import { type Client, ServiceError, WithStartWorkflowOperation, type WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure, WorkflowNotFoundError } from '@temporalio/common';
import type { Pool } from 'pg';
import type { JournalRow } from '../../activities/journal/port.ts';
import { processOf } from '../../activities/journal/process.ts';
import { readTail } from '../../activities/journal/tail.ts';
import type { CardConsent } from '../../domain/money/card-consent.ts';
import { makeRma } from '../../domain/numbers/rma.ts';
import type { ReasonCode } from '../../domain/reasons.ts';
import type { ReturnCommand } from '../../domain/return/commands.ts';
import type { ReturnEvent } from '../../domain/return/events.ts';
import type { Refusal } from '../../domain/return/refusals.ts';
import type { ReturnRequest, WantedGoods } from '../../domain/return/request.ts';
import type { Opened } from '../../domain/return/state.ts';
import { withClient } from '../../prisma/client.ts';
import { decisionUpdate, stateQuery } from '../../workflows/process/messages.ts';
import {
  type CommandOutcome,
  type MessageType,
  type ReturnArguments,
  type ReturnMessage,
  returnWorkflowId,
  returnWorkflowType,
} from '../../workflows/return/messages.ts';
import { facility } from './orders.ts';
import { type Books, booksOf, type Control } from './sandbox.ts';

/** What a test says of the request; the rest is ordinary. */
export type Asked = {
  readonly quantity?: number;
  /** How many of the order's lines, from the first on. */
  readonly lines?: number;
  readonly reason?: ReasonCode;
  readonly method?: 'drop_off' | 'pickup' | 'freight';
  readonly instrument?: 'original' | 'store_credit' | 'exchange' | 'replacement' | 'repair';
  readonly wanted?: readonly WantedGoods[];
  readonly acceptsStoreCredit?: true;
  readonly program?: 'customer' | 'warranty';
  /** The card may be held, and charged. */
  readonly consent?: CardConsent;
};

export type Processes = {
  readonly client: Client;
  readonly taskQueue: string;
  /** Run id to workflow id of all runs that were seen. */
  readonly runs: Map<string, string>;
  /** How long a worker may keep a workflow task; the server's default unless given. */
  readonly workflowTaskTimeout?: string;
  readonly pool: Pool;
  readonly control: Control;
  readonly skip: (duration: string | number) => Promise<void>;
  readonly now: () => Promise<number>;
};

type Message = Extract<ReturnCommand, { type: MessageType }>;

/** A return that was asked for and decided. */
export type OpenReturn = AskedReturn & { readonly decision: CommandOutcome };

export type AskedReturn = {
  readonly rma: string;
  readonly order: string;
  /** By update; a return that is closed is opened again by it. */
  readonly tell: (command: Message, commandId?: string) => Promise<CommandOutcome>;
  /** By update, where a refusal is expected. */
  readonly refusal: (command: Message, commandId?: string) => Promise<Refusal>;
  readonly signal: (command: Message, commandId?: string) => Promise<void>;
  readonly state: () => Promise<Opened>;
  /** Until something is true of the state; without skipping time. */
  readonly until: (is: (state: Opened) => boolean) => Promise<Opened>;
  /** Lets time pass. */
  readonly skip: (duration: string) => Promise<void>;
  /** Lets time pass, and then waits for what must come of it. */
  readonly after: (duration: string, is: (state: Opened) => boolean) => Promise<Opened>;
  /** A person settles what waits for one under this reason. */
  readonly resolve: (
    reason: string,
    resolution: Extract<ReturnCommand, { type: 'resolve' }>['resolution'],
  ) => Promise<CommandOutcome>;
  readonly journal: () => Promise<readonly JournalRow[]>;
  readonly events: <T extends ReturnEvent['type']>(type: T) => Promise<Extract<ReturnEvent, { type: T }>[]>;
  readonly books: () => Promise<Books>;
  readonly closed: () => Promise<unknown>;
  /** The server's time. */
  readonly now: () => Promise<string>;
  readonly handle: () => WorkflowHandle;
};

declare function Return(start: ReturnArguments): Promise<void>;

/** Asks for a return and waits for the decision. */
export async function returnOf(processes: Processes, order: string, asked: Asked = {}): Promise<OpenReturn> {
  const its = await askFor(processes, order, asked);
  return { ...its, decision: await its.handle().executeUpdate<CommandOutcome, []>(decisionUpdate) };
}

/** Asks for a return, and doesn't wait. */
export async function askFor(
  processes: Processes,
  order: string,
  asked: Asked = {},
  rma = makeRma(randomBytes(16)),
): Promise<AskedReturn> {
  const { client, taskQueue, runs, workflowTaskTimeout } = processes;
  const workflowId = returnWorkflowId(rma);
  const handle = await client.workflow.start<typeof Return>(returnWorkflowType, {
    taskQueue,
    workflowId,
    args: [{ rma, request: { commandId: 'request', by: 'test', request: requestOf(order, asked) } }],
    ...(workflowTaskTimeout === undefined ? {} : { workflowTaskTimeout }),
  });
  runs.set(handle.firstExecutionRunId, workflowId);
  return askedReturn(processes, rma, order);
}

export function requestOf(order: string, asked: Asked = {}): ReturnRequest {
  const {
    quantity = 1,
    lines = 1,
    reason = 'changed_mind',
    method = 'drop_off',
    instrument = 'original',
    wanted = [],
    program = 'customer',
  } = asked;
  return {
    program,
    order,
    lines: Array.from({ length: lines }, (_, index) => ({
      line: `L${index + 1}`,
      orderLine: `${order}-${index + 1}`,
      quantity,
      reason,
    })),
    method,
    instrument,
    ...(instrument === 'exchange' ? { wanted } : {}),
    ...(asked.consent === undefined ? {} : { consent: asked.consent }),
    ...(asked.acceptsStoreCredit === undefined ? {} : { acceptsStoreCredit: asked.acceptsStoreCredit }),
    facility,
  };
}

export function askedReturn(its: Processes, rma: string, order: string): AskedReturn {
  const workflowId = returnWorkflowId(rma);
  const handle = () => its.client.workflow.getHandle(workflowId);
  const message = (command: Message, commandId: string = randomUUID()): ReturnMessage =>
    ({ commandId, by: 'test', command }) as ReturnMessage;
  const again = { taskQueue: its.taskQueue, workflowId, args: [{ rma, request: null }] as [ReturnArguments] };

  // As the API does it: with a start only where the return has ended.
  const tell: AskedReturn['tell'] = async (command, commandId) => {
    const args: [ReturnMessage] = [message(command, commandId)];
    const update = await handle()
      .startUpdate<CommandOutcome, [ReturnMessage]>(command.type, { args, waitForStage: 'ACCEPTED' })
      .catch(async (error: unknown) => {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
        return await its.client.workflow.startUpdateWithStart<typeof Return, CommandOutcome, [ReturnMessage]>(
          command.type,
          {
            args,
            waitForStage: 'ACCEPTED',
            startWorkflowOperation: new WithStartWorkflowOperation<typeof Return>(returnWorkflowType, {
              ...again,
              workflowIdConflictPolicy: 'USE_EXISTING',
            }),
          },
        );
      });
    its.runs.set(update.workflowRunId ?? '', workflowId);
    return await update.result();
  };
  const state: AskedReturn['state'] = async () => await handle().query<Opened>(stateQuery);
  const until: AskedReturn['until'] = async (is) => {
    for (let attempt = 0; attempt < 400; attempt += 1) {
      // A query fails while the task of a worker that was killed hasn't been given to another one.
      const now = await state().catch((error: unknown) => {
        if (error instanceof ServiceError) return null;
        throw error;
      });
      if (now !== null && 'parcels' in now && is(now)) return now;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`still waiting for ${is}; the state is ${JSON.stringify(await state(), null, 1)}`);
  };
  const journal = () => withClient(its.pool, async (client) => (await readTail(client, processOf(rma), 0)).rows);

  return {
    rma,
    order,
    tell,
    refusal: async (command, commandId) => {
      try {
        await tell(command, commandId);
      } catch (error) {
        const cause = error instanceof Error ? error.cause : undefined;
        if (cause instanceof ApplicationFailure && cause.type === 'refused') return cause.details?.[0] as Refusal;
        throw error;
      }
      throw new Error(`${command.type} was not refused`);
    },
    signal: async (command, commandId) => {
      const { signaledRunId } = await its.client.workflow.signalWithStart(returnWorkflowType, {
        ...again,
        signal: command.type,
        signalArgs: [message(command, commandId)],
      });
      its.runs.set(signaledRunId, workflowId);
    },
    state,
    until,
    skip: its.skip,
    after: async (duration, is) => {
      await its.skip(duration);
      return await until(is);
    },
    resolve: async (reason, resolution) => {
      const open = Object.values((await state()).attention).find((each) => each.reason === reason);
      if (open === undefined) throw new Error(`nothing waits for a person because of ${reason}`);
      return await tell({ type: 'resolve', attention: open.attention, resolution, note: 'N1' });
    },
    journal,
    events: async <T extends ReturnEvent['type']>(type: T) =>
      (await journal())
        .flatMap((row) => row.events)
        .filter((event): event is Extract<ReturnEvent, { type: T }> => event.type === type),
    books: () => booksOf(its.control, rma),
    closed: async () => await handle().result(),
    now: async () => new Date(await its.now()).toISOString(),
    handle,
  };
}
