import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type pg from 'pg';
import { expect, test } from 'vitest';
import { drawChecks } from '../../activities/recalls/draw-checks.ts';
import { recordFindings } from '../../api/recalls/checks/record.ts';
import { sampleSize } from '../../domain/recall/checks.ts';
import { recall as aRecall } from './recall-breaches.ts';
import { aJournal } from './world.ts';

const SHARES = [0, 200, 1_000, 2_500, 10_000] as const;

/** The sample of a stratum as somebody else would choose it who knows the recall's number and the consignees. */
function chosenOf(recall: string, consignees: readonly string[], share: number): string[] {
  const place = (consignee: string) => createHash('sha256').update(`${recall}\n${consignee}`).digest('hex');
  return [...consignees].sort((a, b) => (place(a) < place(b) ? -1 : 1)).slice(0, sampleSize(consignees.length, share));
}

async function consignees(pool: pg.Pool, recall: string, ids: readonly string[]): Promise<void> {
  await pool.query(`INSERT INTO consignees (id, kind) SELECT id, 'store' FROM unnest($1::text[]) AS n(id)`, [ids]);
  await pool.query(
    `INSERT INTO recall_consignees (recall, consignee, wave, scope_version, state, due_kind, due_number, next_due)
      SELECT $1, id, 1, 1, 'planned', 'initial', 1, now() FROM unnest($2::text[]) AS n(id)`,
    [recall, ids],
  );
}

const checksOf = async (pool: pg.Pool, recall: string, states: readonly string[]): Promise<string[]> => {
  const { rows } = await pool.query<{ consignee: string }>(
    'SELECT consignee FROM recall_checks WHERE recall = $1 AND state = ANY ($2)',
    [recall, states],
  );
  return rows.map(({ consignee }) => consignee).sort();
};

type Step = { readonly come: number; readonly share: (typeof SHARES)[number] };
const steps: fc.Arbitrary<Step[]> = fc.array(fc.record({ come: fc.nat(30), share: fc.constantFrom(...SHARES) }), {
  minLength: 1,
  maxLength: 6,
});

test('anybody can choose the same sample again, who comes later has one of their own, and nothing found is lost', async () => {
  const { pool } = await aJournal(1);
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      runs += 1;
      const recall = `RC-${runs}`;
      await pool.query(aRecall('number', `'${recall}'`));
      const strata: string[][] = [];
      const found = new Set<string>();
      for (const [index, { come, share }] of sequence.entries()) {
        const ids = Array.from({ length: come }, (_, each) => `${recall}-${index}-${each}`);
        await consignees(pool, recall, ids);
        strata.push(ids);
        const input = { recall, draw: index + 1, share };
        const drawn = await drawChecks(pool, input);
        expect(await drawChecks(pool, input)).toEqual(drawn);
        const chosen = strata.flatMap((stratum) => chosenOf(recall, stratum, share));
        const expected = [...new Set([...chosen, ...found])].sort();
        expect(await checksOf(pool, recall, ['open', 'follow_up', 'done'])).toEqual(expected);
        expect(drawn).toMatchObject({ consignees: strata.flat().length, checks: expected.length });
        // Somebody begins with the first of them; a smaller share doesn't take that back.
        const { rows } = await pool.query<{ number: number; consignee: string }>(
          `SELECT number, consignee FROM recall_checks WHERE recall = $1 AND state = 'open' ORDER BY number LIMIT 1`,
          [recall],
        );
        for (const { number, consignee } of rows) {
          const outcome = index % 2 === 0 ? 'effective' : 'no_action';
          const finding = { method: 'phone', outcome, checkedAt: '2026-03-02T09:00:00.000Z', found: null } as const;
          const named = { recall, number, noteId: `note:${recall}:${index}` };
          expect(await recordFindings({ pool }, 'key', [{ check: named, finding }])).toEqual([{ status: 'recorded' }]);
          found.add(consignee);
        }
      }
    }),
    { numRuns: 40 },
  );
});

test('findings that meet somebody else who holds their consignees the other way round are recorded all the same', async () => {
  const { pool } = await aJournal(3);
  await pool.query(aRecall('number', `'RC'`));
  await pool.query(`INSERT INTO recall_waves (recall, wave) VALUES ('RC', 1)`);
  await consignees(pool, 'RC', ['K-1', 'K-2']);
  await drawChecks(pool, { recall: 'RC', draw: 1, share: 10_000 });
  const { rows } = await pool.query<{ consignee: string }>('SELECT consignee FROM recall_checks ORDER BY number');
  const [first = '', second = ''] = rows.map(({ consignee }) => consignee);
  const other = await pool.connect();
  try {
    const locks = (consignee: string) =>
      other.query('SELECT FROM recall_consignees WHERE consignee = $1 FOR UPDATE', [consignee]);
    await other.query('BEGIN');
    await locks(second);
    const finding = {
      method: 'phone',
      outcome: 'not_received',
      checkedAt: '2026-03-02T09:00:00.000Z',
      found: null,
    } as const;
    const recorded = recordFindings(
      { pool },
      'key',
      [1, 2].map((number) => ({ check: { recall: 'RC', number, noteId: `note:${number}` }, finding })),
    );
    const waits = async () =>
      (await pool.query(`SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`))
        .rowCount;
    await expect.poll(waits, { interval: 20 }).toBeGreaterThan(0);
    // The findings have waited for longer, so it is their transaction that the database ends.
    await locks(first);
    await other.query('COMMIT');
    expect(await recorded).toEqual([{ status: 'recorded' }, { status: 'recorded' }]);
  } finally {
    other.release(true);
  }
});
