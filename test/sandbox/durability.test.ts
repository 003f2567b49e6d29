import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { aFolder, aSandbox, aWebhookDoor, carriersOf, eventually, paymentsOf, someIntents } from './world.ts';

const request = {
  reference: 'RMA1:label:1',
  rma: 'RMA1',
  parcel: 'P1',
  facility: 'VENLO',
  weightGrams: 900,
  method: 'drop_off',
} as const;

test('a restart finds labels, refunds, faults and idempotency keys where they were', async () => {
  const sandbox = await aSandbox();
  const { paymentIntent } = await sandbox.pay('order-1', 10_000);
  const refund = {
    reference: 'RMA1:refund:1',
    rma: 'RMA1',
    providerPaymentId: paymentIntent,
    amount: { amount: 700, currency: 'EUR' },
  };
  const intents = someIntents();
  const label = await carriersOf(sandbox, intents).buyLabel(request);
  const issued = await paymentsOf(sandbox).issueRefund(refund);
  const before = await sandbox.books();
  await sandbox.faults({ carrier: { errorRate: 1, only: ['pickup.buy'] } });
  await sandbox.restart();
  expect(await sandbox.books()).toEqual(before);
  expect(await sandbox.control('GET', '/faults')).toEqual({ carrier: { errorRate: 1, only: ['pickup.buy'] } });
  const again = await carriersOf(sandbox, intents).buyLabel(request);
  expect(again.tracking).toBe(label.tracking);
  // A first attempt by fresh intents: only the key can tell.
  expect(await paymentsOf(sandbox).issueRefund(refund)).toEqual(issued);
  expect(await sandbox.pay('order-1', 10_000)).toMatchObject({ paymentIntent });
  expect(await sandbox.books()).toEqual(before);
});

async function aProcess(dataFile: string, door: string): Promise<{ child: ChildProcess; url: string }> {
  const main = join(import.meta.dirname, '../../local/sandbox/main.ts');
  const child = spawn(process.execPath, [main, '--data', dataFile, '--carrier-webhook', door], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const url = /sandbox ready on (\S+)/.exec(String(line))?.[1];
  if (url === undefined) throw new Error(`the sandbox said ${String(line)}`);
  return { child, url };
}

test('killed with webhooks undelivered, it delivers them when it is back', { timeout: 20_000 }, async () => {
  const dataFile = join(aFolder(), 'sandbox.db');
  let up = false;
  const door = await aWebhookDoor(() => (up ? 200 : 503));
  const first = await aProcess(dataFile, door.url);
  const world = { url: () => first.url } as Awaited<ReturnType<typeof aSandbox>>;
  const { tracking } = await carriersOf(world).buyLabel(request);
  await eventually(() => door.received.length > 0);
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');
  up = true;
  const already = door.received.length;
  const second = await aProcess(dataFile, door.url);
  await eventually(() => door.received.length > already);
  const parcels = await (await fetch(`${second.url}/_sandbox/parcels`)).json();
  expect(parcels).toMatchObject([{ tracking, reference: request.reference, status: 'pre_transit' }]);
  second.child.kill('SIGTERM');
  const [code] = await once(second.child, 'exit');
  expect(code).toBe(0);
});
