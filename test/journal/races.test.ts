import { expect, test } from 'vitest';
import { checkLedgers } from '../../activities/journal/ledgers.ts';
import { processOf } from '../../activities/journal/process.ts';
import { rebuildAll } from '../../activities/journal/rebuild.ts';
import { arrive, liveToTheEnd } from './life.ts';
import { aRequest, DrivenReturn } from './process.ts';
import { aSale } from './sale.ts';
import { aJournal, value } from './world.ts';

test('forty returns ask for ten units at once: ten get one each, nobody two, nothing is held twice', async () => {
  const { pool, journal } = await aJournal(16);
  await aSale(pool, { quantity: 12, fulfilled: 10 });
  const opened = await Promise.all(
    Array.from({ length: 40 }, (_, n) => journal.openReturn({ rma: `R-${n}`, request: aRequest('O-1', 1) })),
  );
  const held = opened.map((one) => (one.type === 'new' ? (one.facts.order.lines[0]?.held ?? []) : []));
  expect(held.filter((units) => units.length > 0)).toHaveLength(10);
  expect(new Set(held.flatMap((units) => units.map(([from]) => from))).size).toBe(10);
  expect(await value(pool, `SELECT range_agg(units)::text FROM unit_holds`)).toBe('{[0,10)}');
});

test('opening again holds the same units, also when both come together', async () => {
  const { pool, journal } = await aJournal();
  await aSale(pool, { quantity: 5 });
  await journal.openReturn({ rma: 'R-0', request: aRequest('O-1', 1) });
  const both = await Promise.all([1, 2, 3].map(() => journal.openReturn({ rma: 'R-1', request: aRequest('O-1', 2) })));
  for (const one of both) {
    if (one.type !== 'new') throw new Error(one.type);
    expect(one.facts.order.lines[0]).toMatchObject({ returnable: 4, held: [[1, 3]] });
  }
});

test('an order that nobody knows, and a return that nobody knows', async () => {
  const { pool, journal } = await aJournal();
  await aSale(pool);
  expect(await journal.openReturn({ rma: 'R-1', request: aRequest('O-9') })).toEqual({ type: 'unknown' });
  expect(await journal.openReturn({ rma: 'R-1', request: null })).toEqual({ type: 'unknown' });
  const stray = aRequest('O-1', 1, { lines: [{ line: 'L1', orderLine: 'O-9:1', quantity: 1, reason: 'defective' }] });
  expect(await journal.openReturn({ rma: 'R-1', request: stray })).toMatchObject({ facts: { order: { lines: [] } } });
});

test('a cancelled return lets its units go, and reserving takes what is still free', async () => {
  const { pool, journal } = await aJournal();
  await aSale(pool, { quantity: 3 });
  const one = new DrivenReturn(journal, 'R-1');
  await one.request(aRequest('O-1', 3));
  await one.send({ type: 'cancel', note: null });
  expect(await value(pool, `SELECT units::text FROM unit_holds WHERE rma = 'R-1'`)).toBe('{}');

  await journal.openReturn({ rma: 'R-2', request: aRequest('O-1', 1) });
  const want = { rma: 'R-1', wants: [{ line: 'L1', orderLine: 'O-1:1', total: 3, known: [] }] };
  expect(await journal.reserveUnits(want)).toEqual({ L1: [[1, 3]] });
  expect(await journal.reserveUnits(want)).toEqual({ L1: [[1, 3]] });
  expect(await value(pool, `SELECT pending::text FROM unit_holds WHERE rma = 'R-1'`)).toBe('{[1,3)}');
});

test('returns that race with themselves and each other: every command is in the journal once', async () => {
  const { pool, journal } = await aJournal(16);
  await aSale(pool, { quantity: 6, captured: [3000, 3000] });
  const rmas = ['R-1', 'R-2', 'R-3'];
  const sent: string[] = [];
  await Promise.all(
    rmas.map(async (rma) => {
      const writers = Array.from({ length: 4 }, () => new DrivenReturn(journal, rma));
      await writers[0]?.request(aRequest('O-1', 2));
      await Promise.all(
        writers.map(async (writer, n) => {
          // Each writer tells of scans of its own, and one that all of them tell.
          for (let step = 0; step < 15; step += 1) {
            const commandId = step % 5 === 0 ? `shared-${step}` : `w${n}-${step}`;
            sent.push(`${rma} ${commandId}`);
            const at = new Date(Date.UTC(2027, 0, 1, 0, step, n)).toISOString();
            for (let tries = 0; ; tries += 1) {
              if (writer.version === 0) await writer.append(emptyFor(rma));
              const result = await writer.send(
                { type: 'track', parcel: 'P1', status: 'in_transit', at },
                { commandId },
              );
              if (result.rows.some((row) => row.commandId === commandId)) break;
              if (tries > 200) throw new Error('never got through');
            }
          }
        }),
      );
    }),
  );
  const { rows } = await pool.query<{ id: string }>(
    `SELECT substr(process, 8) || ' ' || command_id AS id FROM journal WHERE command_id <> 'c1' ORDER BY 1`,
  );
  expect(rows.map(({ id }) => id)).toEqual([...new Set(sent)].sort());
  const gaps = `SELECT count(*)::int FROM (SELECT process, max(version) - count(*) AS gap FROM journal GROUP BY process) AS g WHERE gap <> 0`;
  expect(await value(pool, gaps)).toBe(0);
  expect((await rebuildAll(pool)).differences).toEqual([]);
});

test('many lives at once end with balanced books', async () => {
  const { pool, journal } = await aJournal(8);
  await aSale(pool, { quantity: 30, captured: [30_000] });
  await Promise.all(
    Array.from({ length: 10 }, async (_, n) => {
      const one = new DrivenReturn(journal, `R-${n}`);
      await one.request(aRequest('O-1', 3));
      if (n % 3 === 0) await one.send({ type: 'cancel', note: null });
      else if (n % 3 === 1) await arrive(one, 3);
      else await liveToTheEnd(one, 3);
    }),
  );
  expect(await checkLedgers(pool)).toMatchObject({ balanced: true, disagreements: [] });
  expect(await rebuildAll(pool)).toEqual({ processes: 10, differences: [] });
  expect(await value(pool, 'SELECT refunded::int FROM payments')).toBe(9000);
});

const emptyFor = (rma: string) => ({
  process: processOf(rma),
  expectedVersion: 0,
  items: [],
  projection: null,
  stock: [],
  money: [],
});
