import fc from 'fast-check';
import type { Pool } from 'pg';
import { expect, test } from 'vitest';
import { rebuildAll } from '../../activities/journal/rebuild.ts';
import { askFacilities } from '../../activities/recalls/confirmations/ask.ts';
import { takeConfirmation } from '../../activities/recalls/confirmations/confirm.ts';
import { resolveDifference, settleDifferences } from '../../activities/recalls/confirmations/differences.ts';
import { fillPositions } from '../../activities/recalls/positions.ts';
import { inTransaction } from '../../prisma/client.ts';
import { aRecallOf } from './recall-breaches.ts';
import { accountOf, brokenBy } from './recall-rules.ts';
import { aJournal } from './world.ts';

const facilities = ['RC-A', 'RC-B'];
const lots = ['L1', 'L2', 'L3', null];
const goods = { facility: fc.constantFrom(...facilities), lot: fc.constantFrom(...lots) };
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ ...goods, found: fc.nat(6) }) },
  fc.record({ ...goods, resolution: fc.constantFrom('accept', 'count_again') }),
  fc.record({ widen: fc.constantFrom('L1', 'L2', 'L3') }),
  fc.record({ leaves: fc.integer({ min: 1, max: 2 }) }),
);
/** What the books have of each lot where a scope has it: units for certain, and of those without a lot perhaps. */
const onBooks = { L1: [3, 1], L2: [0, 2], L3: [4, 0] } as const;
type Lot = keyof typeof onBooks;

test('whatever facilities count, in any order with wider scopes and goods that leave, the account adds up and nothing differs in silence', async () => {
  const { pool } = await aJournal(4);
  await pool.query(
    `INSERT INTO facilities (id, name, zone, street1, city, zip, country) SELECT id, id, 'UTC', 's', 'c', 'z', 'DE' FROM unnest($1::text[]) AS id`,
    [facilities],
  );
  await pool.query(`INSERT INTO consignees (id, kind) VALUES ('vendor:V', 'business')`);
  let recalls = 0;
  const seen = { taken: 0, refused: 0, settled: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 20 }), async (steps) => {
      recalls += 1;
      const recall = `RC-${recalls}`;
      await pool.query(aRecallOf(recall));
      await pool.query(
        `UPDATE recalls SET launched_at = now(), confirm_within = '{"I":"P1D","II":"P1D","III":"P1D","unclassified":"P2D"}' WHERE number = $1`,
        [recall],
      );
      await pool.query('INSERT INTO recall_waves (recall, wave) VALUES ($1, 1)', [recall]);
      await pool.query(
        `INSERT INTO recall_consignees (recall, consignee, wave, scope_version, state) VALUES ($1, 'vendor:V', 1, 1, 'responded')`,
        [recall],
      );
      // A lot is in one recall.
      const sku = `S-${recalls}`;
      const scope = new Scopes(pool, recall, sku);
      await scope.widen('L1');
      for (const [index, each] of steps.entries()) {
        const said = { recall, commandId: `${index}`, at: new Date().toISOString(), by: 'test', sku };
        if ('widen' in each) await scope.widen(each.widen);
        else if ('leaves' in each) await scope.leave(each.leaves);
        else if ('found' in each) {
          const { facility, lot, found } = each;
          const counts = [{ sku, lot, found, location: found > 0 ? 'A-1' : null }];
          const { type } = await takeConfirmation(pool, { ...said, facility, counts });
          if (type === 'taken' || type === 'refused') seen[type] += 1;
        } else {
          // Mostly of what differs, else of what doesn't.
          const { rows } = await pool.query<{ facility: string; lot: string | null; found: number }>(DIFFERING, [
            recall,
          ]);
          const { resolution, ...goods } = each;
          const { facility, lot, found } = rows[0] ?? { ...goods, found: 0 };
          const note = { id: `N-${recall}-${index}`, text: 'n' };
          const { type } = await resolveDifference(pool, { ...said, facility, lot, found, resolution, note });
          if (type === 'taken') seen.settled += 1;
        }
        expect(await brokenBy(pool, recall, 'always')).toEqual([]);
        const { affected, got, told } = await accountOf(pool, recall);
        expect([affected, told]).toEqual([got, got]);
      }
      // Whatever came before: who counts what is on the books has confirmed, and nothing of it waits for a person.
      for (const facility of facilities) {
        const { rows } = await pool.query<{ lot: string | null; found: number }>(BOOKED, [recall, facility]);
        if (rows.length === 0) continue;
        const counts = rows.map(({ lot, found }) => ({ sku, lot, found, location: found > 0 ? 'A-2' : null }));
        const at = new Date().toISOString();
        await takeConfirmation(pool, { recall, facility, commandId: 'last', at, by: 'test', counts });
      }
      const { rows } = await pool.query(
        `SELECT f.state, sum(p.verified_held)::int AS seen, sum(p.traced)::int AS booked, bool_or(p.differs) AS differs,
            sum(p.unaccounted + p.beyond_books)::int AS beside
          FROM recall_facilities f JOIN recall_positions p ON p.recall = f.recall AND p.consignee IS NULL AND p.facility = f.facility
          WHERE f.recall = $1 GROUP BY f.facility, f.state`,
        [recall],
      );
      for (const { state, seen: verified, booked, differs, beside } of rows) {
        expect([state, verified, differs, beside]).toEqual(['confirmed', booked, false, 0]);
      }
    }),
    { numRuns: 60 },
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(20);
  expect((await rebuildAll(pool)).differences.filter(({ table }) => table.startsWith('recall_'))).toEqual([]);
});

const DIFFERING = `SELECT facility, lot, greatest(0, found - left_since) AS found FROM recall_positions WHERE recall = $1 AND differs
  ORDER BY facility, lot LIMIT 1`;
const BOOKED = `SELECT lot, traced AS found FROM recall_positions WHERE recall = $1 AND consignee IS NULL AND facility = $2`;

/** What traces of a recall find, scope by scope, at both facilities. */
class Scopes {
  readonly #pool: Pool;
  readonly #recall: string;
  readonly #sku: string;
  readonly #lots = new Set<Lot>();
  #version = 0;
  #left = 0;

  constructor(pool: Pool, recall: string, sku: string) {
    this.#pool = pool;
    this.#recall = recall;
    this.#sku = sku;
  }

  async widen(lot: Lot): Promise<void> {
    this.#lots.add(lot);
    await this.#place();
  }

  /** Units of the first lot go to their vendor, and another trace finds them there. */
  async leave(units: number): Promise<void> {
    this.#left = Math.min(onBooks.L1[0], this.#left + units);
    await this.#place();
  }

  /** As the stop sale and the planning of waves do. */
  async #place(): Promise<void> {
    this.#version += 1;
    const version = this.#version;
    await inTransaction(this.#pool, async (client) => {
      await client.query('UPDATE recalls SET scope_version = $2 WHERE number = $1', [this.#recall, version]);
      const add = (holder: string, where: readonly (string | null)[], lot: string | null, quantity: number) =>
        quantity === 0
          ? undefined
          : client.query(
              `INSERT INTO recall_units (recall, scope_version, holder, consignee, facility, sku, lot, descended, possible, quantity)
                VALUES ($1, $2, $3, $4, $5, $9, $6, false, $7, $8)`,
              [this.#recall, version, holder, ...where, lot, lot === null, quantity, this.#sku],
            );
      for (const lot of this.#lots) {
        const [certain, possible] = onBooks[lot];
        const left = lot === 'L1' ? this.#left : 0;
        await add('stock', [null, 'RC-A'], lot, certain - left);
        await add('consignee', ['vendor:V', null], lot, left);
        await add('stock', [null, 'RC-B'], lot, certain);
        await add('stock', [null, 'RC-B'], null, possible);
        await client.query(
          `INSERT INTO stop_sales (recall, sku, lot, mock) SELECT $1, $3, $2, false
            WHERE NOT EXISTS (SELECT FROM stop_sales WHERE recall = $1 AND lot = $2)`,
          [this.#recall, lot, this.#sku],
        );
      }
      await fillPositions(client, this.#recall, version);
      await askFacilities(client, this.#recall, version);
      await settleDifferences(client, this.#recall, null);
      await client.query('INSERT INTO recall_plans VALUES ($1, $2, 0, 0, 0)', [this.#recall, version]);
    });
  }
}
