import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aRecallOf } from './recall-breaches.ts';
import { aJournal } from './world.ts';

const units = fc.integer({ min: 0, max: 6 });
const written = fc.record({
  traced: units,
  possible: units,
  taken_over: units,
  said_held: units,
  said_returned: units,
  said_destroyed: units,
  said_corrected: units,
  said_consumed: units,
  said_sold_on: units,
  came_back: units,
  destroyed_here: units,
});
type Counted = Readonly<Record<string, number>>;
const figures = ['held', 'returned', 'destroyed', 'corrected', 'consumed', 'sold_on'];

test('more that comes back than the figures allow waits for a person until they do', async () => {
  const { pool } = await aJournal(2);
  await pool.query(`INSERT INTO consignees (id, kind) VALUES ('K', 'store'); ${aRecallOf('RC')}`);
  await pool.query(
    `INSERT INTO recall_positions (recall, consignee, sku, lot, traced, said_held, said_sold_on) VALUES ('RC', 'K', 'S', 'L1', 10, 4, 5)`,
  );
  const open = async () => {
    const { rows } = await pool.query(
      `SELECT reason, subject, codes->'cameBack' AS came, codes->'counted' AS counted FROM attention WHERE resolved_at IS NULL`,
    );
    return rows.map(Object.values);
  };
  const update = (text: string) => pool.query(`UPDATE recall_positions SET ${text}`);
  // Four were said to be held, and one was unaccounted for.
  await update('came_back = 5');
  expect(await open()).toEqual([]);
  await update('came_back = 7');
  expect(await open()).toEqual([['more_came_back', 'RC/consignees/K', 7, 5]]);
  await update('destroyed_here = 3');
  expect(await open()).toEqual([['more_came_back', 'RC/consignees/K', 7, 5]]);
  await update('said_held = 0, said_returned = 7, said_sold_on = 3');
  expect(await open()).toEqual([]);
  await update('came_back = 8');
  expect(await open()).toEqual([['more_came_back', 'RC/consignees/K', 8, 7]]);
});

test('what is said and what came back of a position adds up to its affected units, each counted once', async () => {
  const { pool } = await aJournal(2);
  await pool.query(`INSERT INTO consignees (id, kind) VALUES ('K', 'store'); ${aRecallOf('RC')}`);
  const store = async (row: Counted): Promise<Counted | null> => {
    const columns = Object.keys(row);
    const answer = await pool
      .query<Counted>(
        `INSERT INTO recall_positions (recall, consignee, sku, lot, ${columns.join(', ')})
          VALUES ('RC', 'K', 'S', gen_random_uuid()::text, ${columns.map((_, index) => `$${index + 1}`).join(', ')}) RETURNING *`,
        Object.values(row),
      )
      .catch(() => null);
    return answer?.rows[0] ?? null;
  };
  await fc.assert(
    fc.asyncProperty(written, async (row) => {
      const got = row.traced + row.taken_over + row.possible;
      const elsewhere = row.said_destroyed + row.said_corrected + row.said_consumed + row.said_sold_on;
      const said = elsewhere + row.said_held + row.said_returned;
      const counted = await store(row);
      expect(counted !== null).toBe(said <= got && row.destroyed_here <= row.came_back);
      if (counted === null) return;
      const of = (prefix: string) => figures.map((name) => counted[`${prefix}_${name}`] ?? Number.NaN);
      const sum = (numbers: readonly number[]) => numbers.reduce((all, each) => all + each, 0);
      expect(sum(of('claimed')) + Number(counted['unaccounted'])).toBe(counted['affected']);
      expect(of('claimed').every((claimed, index) => claimed >= Number(of('verified')[index]))).toBe(true);
      // All that came back is counted, unless the holder says that it went elsewhere.
      expect(sum(of('verified'))).toBe(Math.min(row.came_back, got - elsewhere));
      expect(counted['identified']).toBe(
        Math.max(
          0,
          said + Math.max(0, sum(of('verified')) - row.said_returned - row.said_held) - row.traced - row.taken_over,
        ),
      );
    }),
    { numRuns: 150 },
  );
});
