import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { WithStartWorkflowOperation } from '@temporalio/client';
import { makeRma } from '../domain/numbers/rma.ts';
import { asNew } from '../local/as-new.ts';
import { lastingAttributes } from '../workflows/return/attributes.ts';
import {
  type CommandOutcome,
  type MessageType,
  type ReturnArguments,
  type ReturnMessage,
  returnWorkflowId,
} from '../workflows/return/messages.ts';
import type { Leg } from './leg.ts';
import { facility } from './sales.ts';

export type Asked = 'create' | 'receive' | 'inspect' | 'confirm_disposition';

/** How long an update took from sent to answered. */
export type Answered = { readonly asked: Asked; readonly ms: number };

export type Opened = { readonly rma: string; readonly sku: string };

/** Journal versions after each step of the happy path, on both sides. */
const labelBought = 2;
const scanned = 3;
const refunded = 6;

const workflowTypes = { engine: 'Return', twin: 'BareReturn' } as const;

declare function Process(start: ReturnArguments): Promise<unknown>;

/** Asks for a return of one unit, as the API does: update-with-start, answered with the decision. Ends with its label. */
export async function open(leg: Leg, hear: (answered: Answered) => void): Promise<Opened> {
  const { order, orderLine, sku } = leg.nextSale();
  const rma = makeRma(randomBytes(8));
  const request: NonNullable<ReturnArguments['request']> = {
    commandId: randomUUID(),
    by: 'bench',
    request: {
      program: 'customer',
      order,
      lines: [{ line: 'L1', orderLine, quantity: 1, reason: 'wrong_size' }],
      method: 'drop_off',
      instrument: 'original',
      facility,
    },
  };
  await timed('create', hear, () =>
    leg.client.workflow.executeUpdateWithStart<typeof Process, CommandOutcome, []>('decision', {
      updateId: randomUUID(),
      startWorkflowOperation: new WithStartWorkflowOperation<typeof Process>(workflowTypes[leg.side], {
        taskQueue: leg.taskQueue,
        workflowId: returnWorkflowId(rma),
        args: [{ rma, request }],
        staticSummary: `Return ${rma} of order ${order}`,
        typedSearchAttributes: lastingAttributes(request.request, [sku]),
        workflowIdConflictPolicy: 'USE_EXISTING',
      }),
    }),
  );
  await leg.progress.reaches(rma, labelBought);
  return { rma, sku };
}

/**
 * The rest of the happy path: the carrier's scan, receipt, inspection, refund, put away, closed. Each message comes when
 * what it is about has happened, and after `pauseMs` more.
 */
export async function finish(
  leg: Leg,
  { rma, sku }: Opened,
  hear: (answered: Answered) => void,
  pauseMs = 0,
): Promise<void> {
  const handle = leg.client.workflow.getHandle(returnWorkflowId(rma));
  const pause = async () => {
    if (pauseMs > 0) await sleep(pauseMs);
  };
  const say = <T extends MessageType>(command: ReturnMessage<T>['command']) => ({
    args: [{ commandId: randomUUID(), by: 'bench', command }] as [ReturnMessage],
  });
  const ask = async (command: Extract<ReturnMessage['command'], { type: Exclude<Asked, 'create'> }>) => {
    await timed(command.type, hear, () =>
      handle.executeUpdate<CommandOutcome, [ReturnMessage], MessageType>(command.type, {
        ...say(command),
        updateId: randomUUID(),
      }),
    );
    await pause();
  };

  await pause();
  const at = new Date().toISOString();
  await handle.signal('track', ...say({ type: 'track', parcel: 'P1', status: 'in_transit', at }).args);
  await leg.progress.reaches(rma, scanned);
  await pause();
  await ask({ type: 'receive', parcel: 'P1', contents: [{ sku, quantity: 1 }], partial: false, weightGrams: 610 });
  await ask({
    type: 'inspect',
    item: 'P1-1',
    findings: [
      {
        quantity: 1,
        facts: asNew,
      },
    ],
  });
  await leg.progress.reaches(rma, refunded);
  await pause();
  await ask({ type: 'confirm_disposition', item: 'P1-1', evidence: 'A-01-03' });
}

/** A whole return. */
export async function returnOne(leg: Leg, hear: (answered: Answered) => void, pauseMs = 0): Promise<string> {
  const opened = await open(leg, hear);
  await finish(leg, opened, hear, pauseMs);
  return opened.rma;
}

async function timed(
  asked: Asked,
  hear: (answered: Answered) => void,
  ask: () => Promise<CommandOutcome>,
): Promise<void> {
  const start = performance.now();
  await ask();
  hear({ asked, ms: performance.now() - start });
}
