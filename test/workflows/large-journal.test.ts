import { defaultPayloadConverter } from '@temporalio/common';
import { expect, test, vi } from 'vitest';
import { type ReturnArguments, returnWorkflowId } from '../../workflows/return/messages.ts';
import { asNew } from '../domain/sale.ts';
import { impatient } from './impatient-server.ts';
import type { OpenReturn } from './returns.ts';
import { aWorld } from './world.ts';

const world = aWorld({ server: impatient });

/** What Temporal refuses as a payload. */
const mostBytes = 2 * 1024 * 1024;
const lots = 500;
const deliveries = 5;

/** Goods that come in several deliveries of many lots: each lot is an item of its own. */
async function inManyLots(): Promise<OpenReturn> {
  const its = await world().aReturn({
    lines: 5,
    quantity: lots,
    unitPrice: 100,
    method: 'freight',
    policy: { methods: ['freight'], review: { aboveAmount: {}, frequentReturns: { count: 5, days: 90 } } },
  });
  for (let delivery = 1; delivery <= deliveries; delivery += 1) {
    const contents = Array.from({ length: lots }, (_, index) => ({
      sku: delivery === 1 ? 'KETTLE' : `KETTLE-${delivery}`,
      quantity: 1,
      lot: `LOT-${delivery}-${index}`,
    }));
    const partial = delivery < deliveries;
    await its.tell({ type: 'receive', parcel: null, contents, partial, delivery: `ASN-${delivery}` });
  }
  return its;
}

const bytesOfJournal = async (its: OpenReturn) => JSON.stringify(await its.journal()).length;
const runOf = async (its: OpenReturn) => (await its.handle().describe()).runId;

/** Whether a run had to read its state, as the one before couldn't carry it. */
async function wasTooLarge(its: OpenReturn, runId: string): Promise<boolean> {
  const { client } = world().env;
  const { history } = await client.workflowService.getWorkflowExecutionHistory({
    namespace: client.options.namespace,
    execution: { workflowId: returnWorkflowId(its.rma), runId },
    maximumPageSize: 1,
  });
  const [payload] = history?.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
  if (payload == null) throw new Error('a run starts with its arguments');
  const { carried } = defaultPayloadConverter.fromPayload<ReturnArguments>(payload);
  return carried !== undefined && carried.version > 0 && carried.state.phase === 'initial';
}

const items = (delivery: number) => Array.from({ length: lots }, (_, index) => `U${delivery}-${index + 1}`);

test('a return of thousands of lots goes on in another run, and is opened again when it has ended', async () => {
  const its = await inManyLots();
  for (let delivery = 1; delivery <= deliveries; delivery += 1) {
    const findings = [{ quantity: 1, facts: asNew }];
    await its.tell({ type: 'inspect_items', items: items(delivery).map((item) => ({ item, findings })) });
  }
  expect(await bytesOfJournal(its)).toBeGreaterThan(mostBytes);
  let run = await runOf(its);
  for (let index = 0; index < 200 && !(await wasTooLarge(its, run)); index += 1) {
    await its.tell({ type: 'sync' });
    run = await runOf(its);
  }
  expect(await wasTooLarge(its, run)).toBe(true);
  await vi.waitFor(async () => expect(await its.events('refund_succeeded')).toHaveLength(deliveries), 60_000);
  for (let delivery = 1; delivery <= deliveries; delivery += 1) {
    await its.tell({ type: 'confirm_items', items: items(delivery), evidence: 'A-01' });
  }
  expect(await its.closed()).toMatchObject({ goods: 'closed', money: 'full' });
  // A run that begins with more than this server finds enough doesn't go on in another one for that alone.
  expect(await runOf(its)).toBe(run);

  expect(await its.refusal({ type: 'cancel', note: null })).toMatchObject({ code: 'return_closed' });
  expect(await runOf(its)).not.toBe(run);
}, 300_000);
