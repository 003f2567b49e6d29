import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { makeConsignees, recallDraft, shipLot } from '../../../local/synthetic-consignees.ts';
import { FACILITY } from '../orders.ts';
import { killAndStart, partOf, stopFor, workerOf } from '../strikes.ts';
import type { World } from '../world.ts';
import { type RecallVerdict, recallVerdict } from './verdict.ts';

/** Far more than a machine sends: the faults meet a recall that goes as fast as it can. */
const PER_MINUTE = 1_000_000;
const DOWN_MS = 3_000;
const LOOK_EVERY_MS = 50;
const PATIENCE_MS = 1_200_000;
const UNITS_EACH = 2;
const ON_HAND = 100;

const Drafted = z.object({ number: z.string() });

type Strike = { readonly what: string; readonly strike: (world: World) => Promise<void> };

/** What strikes, in turn, spread over the letters of a recall: Temporal's restart comes amid the kills. */
function strikesOf(kills: number): readonly Strike[] {
  const kill: Strike = { what: 'kill -9 the worker', strike: ({ stack }) => killAndStart(workerOf(stack)) };
  const restart: Strike = {
    what: 'stop Temporal and start it again',
    strike: ({ stack }) => stopFor(partOf(stack.temporal, 'Temporal'), DOWN_MS),
  };
  return Array.from({ length: kills + 1 }, (_, index) => (index === Math.floor(kills / 2) ? restart : kill));
}

/** Launches a recall, strikes while its notices leave, and says what came of them once all were written to. */
export async function runRecall(
  world: World,
  { consignees, kills }: { readonly consignees: number; readonly kills: number },
): Promise<RecallVerdict> {
  const strikes = strikesOf(kills);
  const { pool, client, sandbox, log } = world;
  const goods = {
    ...{ sku: 'FAULTS-KETTLE', lot: `FAULTS-${Date.now().toString(36)}`, facility: FACILITY },
    ...{ consignees, unitsEach: UNITS_EACH, onHand: ON_HAND },
  };
  await makeConsignees(pool, consignees);
  await shipLot(pool, goods);
  const { number } = Drafted.parse((await client.post('/v1/recalls', recallDraft(goods, PER_MINUTE))).body);
  const begin = performance.now();
  const came = () => sandbox.countLetters();
  await client.post(`/v1/recalls/${number}/launch`);
  for (const [index, { what, strike }] of strikes.entries()) {
    const from = Math.floor(((index + 1) * consignees) / (strikes.length + 1));
    // What an earlier strike has left in doubt isn't struck while it is sent again: it would leave a third time, and rightly so.
    await until(`${from} letters`, async () => (await came()) >= from && !(await isAnySentAgain(pool, number)));
    log(`${await came()} letters: ${what}`);
    await strike(world);
  }
  await until('the last first notice', async () => {
    const { rows } = await pool.query<{ status: string }>('SELECT status FROM recalls WHERE number = $1', [number]);
    return rows[0]?.status === 'notified';
  });
  const seconds = Math.round((performance.now() - begin) / 100) / 10;
  log(`${await came()} letters, all written to, after ${seconds} s`);
  return await recallVerdict(world, { number, consignees, shipped: consignees * UNITS_EACH, onHand: ON_HAND, seconds });
}

async function isAnySentAgain(pool: World['pool'], recall: string): Promise<boolean> {
  const text = `SELECT FROM notices WHERE recall = $1 AND state = 'claimed' AND attempts > 1 AND claimed_until > now() LIMIT 1`;
  return (await pool.query(text, [recall])).rowCount !== 0;
}

async function until(what: string, is: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; !(await is()); await sleep(LOOK_EVERY_MS)) {
    if (Date.now() > end) throw new Error(`The recall did not come to ${what} within ${PATIENCE_MS / 60_000} minutes.`);
  }
}
