import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rebuildAll } from '../../activities/journal/rebuild.ts';
import { takeResponse, takeResponses } from '../../activities/recalls/respond.ts';
import { type NamedConsignees, writeToNamed } from '../../activities/recalls/write-to-named.ts';
import type { Answer } from '../../domain/recall/response.ts';
import { aRecallOf } from './recall-breaches.ts';
import { accountOf } from './recall-rules.ts';
import { aJournal } from './world.ts';

const names = ['A', 'B', 'C', 'D'];
/** Mostly what can be, sometimes more. */
const few = fc.constantFrom(0, 0, 0, 0, 1, 1, 2, 4);
const some = fc.constantFrom(0, 1, 1, 2, 2, 7);
const passedOn = fc.uniqueArray(fc.record({ consignee: fc.constantFrom(...names), quantity: some }), {
  selector: ({ consignee }) => consignee,
  maxLength: 2,
});
const answer = fc.record({
  lot: fc.constantFrom('L1', 'L1', 'L1', null),
  held: few,
  returned: some,
  destroyed: few,
  corrected: fc.constantFrom(0, 0, 1),
  consumed: fc.constantFrom(0, 0, 1),
  soldOn: some,
  passedOn: fc.option(passedOn, { freq: 2 }),
});
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ who: fc.constantFrom('A', 'A', 'B', 'B', ...names), said: answer }) },
  fc.record({
    who: fc.constantFrom(...names),
    lot: fc.constantFrom('L1', null),
    cameBack: fc.constantFrom(0, 0, 1, 2, 7),
    destroyed: few,
  }),
);

test('whatever consignees answer and send back, in any order, the account of the recall adds up', async () => {
  const { pool } = await aJournal(4);
  let recalls = 0;
  let taken = 0;
  await pool.query(`INSERT INTO consignees (id, kind) SELECT name, 'store' FROM unnest($1::text[]) AS name`, [names]);
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 20 }), async (steps) => {
      recalls += 1;
      const recall = `RC-${recalls}`;
      await pool.query(aRecallOf(recall));
      await pool.query(
        `INSERT INTO recall_consignees (recall, consignee, wave, scope_version, state, due_kind, due_number, next_due)
          SELECT $1, name, 1, 1, 'notified', 'reminder', 1, now() FROM unnest($2::text[]) AS name`,
        [recall, ['A', 'B']],
      );
      await pool.query('UPDATE recalls SET launched_at = now() WHERE number = $1', [recall]);
      await pool.query('INSERT INTO recall_waves (recall, wave, started_at) VALUES ($1, 1, now())', [recall]);
      // A got five units of L1, B three and perhaps two more of which nobody knows the lot; the others got theirs from these,
      // and are in the recall once one of them has said so.
      await pool.query(
        `INSERT INTO recall_positions (recall, consignee, sku, lot, traced, possible) VALUES ($1, 'A', 'S', 'L1', 5, 0),
          ($1, 'B', 'S', 'L1', 3, 0), ($1, 'B', 'S', NULL, 0, 2)`,
        [recall],
      );
      for (const [index, each] of steps.entries()) {
        const before = await rowsOf(recall);
        if ('said' in each) {
          const answer: Answer = { sku: 'S', proof: null, ...each.said };
          const result = await takeResponse(pool, {
            ...{ recall, consignee: each.who, commandId: `${index}`, at: new Date().toISOString(), by: 'test' },
            ...{ channel: 'api', positions: [answer], newConsignees: [] },
          });
          // What the rules take the database takes, and what they refuse leaves no trace.
          if (result.type === 'refused') expect(await rowsOf(recall)).toEqual(before);
          else if (result.type === 'taken') {
            taken += 1;
            await writeToWhoWasNamed();
          }
        } else {
          // As a return does that receives goods and destroys some.
          await pool.query(
            `UPDATE recall_positions SET came_back = greatest(came_back, $4), destroyed_here = least($5, greatest(came_back, $4))
              WHERE recall = $1 AND consignee = $2 AND lot IS NOT DISTINCT FROM $3`,
            [recall, each.who, each.lot, each.cameBack, each.destroyed],
          );
        }
        expect(await toBeAsked(recall)).toEqual([]);
        const { affected, got, told } = await accountOf(pool, recall);
        expect([affected, told]).toEqual([got, got]);
      }
    }),
    { numRuns: 80 },
  );
  expect(taken).toBeGreaterThan(40);
  expect((await rebuildAll(pool)).differences.filter(({ table }) => table.startsWith('recall_'))).toEqual([]);

  /** As the sweeper of the inbox does, at once. */
  async function writeToWhoWasNamed(): Promise<void> {
    const { rows } = await pool.query<{ id: string; payload: NamedConsignees }>(
      `SELECT id::text, payload FROM inbox WHERE provider = 'passed_on' AND processed_at IS NULL`,
    );
    for (const { id, payload } of rows) await writeToNamed(pool, id, payload);
  }

  /** Who has goods to answer for and hears nothing. */
  async function toBeAsked(recall: string): Promise<unknown> {
    const { rows } = await pool.query(
      `SELECT p.consignee FROM recall_positions p LEFT JOIN recall_consignees c ON c.recall = p.recall AND c.consignee = p.consignee
        WHERE p.recall = $1 AND p.response IS NULL AND p.traced + p.taken_over + p.possible > 0 AND c.next_due IS NULL`,
      [recall],
    );
    return rows;
  }

  async function rowsOf(recall: string): Promise<unknown> {
    const { rows } = await pool.query(
      `SELECT to_jsonb(p) FROM recall_positions p WHERE recall = $1 UNION ALL
        SELECT to_jsonb(e) FROM recall_passed_on e WHERE recall = $1 UNION ALL
        SELECT to_jsonb(r) FROM recall_responses r WHERE recall = $1 ORDER BY 1`,
      [recall],
    );
    return rows;
  }
});

test('answers that are sent together are all taken, also where two files stand in each other’s way', async () => {
  const { pool } = await aJournal(2);
  const recall = 'RC-FILES';
  await pool.query(aRecallOf(recall));
  await pool.query('UPDATE recalls SET launched_at = now() WHERE number = $1', [recall]);
  await pool.query(`INSERT INTO consignees (id, kind) VALUES ('A', 'store'), ('B', 'store')`);
  await pool.query(
    `INSERT INTO recall_consignees (recall, consignee, wave, scope_version, state, due_kind, due_number, next_due)
      VALUES ($1, 'A', 1, 1, 'notified', 'reminder', 1, now()), ($1, 'B', 1, 1, 'notified', 'reminder', 1, now())`,
    [recall],
  );
  await pool.query(
    `INSERT INTO recall_positions (recall, consignee, sku, lot, traced, possible) VALUES ($1, 'A', 'S', 'L1', 5, 0), ($1, 'B', 'S', 'L1', 5, 0)`,
    [recall],
  );
  const nothing = { held: 0, returned: 0, destroyed: 0, corrected: 0, consumed: 0, soldOn: 0 };
  const file = (name: string, consumed: number, consignees: readonly string[]) =>
    takeResponses(
      pool,
      consignees.map((consignee) => ({
        ...{ recall, consignee, commandId: `${name}:${consignee}`, at: new Date().toISOString(), by: 'test' },
        ...{ channel: 'csv', newConsignees: [] },
        positions: [{ sku: 'S', lot: 'L1', ...nothing, consumed, passedOn: null, proof: null }],
      })),
    );
  for (let round = 0; round < 4; round += 1) {
    const both = await Promise.all([file(`${round}a`, 1, ['A', 'B']), file(`${round}b`, 2, ['B', 'A'])]);
    expect(both.flat().map(({ type }) => type)).toEqual(['taken', 'taken', 'taken', 'taken']);
  }
  // Units that can't be, among those that can: they alone are refused.
  const positions = (consumed: number) => [{ sku: 'S', lot: 'L1', ...nothing, consumed, passedOn: null, proof: null }];
  const each = { recall, at: new Date().toISOString(), by: 'test', channel: 'csv', newConsignees: [] } as const;
  const last = await takeResponses(pool, [
    { ...each, consignee: 'A', commandId: 'x', positions: positions(3) },
    { ...each, consignee: 'B', commandId: 'y', positions: positions(6) },
    { ...each, consignee: 'C', commandId: 'z', positions: positions(1) },
    { ...each, consignee: 'B', commandId: 'w', positions: positions(4) },
  ]);
  expect(last.map(({ type }) => type)).toEqual(['taken', 'refused', 'unknown', 'taken']);
  const { rows } = await pool.query(
    'SELECT consignee, claimed_consumed FROM recall_positions WHERE recall = $1 ORDER BY 1',
    [recall],
  );
  expect(rows).toEqual([
    { consignee: 'A', claimed_consumed: 3 },
    { consignee: 'B', claimed_consumed: 4 },
  ]);
});
