import fc from 'fast-check';
import type pg from 'pg';
import { expect, test } from 'vitest';
import type { JournalPage } from '../../activities/journal/port.ts';
import { readPage, readTail } from '../../activities/journal/tail.ts';
import type { ReturnKind } from '../../domain/return/kind.ts';
import { withClient } from '../../prisma/client.ts';
import { aJournal } from './world.ts';

/** Temporal warns of what is larger. */
const warnedOf = 256 * 1024;

/** Journal rows whose events are so many characters long. */
async function rowsOf(pool: pg.Pool, process: string, sizes: readonly number[]): Promise<void> {
  const events = sizes.map((size) => [{ type: 'x', text: Buffer.alloc(size, `${process}-`).toString() }]);
  await pool.query(
    `INSERT INTO journal (process, version, command_id, at, by, command, events)
     SELECT $1, n, 'c' || n, now(), 'test', 'x', events FROM jsonb_array_elements($2::jsonb) WITH ORDINALITY AS e(events, n)`,
    [process, JSON.stringify(events)],
  );
}

const someSizes = fc.array(fc.oneof(fc.nat(500), fc.integer({ min: 50_000, max: 199_000 }), fc.constant(400_000)), {
  minLength: 1,
  maxLength: 12,
});

test('a journal read by pages is the whole journal, in payloads that Temporal carries', async () => {
  const { pool, journal } = await aJournal();
  let made = 0;
  await fc.assert(
    fc.asyncProperty(someSizes, async (sizes) => {
      made += 1;
      const process = `return:R-${made}`;
      await rowsOf(pool, process, sizes);
      const read: JournalPage[number][] = [];
      do {
        const page = await journal.readJournal<ReturnKind>({ process, above: read.at(-1)?.version ?? 0 });
        expect(page.length).toBeGreaterThan(0);
        expect(page.length === 1 || JSON.stringify(page).length < warnedOf).toBe(true);
        read.push(...page);
      } while (read.at(-1)?.more === true);
      const { rows } = await withClient(pool, (client) => readTail(client, process, 0));
      expect(read.map(({ more: _, ...row }) => row)).toEqual(rows);
    }),
    { numRuns: 25 },
  );
});

test('commands that are known already are told of, however old, and none of what lies between is left out', async () => {
  const { pool } = await aJournal();
  await rowsOf(pool, 'return:R-1', [10, 150_000, 150_000, 10, 10, 150_000, 10, 150_000]);
  const versions = (above: number, ids: readonly string[]) =>
    withClient(pool, async (client) => {
      const page = await readPage(client, 'return:R-1', above, ids);
      return {
        versions: page.rows.map(({ version }) => version),
        more: page.rows.at(-1)?.more === true,
        of: page.version,
      };
    });
  // What is known and lies behind the page comes with a later one.
  expect(await versions(4, ['c1', 'c8'])).toEqual({ versions: [1, 5, 6, 7], more: true, of: 8 });
  // Nor do old ones together come to more than a payload: the others are asked for again.
  expect(await versions(7, ['c2', 'c3'])).toEqual({ versions: [2, 8], more: false, of: 8 });
  expect(await versions(8, ['c3'])).toEqual({ versions: [3], more: false, of: 8 });
  expect(await versions(9, [])).toEqual({ versions: [], more: false, of: 8 });
});
