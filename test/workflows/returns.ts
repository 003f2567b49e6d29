import { randomBytes, randomUUID } from 'node:crypto';
import { type Client, WithStartWorkflowOperation, type WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { Pool } from 'pg';
import type { JournalRow } from '../../activities/journal/port.ts';
import { processOf } from '../../activities/journal/process.ts';
import { readTail } from '../../activities/journal/tail.ts';
import type { ReasonCode } from '../../domain/reasons.ts';
import type { ReturnCommand, ReturnRequest } from '../../domain/return/commands.ts';
import type { ReturnEvent } from '../../domain/return/events.ts';
import type { Refusal } from '../../domain/return/refusals.ts';
import type { Opened } from '../../domain/return/state.ts';
import { makeRma } from '../../domain/rma.ts';
import { withClient } from '../../prisma/client.ts';
import {
  type CommandOutcome,
  decisionUpdate,
  type MessageType,
  type ReturnArguments,
  type ReturnMessage,
  returnWorkflowId,
  returnWorkflowType,
  stateQuery,
} from '../../workflows/return/messages.ts';
import { facility } from './orders.ts';
import { type Books, booksOf, type Control } from './sandbox.ts';

/** What a test says of the request; the rest is ordinary. */
export type Asked = {
  readonly quantity?: number;
  /** How many of the order's lines, from the first on. */
  readonly lines?: number;
  readonly reason?: ReasonCode;
  readonly method?: 'drop_off' | 'pickup';
  readonly instrument?: 'original' | 'store_credit';
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

export type OpenReturn = {
  readonly rma: string;
  readonly order: string;
  readonly decision: CommandOutcome;
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

/** Facts of goods as good as new. */
export const likeNew = {
  packaging: 'sealed',
  cosmetic: 'pristine',
  function: 'works',
  completeness: 'complete',
  expiry: 'not_applicable',
  contamination: 'none',
} as const;

declare function Return(start: ReturnArguments): Promise<void>;

/** Asks for a return and waits for the decision. */
export async function returnOf(its: Processes, order: string, asked: Asked = {}): Promise<OpenReturn> {
  const rma = makeRma(randomBytes(16));
  await start(its, rma, requestOf(order, asked));
  const decision = await its.client.workflow
    .getHandle(returnWorkflowId(rma))
    .executeUpdate<CommandOutcome, []>(decisionUpdate);
  return openReturn(its, rma, order, decision);
}

export function requestOf(order: string, asked: Asked = {}): ReturnRequest {
  const { quantity = 1, lines = 1, reason = 'changed_mind', method = 'drop_off', instrument = 'original' } = asked;
  return {
    program: 'customer',
    order,
    lines: Array.from({ length: lines }, (_, index) => ({
      line: `L${index + 1}`,
      orderLine: `${order}-${index + 1}`,
      quantity,
      reason,
    })),
    method,
    instrument,
    facility,
  };
}

export async function start(its: Processes, rma: string, request: ReturnRequest): Promise<void> {
  const handle = await its.client.workflow.start<typeof Return>(returnWorkflowType, {
    taskQueue: its.taskQueue,
    workflowId: returnWorkflowId(rma),
    args: [{ rma, request: { commandId: `request-${rma}`, by: 'test', request } }],
    ...(its.workflowTaskTimeout === undefined ? {} : { workflowTaskTimeout: its.workflowTaskTimeout }),
  });
  its.runs.set(handle.firstExecutionRunId, returnWorkflowId(rma));
}

export function openReturn(its: Processes, rma: string, order: string, decision: CommandOutcome): OpenReturn {
  const workflowId = returnWorkflowId(rma);
  const handle = () => its.client.workflow.getHandle(workflowId);
  const message = (command: Message, commandId: string = randomUUID()): ReturnMessage =>
    ({ commandId, by: 'test', command }) as ReturnMessage;
  const again = { taskQueue: its.taskQueue, workflowId, args: [{ rma, request: null }] as [ReturnArguments] };

  const tell: OpenReturn['tell'] = async (command, commandId) => {
    const startWorkflowOperation = new WithStartWorkflowOperation<typeof Return>(returnWorkflowType, {
      ...again,
      workflowIdConflictPolicy: 'USE_EXISTING',
    });
    const update = await its.client.workflow.startUpdateWithStart<typeof Return, CommandOutcome, [ReturnMessage]>(
      command.type,
      { args: [message(command, commandId)], waitForStage: 'ACCEPTED', startWorkflowOperation },
    );
    its.runs.set(update.workflowRunId ?? '', workflowId);
    return await update.result();
  };
  const state: OpenReturn['state'] = async () => await handle().query<Opened>(stateQuery);
  const until: OpenReturn['until'] = async (is) => {
    for (let attempt = 0; attempt < 400; attempt += 1) {
      const now = await state();
      if (is(now)) return now;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`still waiting for ${is}; the state is ${JSON.stringify(await state(), null, 1)}`);
  };
  const journal = () => withClient(its.pool, async (client) => (await readTail(client, processOf(rma), 0)).rows);

  return {
    rma,
    order,
    decision,
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
