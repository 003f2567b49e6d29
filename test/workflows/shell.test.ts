import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { makeRma } from '../../domain/numbers/rma.ts';
import { storyQuery } from '../../workflows/process/messages.ts';
import { type ReturnArguments, returnWorkflowId, returnWorkflowType } from '../../workflows/return/messages.ts';
import { requestOf } from './returns.ts';
import { realTime } from './servers.ts';
import { complete, extension, hasEnded, hasLabel, oneRefund, voidedLabel } from './steps.ts';
import { aWorld } from './world.ts';

const world = aWorld({ server: realTime });

test('a command counts once, by update and by signal, at once and again', async () => {
  const its = await world().aReturn();
  const command = extension();
  const [first, second] = await Promise.all([
    its.tell(command, 'C1'),
    its.tell(command, 'C1'),
    its.signal(command, 'C1'),
  ]);
  expect(second).toEqual(first);
  await its.signal(command, 'C1');
  expect((await its.tell(command, 'C1')).events).toEqual(['receipt_extended']);
  expect(await its.events('receipt_extended')).toHaveLength(1);
  await its.tell({ type: 'cancel', note: null });
  await hasEnded(its, 'cancelled', { labels: voidedLabel });
});

test('a refused command fails with its reason, and leaves nothing behind', async () => {
  const its = await world().aReturn();
  await hasLabel(its);
  const before = await its.journal();
  const refusal = await its.refusal({ type: 'inspect', item: 'P9-1', findings: [] });
  expect(refusal).toMatchObject({ code: 'unknown_item', field: 'item' });
  await its.signal({ type: 'inspect', item: 'P9-1', findings: [] });
  expect((await its.tell({ type: 'sync' })).version).toBe(before.length + 1);
  expect((await its.journal()).slice(0, -1)).toEqual(before);
  await its.tell({ type: 'cancel', note: null });
  await hasEnded(its, 'cancelled', { labels: voidedLabel });
});

test('what is sent before the first decision is decided after it', async () => {
  const order = await world().anOrder();
  const rma = makeRma(randomBytes(16));
  const { taskQueue, client, runs } = world();
  const request = { commandId: 'R1', by: 'test', request: requestOf(order) };
  const handle = await client.workflow.signalWithStart(returnWorkflowType, {
    taskQueue,
    workflowId: returnWorkflowId(rma),
    args: [{ rma, request }] satisfies [ReturnArguments],
    signal: 'cancel',
    signalArgs: [{ commandId: 'C1', by: 'test', command: { type: 'cancel', note: null } }],
  });
  runs.set(handle.signaledRunId, returnWorkflowId(rma));
  await expect(handle.result()).resolves.toEqual({ goods: 'cancelled', money: 'none' });
});

test('a burst of two hundred signals is taken in whole', async () => {
  const its = await world().aReturn();
  await hasLabel(its);
  const ids = Array.from({ length: 200 }, (_, index) => `scan-${index}`);
  await Promise.all(
    ids.map((id, index) =>
      its.signal({ type: 'track', parcel: 'P1', status: 'pre_transit', at: new Date(index).toISOString() }, id),
    ),
  );
  await its.tell({ type: 'sync' });
  const known = new Set((await its.journal()).map((row) => row.commandId));
  expect(ids.filter((id) => !known.has(id))).toEqual([]);
  await complete(its);
  await hasEnded(its, 'closed', { refunds: oneRefund(4505) });
});

test('a closed return still answers queries', async () => {
  const its = await world().aReturn();
  await complete(its);
  await its.closed();
  expect((await its.state()).outcome).toBe('completed');
  expect(await its.handle().query(storyQuery)).toContain('Goods **closed**, money **full**');
});
