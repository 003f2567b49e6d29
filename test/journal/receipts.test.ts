import { pino } from 'pino';
import { expect, test } from 'vitest';
import type { InboxMessage } from '../../activities/journal/inbox.ts';
import { checkLedgers } from '../../activities/journal/ledgers.ts';
import { rebuildAll } from '../../activities/journal/rebuild.ts';
import { type ReceiptCommand, takeReceiptCommand } from '../../activities/journal/receipts.ts';
import { type BookReceipt, bookReceipt, disposeReceipt, matchReceipt } from '../../domain/receipt/decide.ts';
import { sweepInbox } from '../../worker/inbox.ts';
import { noClues } from '../domain/receipt/receipts.ts';
import { buyLabel } from './life.ts';
import { aRequest, DrivenReturn } from './process.ts';
import { aSale } from './sale.ts';
import { aJournal, value, type World } from './world.ts';

const log = pino({ level: 'silent' });
const receipt = 'U-7K3M-Q9TX-1';
const at = '2027-01-01T10:00:00.000Z';
const command = (part: Pick<ReceiptCommand, 'commandId' | 'name' | 'decide'>): ReceiptCommand => ({
  receipt,
  at,
  by: 'key_1',
  ...part,
});

const booking = (changes: Partial<BookReceipt> = {}): ReceiptCommand =>
  command({
    commandId: 'book',
    name: 'book',
    decide: () =>
      bookReceipt({
        receipt,
        facility: 'RC-1',
        clues: noClues,
        weightGrams: 700,
        contents: [{ sku: 'MUG-1', quantity: 2 }],
        partial: false,
        note: null,
        ...changes,
      }),
  });

const matching = (rma: string, commandId = 'match', quantity?: number): ReceiptCommand =>
  command({
    commandId,
    name: 'match',
    decide: (held) => {
      if (held === null) throw new Error('not booked');
      const lines = quantity === undefined ? null : [{ line: 'R1', quantity }];
      return matchReceipt(held, { rma, lines, partial: false });
    },
  });

async function aLabelledReturn(world: World, rma = 'R-1'): Promise<DrivenReturn> {
  await aSale(world.pool, { order: `O-${rma}` });
  const one = new DrivenReturn(world.journal, rma);
  await one.request(aRequest(`O-${rma}`, 2));
  await buyLabel(one);
  return one;
}

/** The sweeper's delivery as the return's process takes it. */
const to =
  (...returns: readonly DrivenReturn[]) =>
  async ({ rma, message }: InboxMessage): Promise<void> => {
    const one = returns.find((each) => each.rma === rma);
    await one?.send(message.command, { commandId: message.commandId, by: message.by });
  };

const due = ({ pool }: World) => pool.query(`UPDATE inbox SET next_attempt_at = now() - interval '1 minute'`);
const waiting = ({ pool }: World) =>
  value<number>(pool, 'SELECT count(*)::int FROM inbox WHERE processed_at IS NULL AND dead_at IS NULL');
const quarantine = ({ pool }: World, process: string) =>
  value<number>(
    pool,
    `SELECT coalesce(sum(CASE WHEN to_account = 'quarantine' THEN quantity ELSE -quantity END), 0)::int
     FROM stock_entries WHERE process = $1 AND 'quarantine' IN (from_account, to_account)`,
    [process],
  );

async function booksAgree({ pool }: World): Promise<void> {
  expect((await rebuildAll(pool)).differences).toEqual([]);
  expect((await checkLedgers(pool)).disagreements).toEqual([]);
}

test('a parcel that nobody expected lies in quarantine and in the people’s queue until it is matched', async () => {
  const world = await aJournal();
  const one = await aLabelledReturn(world);
  expect(await takeReceiptCommand(world.pool, booking())).toEqual({ type: 'taken' });
  expect(await takeReceiptCommand(world.pool, booking())).toEqual({ type: 'known' });
  expect(await quarantine(world, `receipt:${receipt}`)).toBe(2);
  const open = `SELECT string_agg(reason || ' ' || subject, ',') FROM attention WHERE resolved_at IS NULL`;
  expect(await value(world.pool, open)).toBe(`unexpected_parcel ${receipt}`);

  expect(await takeReceiptCommand(world.pool, matching('R-1'))).toEqual({ type: 'taken' });
  expect(await value(world.pool, open)).toBeNull();
  expect(await quarantine(world, `receipt:${receipt}`)).toBe(0);
  // Who was to bring it there died: the sweeper does, once however often.
  await due(world);
  await sweepInbox(world.pool, { toReturn: to(one) }, log);
  await due(world);
  await sweepInbox(world.pool, { toReturn: to(one) }, log);
  expect(await waiting(world)).toBe(0);
  expect(await quarantine(world, 'return:R-1')).toBe(2);
  expect(one.opened.lines['L1']?.received).toBe(2);
  expect(one.opened.parcels['U2']?.received).toBe(true);
  await booksAgree(world);
});

test('goods that came under a return’s label are that parcel’s', async () => {
  const world = await aJournal();
  const one = await aLabelledReturn(world);
  await takeReceiptCommand(world.pool, booking({ clues: { ...noClues, tracking: '1ZR-1' } }));
  await takeReceiptCommand(world.pool, matching('R-1'));
  await due(world);
  await sweepInbox(world.pool, { toReturn: to(one) }, log);
  expect(Object.keys(one.opened.parcels)).toEqual(['P1']);
  expect(one.opened.parcels['P1']?.received).toBe(true);
});

test('a crash before the answer, or a message that comes twice, brings the goods once', async () => {
  const world = await aJournal();
  const one = await aLabelledReturn(world);
  await takeReceiptCommand(world.pool, booking());
  await takeReceiptCommand(world.pool, matching('R-1'));
  // It arrives, and whoever brought it dies before the inbox hears of it.
  await due(world);
  await sweepInbox(
    world.pool,
    {
      toReturn: async (message) => {
        await to(one)(message);
        throw new Error('killed');
      },
    },
    log,
  );
  expect(await waiting(world)).toBe(1);
  await due(world);
  await sweepInbox(world.pool, { toReturn: to(one) }, log);
  expect(await waiting(world)).toBe(0);
  expect(Object.values(one.opened.items)).toHaveLength(1);
  expect(await quarantine(world, 'return:R-1')).toBe(2);
  await booksAgree(world);
});

test('what a return refuses stays pending, and reaches it when its review is decided', async () => {
  const world = await aJournal();
  await aSale(world.pool, { order: 'O-R-1' });
  const one = new DrivenReturn(world.journal, 'R-1');
  await one.request(
    aRequest('O-R-1', 2, { lines: [{ line: 'L1', orderLine: 'O-R-1:1', quantity: 2, reason: 'recalled' }] }),
  );
  expect(one.opened.phase).toBe('in_review');
  await takeReceiptCommand(world.pool, booking());
  await takeReceiptCommand(world.pool, matching('R-1'));
  await due(world);
  await sweepInbox(world.pool, { toReturn: to(one) }, log);
  expect(await waiting(world)).toBe(1);
  await one.send({ type: 'review', decisions: [{ line: 'L1', approve: true, note: 'N' }] });
  await due(world);
  await sweepInbox(world.pool, { toReturn: to(one) }, log);
  expect(await waiting(world)).toBe(0);
  expect(one.opened.lines['L1']?.received).toBe(2);
});

test('after a day of refusals a person is asked', async () => {
  const world = await aJournal();
  await aLabelledReturn(world);
  await takeReceiptCommand(world.pool, booking());
  await takeReceiptCommand(world.pool, matching('R-1'));
  await due(world);
  await world.pool.query('UPDATE inbox SET attempts = 153');
  await sweepInbox(world.pool, { toReturn: async () => undefined }, log);
  expect(await value(world.pool, 'SELECT reason FROM attention WHERE resolved_at IS NULL')).toBe('goods_not_taken');
});

test('a parcel of several returns is split, and what is matched twice at once leaves once', async () => {
  const world = await aJournal();
  const one = await aLabelledReturn(world, 'R-1');
  const other = await aLabelledReturn(world, 'R-2');
  const contents = [
    { sku: 'MUG-1', quantity: 1, rma: 'R-1' },
    { sku: 'MUG-1', quantity: 2, rma: 'R-2' },
    { sku: 'MUG-1', quantity: 1 },
  ];
  await takeReceiptCommand(world.pool, booking({ contents }));
  await due(world);
  await sweepInbox(world.pool, { toReturn: to(one, other) }, log);
  expect([one.opened.lines['L1']?.received, other.opened.lines['L1']?.received]).toEqual([1, 2]);
  expect(await quarantine(world, `receipt:${receipt}`)).toBe(1);
  const last = (rma: string, commandId: string) => takeReceiptCommand(world.pool, matching(rma, commandId));
  const results = await Promise.all([last('R-1', 'm1'), last('R-2', 'm2')]);
  expect(results.map(({ type }) => type).sort()).toEqual(['refused', 'taken']);
  await due(world);
  await sweepInbox(world.pool, { toReturn: to(one, other) }, log);
  await booksAgree(world);
});

test('goods that nobody claims are sent away, and leave the queue', async () => {
  const world = await aJournal();
  await aLabelledReturn(world);
  await takeReceiptCommand(world.pool, booking());
  await takeReceiptCommand(world.pool, matching('R-1', 'some', 1));
  const dispose = command({
    commandId: 'away',
    name: 'dispose',
    decide: (held) => {
      if (held === null) throw new Error('not booked');
      return disposeReceipt(held, { disposition: 'return_to_customer', evidence: 'DHL-1', lines: null, note: 'N' });
    },
  });
  expect(await takeReceiptCommand(world.pool, dispose)).toEqual({ type: 'taken' });
  expect(await quarantine(world, `receipt:${receipt}`)).toBe(0);
  expect(await value(world.pool, 'SELECT count(*)::int FROM attention WHERE resolved_at IS NULL')).toBe(0);
  expect(await takeReceiptCommand(world.pool, matching('R-1', 'late'))).toMatchObject({ code: 'nothing_left' });
  await booksAgree(world);
});
