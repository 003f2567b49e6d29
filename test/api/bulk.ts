import { z } from 'zod';
import { defaultPolicies } from '../../domain/policy/defaults.ts';
import { anOrder } from './orders.ts';
import { type Reply, startWorld, type World } from './world.ts';

/** A world in which business customers send back on account, with three lines a section. */
export async function aBusinessWorld(env: Record<string, string> = {}): Promise<World> {
  const world = await startWorld({
    env: { BULK_SECTION_LINES: '3', ...env },
    worker: env['TEMPORAL_ADDRESS'] === undefined,
  });
  for (const { id, version, program, ...rules } of defaultPolicies) {
    if (program !== 'business') continue;
    const document = JSON.parse(JSON.stringify({ id, version, program, ...rules }));
    await world.db.policy.create({ data: { id, version, program, document, effectiveFrom: new Date(0) } });
  }
  return world;
}

/** An order of a company: so many lines of ten units each, 20.00 a unit, with a purchase order. */
export async function aPurchase(world: World, lines: number, legalEntity = 'main'): Promise<string> {
  const order = await anOrder(
    world,
    Array.from({ length: lines }, (_, index) => ({ sku: `SKU-${index + 1}`, quantity: 10 })),
  );
  await world.db.order.update({ where: { id: order }, data: { purchaseOrder: `PO-${order}`, legalEntity } });
  return order;
}

type SendOptions = { readonly as?: 'viewer' | 'ops' | 'lead'; readonly key?: string; readonly type?: string };

/** Sends rows of CSV. */
export const sendCsv = (
  world: World,
  path: string,
  lines: readonly string[],
  options: SendOptions = {},
): Promise<Reply> =>
  world.call('POST', path, undefined, {
    raw: `${lines.join('\n')}\n`,
    as: options.as ?? 'lead',
    headers: {
      'content-type': options.type ?? 'text/csv',
      ...(options.key === undefined ? {} : { 'idempotency-key': options.key }),
    },
  });

/** Asks for so many units of each of the first lines of an order. */
export const askFor = (world: World, order: string, lines: number, quantity = 2, options: SendOptions = {}) =>
  sendCsv(
    world,
    `/v1/bulk-returns?order=${order}`,
    [
      'sku,quantity,reason',
      ...Array.from({ length: lines }, (_, index) => `SKU-${index + 1},${quantity},changed_mind`),
    ],
    options,
  );

export const Whole = z.object({
  rma: z.string(),
  status: z.object({ goods: z.string(), money: z.string() }),
  sections: z.array(z.object({ rma: z.string(), lines: z.int(), status: z.object({ goods: z.string() }) })),
  verdicts: z.record(z.string(), z.int()),
  needsPerson: z.record(z.string(), z.int()),
  quoted: z.object({ amount: z.string() }),
  settled: z.object({ amount: z.string() }),
  creditDue: z.object({ amount: z.string() }),
  creditMemos: z.array(z.object({ creditMemo: z.string(), total: z.object({ amount: z.string() }) })),
});

export const readWhole = async (world: World, rma: string) =>
  Whole.parse((await world.call('GET', `/v1/bulk-returns/${rma}`)).body);
