import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { asNew } from './as-new.ts';
import { sandboxHand } from './sandbox/hand.ts';

/** Where the sample returns are asked for. */
export type SampleDoors = { readonly apiUrl: string; readonly key: string; readonly sandboxUrl: string };

const Created = z.object({ rma: z.string() });
const Goods = z.object({ status: z.object({ goods: z.string() }) });

/**
 * Asks for a handful of returns of the sample orders and takes each to another stage, so that a newcomer finds something
 * to look at: one that waits for a review, one for its parcel, one on its way, one to be inspected, one closed.
 */
export async function makeSampleReturns({ apiUrl, key, sandboxUrl }: SampleDoors): Promise<number> {
  const ask = async (method: string, url: string, body?: object): Promise<unknown> => {
    const response = await fetch(url, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(20_000),
    });
    if (!response.ok)
      throw new Error(`${method} ${url} was answered with ${response.status}: ${await response.text()}`);
    return await response.json();
  };
  const sandbox = sandboxHand(sandboxUrl);
  const returns = `${apiUrl}/v1/returns`;
  const create = async (order: string, sku: string, reason: string) => {
    const body = { order, lines: [{ sku, quantity: 1, reason }], method: 'drop_off' };
    return Created.parse(await ask('POST', returns, body)).rma;
  };
  const until = async (rma: string, goods: string) => {
    for (let attempt = 0; attempt < 150; attempt += 1) {
      if (Goods.parse(await ask('GET', `${returns}/${rma}`)).status.goods === goods) return;
      await sleep(100);
    }
    throw new Error(`The sample return ${rma} did not become ${goods}`);
  };
  const scan = async (rma: string) => {
    await until(rma, 'collecting');
    await sandbox.move(`${rma}:label:P1`, 'scan');
    await until(rma, 'in_transit');
  };
  const receive = async (rma: string, sku: string) => {
    await scan(rma);
    await ask('POST', `${returns}/${rma}/receipts`, { parcel: 'P1', contents: [{ sku, quantity: 1 }] });
  };

  await create('1008', 'PHONE-256', 'changed_mind');
  await create('1002', 'SHIRT-M', 'wrong_size');
  await scan(await create('1002', 'LAMP-DESK', 'not_as_described'));
  await receive(await create('1003', 'PHONE-64', 'defective'), 'PHONE-64');
  const closed = await create('1001', 'MUG-BLUE', 'changed_mind');
  await receive(closed, 'MUG-BLUE');
  await ask('POST', `${returns}/${closed}/items/P1-1/inspections`, { findings: [{ quantity: 1, facts: asNew }] });
  await ask('POST', `${returns}/${closed}/items/P1-1/confirmations`, { evidence: 'A-01-02' });
  await until(closed, 'closed');
  return 5;
}
