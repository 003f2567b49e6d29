import type { Pool } from 'pg';
import { expect, test } from 'vitest';
import { noteDispute } from '../../activities/journal/disputes.ts';
import { checkLedgers } from '../../activities/journal/ledgers.ts';
import { rebuildAll } from '../../activities/journal/rebuild.ts';
import { makeStoreCredits } from '../../activities/store-credits/credits.ts';
import type { ReturnCommand } from '../../domain/return/commands.ts';
import type { ReturnRequest } from '../../domain/return/request.ts';
import { aRequest, DrivenReturn } from './process.ts';
import { type Chance, chanceOf, followed, someCommand } from './random-lives.ts';
import { aPlainPolicy, aSale } from './sale.ts';
import { aJournal, value } from './world.ts';

const consent = { reference: 'AGREED-1', at: '2026-11-22T00:00:00.000Z' };

/** Goods for an exchange; a replacement is for what is defective. */
function whatIsWanted(request: ReturnRequest, chance: Chance): ReturnRequest {
  const price = chance.one([1, 1500, 9000]);
  if (request.instrument === 'exchange') return { ...request, wanted: [{ sku: 'BOWL', quantity: 2, price }] };
  if (request.instrument !== 'replacement') return request;
  return { ...request, lines: request.lines.map((line) => ({ ...line, reason: 'defective' })) };
}

const ORDERS = 90;
const STEPS = 90;

test('whatever comes in whatever order, the database takes it, and books and rows follow from the journal', async () => {
  const { pool, journal } = await aJournal();
  const broken: string[] = [];
  await Promise.all(
    Array.from({ length: ORDERS }, async (_, seed) => {
      const chance = chanceOf(seed + 1);
      const order = `O-${seed}`;
      const fees = { restockingBasisPoints: 1000, returnShipping: { EUR: 495 }, waivedFor: [] };
      const timing = chance.one(['inspection', 'receipt', 'authorization', 'first_scan'] as const);
      const refund = {
        ...aPlainPolicy().refund,
        timing,
        clawsBackCredit: true as const,
        ...(seed % 2 === 0 ? { chargesConsented: true as const } : {}),
        adjustAfterSettlement: chance.one(['claim', 'person'] as const),
      };
      const policy = aPlainPolicy({
        id: `p${seed}`,
        refund,
        fees,
        exchange: {
          ...{ payWithin: 'P7D', shipWithin: 'P3D' },
          ...(seed % 3 === 0 ? { firstAgainstHold: { goodsWithin: 'PT12H' } } : {}),
        },
        returnlessUpTo: chance.often(0.2) ? { EUR: 5000 } : {},
      });
      // Two payments that together may be less than what would be due.
      await aSale(pool, { order, quantity: 6, captured: [2000, chance.one([1000, 4000])], policy });
      const lives = [new DrivenReturn(journal, `${order}-A`), new DrivenReturn(journal, `${order}-B`)];
      for (const [index, one] of lives.entries()) {
        const method = chance.one(['drop_off', 'pickup', 'counter', 'freight'] as const);
        const instrument = chance.one(['original', 'store_credit', 'exchange', 'replacement'] as const);
        await one.request(whatIsWanted(aRequest(order, 2 + index * 2, { method, instrument, consent }), chance));
      }
      for (let step = 0; step < STEPS; step += 1) {
        const one = chance.one(lives);
        const command = chance.often(0.04)
          ? await someDispute(pool, order, chance)
          : await someCommand(one, chance, makeStoreCredits(pool), new Date().toISOString());
        try {
          await followed(one, command);
        } catch (error) {
          broken.push(`${one.rma} ${JSON.stringify(command)}: ${String(error)}`);
          return;
        }
      }
    }),
  );
  expect(broken).toEqual([]);
  expect((await rebuildAll(pool)).differences).toEqual([]);
  expect((await checkLedgers(pool)).disagreements).toEqual([]);
  // Enough of them got somewhere for this to mean anything.
  expect(await value(pool, `SELECT count(*)::int FROM returns WHERE closed_at IS NOT NULL`)).toBeGreaterThan(3);
  expect(await value(pool, `SELECT count(*)::int FROM refunds`)).toBeGreaterThan(5);
  expect(await value(pool, `SELECT count(*)::int FROM refunds WHERE destination = 'chargeback'`)).toBeGreaterThan(0);
  expect(await value(pool, `SELECT count(*)::int FROM refunds WHERE destination = 'offset'`)).toBeGreaterThan(0);
  expect(await value(pool, `SELECT count(*)::int FROM clawbacks WHERE state = 'paid'`)).toBeGreaterThan(0);
});

/** News of a dispute as the inbox keeps it; the other return of the order may never hear of it. A loss mostly stays one. */
async function someDispute(pool: Pool, order: string, chance: Chance): Promise<ReturnCommand> {
  const number = 1 + chance.below(2);
  const { rows } = await pool.query<{ lost: boolean }>(
    `SELECT EXISTS (SELECT FROM disputes WHERE payment = $1 AND status = 'lost') AS lost`,
    [`${order}:P${number}`],
  );
  const lost = rows[0]?.lost === true && chance.below(4) > 0;
  const dispute = {
    dispute: `dp_${order}_${number}`,
    status: lost ? 'lost' : chance.one(['open', 'open', 'won', 'lost'] as const),
    amount: lost ? 4000 : 500 + chance.below(1000),
    at: new Date().toISOString(),
  } as const;
  await noteDispute(pool, [`pi_${order}_${number}`], dispute);
  return { type: 'dispute_update', payment: `${order}:P${number}`, dispute };
}
