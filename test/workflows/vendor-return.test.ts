import { randomBytes, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { WantedItem } from '../../domain/execution/item.ts';
import { executionNumber } from '../../domain/execution/number.ts';
import type { ExecutionTold } from '../../domain/execution/told.ts';
import { makeRma } from '../../domain/rma.ts';
import type { Opened } from '../../domain/vendor-return/state.ts';
import { decisionUpdate, stateQuery } from '../../workflows/process/messages.ts';
import {
  type VendorReturnArguments,
  type VendorReturnMessage,
  vendorReturnWorkflowId,
  vendorReturnWorkflowType,
} from '../../workflows/vendor-return/messages.ts';
import { asNew } from '../domain/sale.ts';
import { terms } from '../domain/vendor-return/world.ts';
import { facility } from './orders.ts';
import type { OpenReturn } from './returns.ts';
import { realTime } from './servers.ts';
import { handOver, receive, refundSucceeds } from './steps.ts';
import { aWorld } from './world.ts';

const world = aWorld({ server: realTime });

const worn = { ...asNew, packaging: 'opened', cosmetic: 'damaged' } as const;

/** A return whose goods wait to go back to their vendor. */
async function waiting(): Promise<OpenReturn> {
  const its = await world().aReturn();
  await handOver(its);
  await receive(its);
  await its.tell({ type: 'inspect', item: 'P1-1', findings: [{ quantity: 1, facts: worn }] });
  await its.tell({ type: 'dispose', item: 'P1-1', disposition: 'return_to_vendor', note: 'N1' });
  await refundSucceeds(its);
  return its;
}

const wanted = (its: OpenReturn): WantedItem => ({
  rma: its.rma,
  item: 'P1-1',
  sku: 'KETTLE',
  quantity: 1,
  lot: null,
  serials: [],
  grade: 'C',
  cost: 2000,
});

async function aVendorReturn(items: readonly WantedItem[]) {
  const { client, taskQueue, runs } = world();
  const number = executionNumber('vendor_return', makeRma(randomBytes(8)));
  const request = { vendor: 'ACME', facility, currency: 'EUR', items, terms };
  const args: [VendorReturnArguments] = [{ number, request: { commandId: 'R1', by: 'test', request } }];
  const workflowId = vendorReturnWorkflowId(number);
  const handle = await client.workflow.start(vendorReturnWorkflowType, { workflowId, taskQueue, args });
  runs.set(handle.firstExecutionRunId, workflowId);
  await handle.executeUpdate<ExecutionTold, []>(decisionUpdate);
  const state = () => handle.query<Opened>(stateQuery);
  return {
    number,
    handle,
    state,
    tell: (command: VendorReturnMessage['command']) =>
      handle.executeUpdate<ExecutionTold, [VendorReturnMessage]>(command.type, {
        args: [{ commandId: randomUUID(), by: 'test', command }],
      }),
    until: async (is: (state: Opened) => boolean) => {
      for (let attempt = 0; attempt < 400; attempt += 1) {
        const now = await state();
        if (is(now)) return now;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      throw new Error(JSON.stringify(await state(), null, 1));
    },
  };
}

const holds = (count: number) => (state: Opened) =>
  Object.values(state.items).filter((item) => item.state === 'held').length === count;

test('goods of two returns go back together, and each return closes with what came back for it', async () => {
  const returns = [await waiting(), await waiting()] as const;
  const its = await aVendorReturn(returns.map(wanted));
  await its.until(holds(2));
  expect(await returns[0].refusal({ type: 'confirm_disposition', item: 'P1-1', evidence: 'BIN-1' })).toMatchObject({
    code: 'item_in_execution',
  });
  await its.tell({ type: 'authorize', vendorRma: 'V-1', restockingBasisPoints: 1000, shipBy: null, refused: [] });
  await its.tell({ type: 'ship', carrier: 'UPS', tracking: '1Z' });
  await its.tell({ type: 'record_credit', memo: 'CM-1', total: 3601 - 1, items: null });
  await expect(its.handle.result()).resolves.toEqual({ status: 'closed' });
  for (const each of returns) {
    await each.closed();
    expect(await each.events('recovery_recorded')).toEqual([
      { type: 'recovery_recorded', item: 'P1-1', from: 'vendor', reference: its.number, amount: 1800 },
    ]);
    expect(await each.events('disposition_confirmed')).toMatchObject([{ evidence: its.number }]);
  }
});

test('an item is in one vendor return at a time, and free again when that is cancelled', async () => {
  const its = await waiting();
  const first = await aVendorReturn([wanted(its)]);
  await first.until(holds(1));
  const second = await aVendorReturn([wanted(its)]);
  await expect(second.handle.result()).resolves.toEqual({ status: 'closed' });
  expect(Object.values((await second.state()).items)[0]).toMatchObject({
    state: 'declined',
    code: 'item_in_execution',
  });
  await first.tell({ type: 'cancel', note: null });
  await first.handle.result();
  const third = await aVendorReturn([wanted(its)]);
  await third.until(holds(1));
  await third.tell({ type: 'cancel', note: null });
  await third.handle.result();
  await its.tell({ type: 'confirm_disposition', item: 'P1-1', evidence: 'V-9' });
  await its.closed();
});
