import { pino } from 'pino';
import { expect, test } from 'vitest';
import { takeResponse } from '../../activities/recalls/respond.ts';
import { wakeOnceCommitted } from '../../activities/recalls/wake.ts';
import { type NamedConsignees, writeToNamed } from '../../activities/recalls/write-to-named.ts';
import type { ResponseChannel } from '../../domain/recall/response.ts';
import { inTransaction } from '../../prisma/client.ts';
import { sweepInbox } from '../../worker/inbox.ts';
import { aRecallOf } from './recall-breaches.ts';
import { aJournal } from './world.ts';

/** A recall of five units with each of so many stores. */
async function aRecall(stores: number) {
  const { pool } = await aJournal();
  await pool.query(`${aRecallOf('RC')}; UPDATE recalls SET launched_at = now(), consignees = ${stores}`);
  await pool.query(`INSERT INTO recall_waves (recall, wave, started_at, ended_at) VALUES ('RC', 1, now(), now())`);
  await pool.query(`INSERT INTO consignees (id, kind) SELECT 'S' || n, 'store' FROM generate_series(1, $1::int) AS n`, [
    stores,
  ]);
  await pool.query(
    `INSERT INTO recall_consignees (recall, consignee, wave, scope_version, state, due_kind, due_number, next_due, last_sent_at)
      SELECT 'RC', id, 1, 1, 'notified', 'reminder', 1, now(), now() FROM consignees`,
  );
  await pool.query(
    `INSERT INTO recall_positions (recall, consignee, sku, lot, traced) SELECT 'RC', id, 'S', 'L1', 5 FROM consignees`,
  );
  const said = { sku: 'S', lot: 'L1', held: 0, returned: 0, destroyed: 0, corrected: 0, consumed: 0, proof: null };
  const nobody = { name: 'New', isPrivate: false, email: null, country: null, language: null };
  /** A store says that it passed so many units on to a shop, which nobody else knows, or to a store. */
  const say = async (
    store: string,
    commandId: string,
    passedOn: readonly { consignee: string; quantity: number }[],
    channel: ResponseChannel = 'api',
  ) =>
    await takeResponse(pool, {
      ...{ recall: 'RC', consignee: store, commandId, at: new Date().toISOString(), by: 'test', channel },
      positions: [{ ...said, soldOn: passedOn.reduce((sum, { quantity }) => sum + quantity, 0), passedOn }],
      newConsignees: passedOn.flatMap(({ consignee: id }) =>
        id.startsWith('sub:') ? [{ id, kind: 'business' as const, ...nobody }] : [],
      ),
    });
  const passOn = async (store: string, quantity: number, to = `sub:${store}/1`) =>
    expect(await say(store, `${store} ${to} ${quantity}`, [{ consignee: to, quantity }])).toMatchObject({
      type: 'taken',
    });
  const notes = async () =>
    (
      await pool.query<{ id: string; payload: NamedConsignees; open: boolean; seconds: number }>(
        `SELECT id::text, payload, processed_at IS NULL AS open, round(extract(epoch FROM next_attempt_at - received_at))::int AS seconds
          FROM inbox WHERE provider = 'passed_on'`,
      )
    ).rows;
  const told = async () => {
    const { rows } = await pool.query(
      `SELECT consignee, state, due_kind, round FROM recall_consignees WHERE consignee <> ALL ('{S3,S4}') ORDER BY consignee`,
    );
    return rows.map((row) => Object.values(row).join(' '));
  };
  /** Waves that are to be woken, and whether they still are. */
  const wakes = async () => {
    const { rows } = await pool.query(
      `SELECT event_id, processed_at IS NULL AS open FROM inbox WHERE provider = 'recall_wave' ORDER BY 1`,
    );
    return rows.map((row) => Object.values(row).join(' '));
  };
  return { pool, say, passOn, notes, told, wakes };
}

test('however many name somebody, one note waits; who names meanwhile is not lost', async () => {
  const { pool, passOn, notes, told, wakes } = await aRecall(4);
  await passOn('S1', 2);
  await passOn('S2', 3);
  const [note, ...others] = await notes();
  expect(others).toEqual([]);
  expect(note).toMatchObject({ open: true, seconds: 5 });
  if (note === undefined) throw new Error('nothing was noted');
  // It is taken up as it was when S3 hadn't named anybody yet: it waits once more.
  await passOn('S3', 1);
  await writeToNamed(pool, note.id, note.payload);
  const [again] = await notes();
  expect(again).toMatchObject({ id: note.id, open: true });
  await writeToNamed(pool, note.id, again?.payload ?? note.payload);
  expect(await notes()).toMatchObject([{ open: false }]);
  expect(await wakes()).toEqual(['RC/1 true']);
  expect((await told()).filter((row) => row.startsWith('sub:'))).toEqual([
    'sub:S1/1 planned initial 1',
    'sub:S2/1 planned initial 1',
    'sub:S3/1 planned initial 1',
  ]);
  // Once more nobody is found anew.
  await passOn('S4', 1, 'S1');
  expect(await notes()).toMatchObject([{ open: true }]);
  expect((await pool.query('SELECT ended_at FROM recall_waves')).rows).toEqual([{ ended_at: null }]);
});

test('who is named while the first draw is made is noted to be drawn, too', async () => {
  const { pool, passOn, notes } = await aRecall(1);
  await pool.query(`UPDATE recalls SET status = 'notified', notified_at = now()`);
  await passOn('S1', 2);
  for (const { id, payload } of await notes()) await writeToNamed(pool, id, payload);
  const { rows } = await pool.query(`SELECT event_id FROM inbox WHERE provider = 'recall_draw'`);
  expect(rows).toEqual([{ event_id: 'RC' }]);
});

test('who has answered is asked again once more came to it, and not where it has answered for that', async () => {
  const { pool, passOn, notes, told } = await aRecall(2);
  const write = async () => {
    for (const { id, payload, open } of await notes()) if (open) await writeToNamed(pool, id, payload);
  };
  await passOn('S2', 1);
  expect(await told()).toEqual(['S1 notified reminder 1', 'S2 responded  1']);
  await passOn('S1', 2, 'S2');
  await write();
  expect(await told()).toEqual(['S1 responded  1', 'S2 planned amended 2', 'sub:S2/1 planned initial 1']);
  await write();
  await passOn('S2', 3);
  await write();
  expect((await told()).slice(0, 2)).toEqual(['S1 responded  1', 'S2 responded  2']);
});

test('the more consignees a recall has, the longer those who are named are gathered; one that is over writes to nobody', async () => {
  const { pool, passOn, notes, told, wakes } = await aRecall(2);
  await pool.query(`UPDATE recalls SET consignees = 100000`);
  await passOn('S1', 2);
  const [note] = await notes();
  expect(note?.seconds).toBe(600);
  await pool.query(`UPDATE recalls SET status = 'completed', completed_at = now()`);
  await writeToNamed(pool, note?.id ?? '', note?.payload as NamedConsignees);
  expect(await wakes()).toEqual([]);
  expect(await told()).toEqual(['S1 responded  1', 'S2 notified reminder 1']);
});

test('a wave is woken by whoever sweeps the inbox, and not while those who are named are given their places', async () => {
  const { pool, passOn, notes, told, wakes } = await aRecall(2);
  await passOn('S1', 2);
  const due = () => pool.query(`UPDATE inbox SET next_attempt_at = now() - interval '1 minute'`);
  const woken: number[] = [];
  const toReturn = () => Promise.reject(new Error('no return is told'));
  const ways = { toReturn, toWave: async ({ wave }: { wave: number }) => void woken.push(wave) };
  const log = pino({ level: 'silent' });
  await due();
  await sweepInbox(pool, ways, log);
  expect([await notes(), woken]).toMatchObject([[{ open: true }], []]);
  await sweepInbox(pool, ways, log, { slow: true });
  expect([await notes(), await wakes(), woken]).toMatchObject([[{ open: false }], ['RC/1 true'], []]);
  expect(await told()).toContain('sub:S1/1 planned initial 1');
  // Nobody gets through to it, then it is told again while it is being woken.
  await sweepInbox(pool, { ...ways, toWave: () => Promise.reject(new Error('Temporal is away')) }, log);
  await due();
  await sweepInbox(
    pool,
    { ...ways, toWave: () => inTransaction(pool, (client) => wakeOnceCommitted(client, 'RC', [1])) },
    log,
  );
  expect(await wakes()).toEqual(['RC/1 true']);
  await due();
  await sweepInbox(pool, ways, log);
  expect([await wakes(), woken]).toEqual([['RC/1 false'], [1]]);
});

test('who was passed nothing on after all is written to no more, and again once goods come to it', async () => {
  const { pool, passOn, notes, told, say } = await aRecall(2);
  const write = async () => {
    for (const { id, payload, open } of await notes()) if (open) await writeToNamed(pool, id, payload);
  };
  await passOn('S1', 2);
  await write();
  expect(await told()).toContain('sub:S1/1 planned initial 1');
  await say('S1', 'other', [{ consignee: 'sub:S1/2', quantity: 2 }]);
  await write();
  expect((await told()).slice(2)).toEqual(['sub:S1/1 responded  1', 'sub:S1/2 planned initial 1']);
  await passOn('S1', 1);
  await write();
  expect((await told()).slice(2)).toEqual(['sub:S1/1 planned initial 2', 'sub:S1/2 responded  1']);
});

test('by a link only so many are named in a recall, however often it is used', async () => {
  const { pool, say } = await aRecall(2);
  await pool.query('UPDATE recall_positions SET traced = 2000');
  const some = (from: number, count: number, of = 'S1') =>
    Array.from({ length: count }, (_, index) => ({ consignee: `sub:${of}/${from + index}`, quantity: 1 }));
  expect(await say('S1', '1', some(0, 300), 'link')).toMatchObject({ type: 'taken' });
  // Others instead, for the same units.
  expect(await say('S1', '2', some(300, 200), 'link')).toMatchObject({ type: 'taken' });
  expect(await say('S1', '3', some(500, 1), 'link')).toMatchObject({
    refusals: [{ code: 'sub_consignees_too_many', field: 'positions[0].passedOn' }],
  });
  expect(await say('S1', '4', some(299, 201), 'link')).toMatchObject({ type: 'taken' });
  expect(await say('S1', '5', some(500, 10), 'api')).toMatchObject({ type: 'taken' });
  expect(await say('S2', '6', some(0, 1, 'S2'), 'link')).toMatchObject({ type: 'taken' });
});
