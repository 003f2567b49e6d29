import { expect, test } from 'vitest';
import { type InboxMessage, processEvent, storeEvent, type WebhookEvent } from '../../activities/journal/inbox.ts';
import { checkLedgers } from '../../activities/journal/ledgers.ts';
import { rebuildAll } from '../../activities/journal/rebuild.ts';
import { buyLabel } from './life.ts';
import { aRequest, DrivenReturn } from './process.ts';
import { aSale } from './sale.ts';
import { aJournal, value, type World } from './world.ts';

/** A return whose two mugs came damaged, with its claim opened at the carrier. */
async function aDamagedReturn(world: World): Promise<DrivenReturn> {
  await aSale(world.pool);
  const one = new DrivenReturn(world.journal, 'R-1');
  await one.request(aRequest('O-1', 2));
  await buyLabel(one);
  const contents = [{ sku: 'MUG-1', quantity: 2, damagedInTransit: true }];
  await one.send({ type: 'receive', parcel: 'P1', contents, partial: false });
  const outcome = { type: 'claim_opened', providerId: 'clm_1' } as const;
  await one.send({ type: 'outcome', effect: 'open_claim:P1:damaged', outcome });
  return one;
}

const anAnswer = (eventId: string, changes: Partial<Extract<WebhookEvent, { kind: 'claim' }>> = {}): WebhookEvent => ({
  provider: 'easypost',
  eventId,
  kind: 'claim',
  reference: 'R-1:claim:P1:damaged',
  providerId: 'clm_1',
  status: 'paid',
  amount: '15.00',
  ...changes,
});

async function tell(world: World, one: DrivenReturn, event: WebhookEvent) {
  const row = await storeEvent(world.pool, event);
  if (row === null) throw new Error('not stored');
  const toReturn = async ({ message }: InboxMessage) =>
    void (await one.send(message.command, { commandId: message.commandId, by: message.by }));
  return await processEvent(world.pool, row, { toReturn });
}

test('a carrier’s payment reaches its claim, in the return’s currency, and the books', async () => {
  const world = await aJournal();
  const one = await aDamagedReturn(world);
  expect(await tell(world, one, anAnswer('evt_1'))).toBe('delivered');
  expect(await value(world.pool, `SELECT state || ' ' || amount || ' ' || paid FROM claims`)).toBe('paid 2000 1500');
  expect(await value(world.pool, `SELECT sum(amount)::int FROM money_entries WHERE credit = 'recovery'`)).toBe(1500);
  expect(await value(world.pool, `SELECT count(*)::int FROM outbox WHERE event_type = 'return.claim_paid'`)).toBe(1);
  expect((await rebuildAll(world.pool)).differences).toEqual([]);
  expect((await checkLedgers(world.pool)).disagreements).toEqual([]);
});

test('an answer that overtakes the opening finds its claim by our reference', async () => {
  const world = await aJournal();
  const one = await aDamagedReturn(world);
  await world.pool.query('UPDATE claims SET provider_id = NULL');
  expect(await tell(world, one, anAnswer('evt_1', { status: 'refused', amount: null }))).toBe('delivered');
  expect(await value(world.pool, 'SELECT state FROM claims')).toBe('refused');
});

test('an answer to an earlier claim of the same name says nothing of this one, and a stranger’s is nobody’s', async () => {
  const world = await aJournal();
  const one = await aDamagedReturn(world);
  expect(await tell(world, one, anAnswer('evt_1', { providerId: 'clm_0' }))).toBe('noted');
  expect(await tell(world, one, anAnswer('evt_2', { providerId: 'clm_9', reference: null }))).toBe('unmatched');
  expect(await tell(world, one, anAnswer('evt_3', { amount: null }))).toBe('unmatched');
  expect(await value(world.pool, 'SELECT state FROM claims')).toBe('opened');
});
