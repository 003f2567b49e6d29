import type pg from 'pg';
import { expect, test } from 'vitest';
import { makeStoreCredits } from '../../activities/store-credits/credits.ts';
import { dimensions } from '../../api/measures/dimensions.ts';
import { measure } from '../../api/measures/measures.ts';
import type { Measured } from '../../api/measures/shape.ts';
import type { PolicyRule } from '../../domain/policy/policy.ts';
import { reasonCodes } from '../../domain/reasons.ts';
import type { ReturnCommand } from '../../domain/return/commands.ts';
import type { ReturnEvent } from '../../domain/return/events.ts';
import { aRequest, DrivenReturn } from '../journal/process.ts';
import { type Chance, chanceOf, followed, someCommand } from '../journal/random-lives.ts';
import { aPlainPolicy, aSale } from '../journal/sale.ts';
import { aJournal } from '../journal/world.ts';
import { foldMeasures, type Life } from './fold.ts';

const ORDERS = 40;
const STEPS = 90;
const HOUR = 3_600_000;
// Nothing here reads the clock: the same lives each day.
const REQUESTED = '2026-03-01T00:00:00.000Z';
const YEAR = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2027-01-01T00:00:00Z') };

test('the figures of the database are those of the journals folded one by one, in every grouping', async () => {
  const { pool, journal } = await aJournal();
  await Promise.all(
    Array.from({ length: ORDERS }, async (_, seed) => {
      const chance = chanceOf(seed + 1);
      const order = `O-${seed}`;
      const fees = {
        restockingBasisPoints: 1000,
        returnShipping: { EUR: 495 },
        waivedFor: ['carrier', 'vendor'] as const,
      };
      const returnlessUpTo = chance.often(0.2) ? { EUR: 5000 } : {};
      const rules = chance.often(0.5) ? someRules : [];
      const policy = aPlainPolicy({ id: `p${seed}`, fees, returnlessUpTo, rules });
      await aSale(pool, { order, quantity: 6, lines: 2, captured: [12_000], policy, delivered: REQUESTED });
      for (const name of ['A', 'B']) {
        const one = new DrivenReturn(journal, `${order}-${name}`);
        let at = REQUESTED;
        await one.request(someRequest(order, chance), { at });
        for (let step = 0; step < STEPS; step += 1) {
          at = new Date(Date.parse(at) + chance.below(20) * HOUR).toISOString();
          const command = withReason(await someCommand(one, chance, makeStoreCredits(pool), at), chance);
          await followed(one, command, { at });
        }
      }
    }),
  );
  const lives = await livesOf(pool);
  const sold = (await pool.query(`SELECT id AS "orderLine", sku, category, quantity FROM order_lines`)).rows;
  for (const by of dimensions) {
    const { measured } = await measure(pool, YEAR, by);
    // Every sale here is of one week and every return of another, which the fold of returns knows nothing of.
    const both = [measured, foldMeasures(lives, sold, by)].map((figures) =>
      written(figures.filter((figure) => by !== 'week' || figure.measure !== 'returns_rate')),
    );
    expect(both[0]).toEqual(both[1]);
  }
  // Enough happened for this to mean anything.
  const names = new Set(
    (await measure(pool, YEAR, 'none')).measured.filter(({ n, d }) => n + (d ?? 0) > 0).map((each) => each.measure),
  );
  for (const name of [
    'resell',
    'recycling_diversion',
    'expected_recovery',
    'inspection_agreement',
    'label_cost',
    'close',
  ]) {
    expect(names).toContain(name);
  }
  for (const name of ['restocking_waived', 'shipping_waived', 'pickup_cost', 'carrier_claims', 'vendor_claims']) {
    expect(names).toContain(name);
  }
}, 180_000);

const someRules: readonly PolicyRule[] = [
  { rule: 'elsewhere', when: { countries: ['FR'] }, set: { fees: { restockingBasisPoints: 9000 } } },
  { rule: 'of the kitchen', when: { categories: ['kitchen'] }, set: { fees: { restockingBasisPoints: 500 } } },
  { rule: 'of the web', when: { channels: ['web'] }, set: { fees: { returnShipping: { EUR: 295 } } } },
  { rule: 'too late', when: {}, set: { fees: { restockingBasisPoints: 0, returnShipping: {} } } },
];

function someRequest(order: string, chance: Chance) {
  const line = (number: number) =>
    ({ line: `L${number}`, orderLine: `${order}:${number}`, quantity: 3, reason: chance.one(reasonCodes) }) as const;
  return aRequest(order, 3, {
    method: chance.one(['drop_off', 'pickup'] as const),
    lines: chance.often(0.4) ? [line(1), line(2)] : [line(1)],
  });
}

/** Inspectors find other reasons than were claimed, now and then. */
const withReason = (command: ReturnCommand, chance: Chance): ReturnCommand =>
  command.type === 'inspect' && chance.often(0.4)
    ? { ...command, findings: command.findings.map((each) => ({ ...each, reason: chance.one(reasonCodes) })) }
    : command;

async function livesOf(pool: pg.Pool): Promise<Life[]> {
  const { rows } = await pool.query<{ process: string; at: Date; by: string; events: readonly ReturnEvent[] }>(
    `SELECT process, at, by, events FROM journal WHERE process LIKE 'return:%' ORDER BY process, version`,
  );
  const { rows: carried } = await pool.query<{ process: string; subject: string; currency: string; amount: string }>(
    `SELECT process, subject, currency, CASE WHEN debit = 'carrier_costs' THEN amount ELSE -amount END AS amount
     FROM money_entries WHERE 'carrier_costs' IN (debit, credit)`,
  );
  return [...Map.groupBy(rows, ({ process }) => process)].map(([process, journal]) => ({
    recorded: journal.flatMap(({ at, by, events }) => events.map((event) => ({ at: at.toISOString(), by, event }))),
    postings: carried
      .filter((each) => each.process === process)
      .map(({ subject, currency, amount }) => ({ subject, currency, amount: Number(amount) })),
  }));
}

/** As lines of text, without what is nothing of nothing. */
const written = (figures: readonly Measured[]) =>
  figures
    .filter(({ n, d }) => n !== 0 || (d ?? 0) !== 0)
    .map(({ measure: name, grp, currency, n, d, p50, p90 }) => JSON.stringify([name, grp, currency, n, d, p50, p90]))
    .sort();
