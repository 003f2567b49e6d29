import { expect } from 'vitest';
import { rebuildAll } from '../../activities/journal/rebuild.ts';
import { defaultPolicies } from '../../domain/policy/defaults.ts';
import { openPool } from '../../prisma/client.ts';
import { asNew } from '../domain/sale.ts';
import { anOrder } from './orders.ts';
import { eventually, type Json, type World } from './world.ts';

/** The default terms of a warranty are those of the shop. */
export async function withWarranty(world: World): Promise<void> {
  const policy = defaultPolicies.find(({ program }) => program === 'warranty');
  if (policy === undefined) throw new Error('warranty has no default policy');
  const { id, version, program } = policy;
  const document = JSON.parse(JSON.stringify(policy));
  await world.db.policy.create({ data: { id, version, program, document, effectiveFrom: new Date(0) } });
}

export const claimOf = (order: string, serial: string, more: object = {}) => ({
  ...{ program: 'warranty', order, method: 'drop_off', instrument: 'replacement' },
  lines: [{ sku: 'DRILL', quantity: 1, reason: 'defective', serials: [serial] }],
  ...more,
});

const facts = { ...asNew, packaging: 'opened', function: 'defective' };

/** Drills that were sold with their serials, and break. */
export function drillShop(world: () => World) {
  const post = async (path: string, body: object) => {
    const answer = await world().call('POST', `/v1/${path}`, body);
    expect(answer.status, answer.text).toBeLessThan(300);
    return answer.body;
  };

  const until = async (rma: string, holds: object): Promise<Json> =>
    await eventually(async () => {
      const { body } = await world().call('GET', `/v1/returns/${rma}`);
      expect(body).toMatchObject(holds);
      return body;
    });

  /** Two drills with serials, one of them for each claim. */
  async function drills(): Promise<string> {
    const order = await anOrder(world(), [{ sku: 'DRILL' }]);
    await world().db.orderLine.update({ where: { id: `${order}-1` }, data: { serials: ['S-1', 'S-2'] } });
    return order;
  }

  /** Asks for a drill to be taken back, which comes and is found broken. */
  async function inspected(order: string, serial: string, more: object = {}): Promise<string> {
    const rma = String((await post('returns', claimOf(order, serial, more)))['rma']);
    const contents = [{ sku: 'DRILL', quantity: 1, serials: [serial] }];
    await post(`returns/${rma}/receipts`, { parcel: 'P1', contents });
    await post(`returns/${rma}/items/P1-1/inspections`, { findings: [{ quantity: 1, facts }] });
    return rma;
  }

  async function comesBroken(order: string, serial: string, more: object = {}): Promise<string> {
    const rma = await inspected(order, serial, more);
    await post(`returns/${rma}/items/P1-1/confirmations`, { evidence: 'BIN-1' });
    return rma;
  }

  const codesFor = async (order: string, serial: string, more: object = {}) => {
    const { lines } = await post('returns/preview', claimOf(order, serial, more));
    return (lines as readonly Json[]).flatMap(({ codes }) => codes);
  };

  /** The read model as the journals make it, against the live one. */
  async function rebuilt() {
    const pool = openPool(world().config.database);
    try {
      return await rebuildAll(pool);
    } finally {
      await pool.end();
    }
  }

  const returnable = async (order: string) => {
    const { body } = await world().call('GET', `/v1/orders/${order}`);
    return (body['lines'] as readonly Json[])[0]?.['returnable'];
  };

  /** A work order has the drill; what that may cost, the policy says, or its owner agreed to. */
  async function toBench(rma: string, serial: string) {
    const items = [{ rma, item: 'P1-1' }];
    const work = { disposition: 'repair_and_return', party: 'BENCH-2', facility: 'RC1', items, hourlyRate: '36.00' };
    const path = `refurbishments/${(await post('refurbishments', work))['number']}`;
    await eventually(async () =>
      expect((await world().call('GET', `/v1/${path}`)).body).toMatchObject({ status: 'in_work' }),
    );
    const unit = { ...items[0], quantity: 1, serials: [serial] };
    return { rma, path, unit, mended: { ...unit, passed: true, facts: { ...facts, function: 'works' } } };
  }

  /** Asks for a drill to be repaired, and sends it to the bench once it came. */
  const atBench = async (order: string, serial: string) =>
    await toBench(await inspected(order, serial, { instrument: 'repair' }), serial);

  const ledgerOf = async (rma: string) => ({
    owners: (await world().db.stockEntry.findMany({ where: { process: `return:${rma}` } })).map(({ owner }) => owner),
    accounts: (await world().db.moneyEntry.findMany({ where: { process: `return:${rma}` } })).map(({ debit }) => debit),
  });

  return { post, until, drills, inspected, comesBroken, codesFor, rebuilt, returnable, toBench, atBench, ledgerOf };
}
