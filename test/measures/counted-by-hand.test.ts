import { expect, test } from 'vitest';
import type { Dimension } from '../../api/measures/dimensions.ts';
import { measure } from '../../api/measures/measures.ts';
import { groupsOf } from '../../api/measures/shape.ts';
import type { ReasonCode } from '../../domain/reasons.ts';
import { asNew } from '../domain/sale.ts';
import { aRequest, DrivenReturn } from '../journal/process.ts';
import { aPlainPolicy, aSale } from '../journal/sale.ts';
import { aJournal, type World } from '../journal/world.ts';

const DAY = 86_400;
const on = (day: number) => ({ at: new Date(Date.UTC(2026, 2, day)).toISOString() });
const period = { from: new Date('2026-02-20T00:00:00Z'), to: new Date('2026-04-01T00:00:00Z') };

async function askedFor(
  { journal }: World,
  order: string,
  quantity: number,
  reason: ReasonCode,
  day: number,
): Promise<DrivenReturn> {
  const one = new DrivenReturn(journal, `R-${order}`);
  const lines = [{ line: 'L1', orderLine: `${order}:1`, quantity, reason }];
  const request = aRequest(order, quantity, { lines });
  const opened = await one.journal.openReturn({ rma: one.rma, request });
  if (opened.type !== 'new') throw new Error('expected a new return');
  await one.send({ type: 'request', rma: one.rma, request, facts: opened.facts }, on(day));
  return one;
}

/** The third never comes. */
async function threeReturns(): Promise<World> {
  const world = await aJournal();
  const fees = { restockingBasisPoints: 1000, returnShipping: { EUR: 495 }, waivedFor: ['vendor'] as const };
  const policy = aPlainPolicy({ fees });
  for (const order of ['O-1', 'O-2', 'O-3']) await aSale(world.pool, { order, quantity: 4, policy });
  const asked = async (order: string, quantity: number, reason: ReasonCode, day: number) =>
    await askedFor(world, order, quantity, reason, day);
  // One mug that wasn't wanted: it is as new and goes back to stock.
  const unwanted = await asked('O-1', 1, 'changed_mind', 2);
  await comeIn(unwanted, 1, [3, 5]);
  await unwanted.send({ type: 'inspect', item: 'P1-1', findings: [{ quantity: 1, facts: asNew }] }, on(6));
  await refunded(unwanted, 7);
  await unwanted.send({ type: 'confirm_disposition', item: 'P1-1', evidence: 'BIN-1' }, on(8));
  // Two that are mouldy, as two inspectors find: they are destroyed, the vendor's fault waives both fees.
  const mouldy = await asked('O-2', 2, 'defective', 9);
  await comeIn(mouldy, 2, [10, 11]);
  const findings = [{ quantity: 2, facts: { ...asNew, contamination: 'confirmed' as const } }];
  await mouldy.send({ type: 'inspect', item: 'P1-1', findings }, on(12));
  await mouldy.send({ type: 'inspect', item: 'P1-1', findings }, on(13));
  await refunded(mouldy, 15);
  await mouldy.send({ type: 'confirm_disposition', item: 'P1-1', evidence: 'CERT-1' }, on(17));
  await asked('O-3', 1, 'wrong_size', 20);
  return world;
}

async function comeIn(
  one: DrivenReturn,
  quantity: number,
  [scanned, received]: readonly [number, number],
): Promise<void> {
  const cost = { amount: 595, currency: 'EUR' };
  const label = { type: 'label_bought', carrier: 'UPS', tracking: `1Z${one.rma}`, providerId: 's', cost } as const;
  await one.send({ type: 'outcome', effect: 'buy_label:P1', outcome: label }, on(scanned - 1));
  await one.send({ type: 'track', parcel: 'P1', status: 'in_transit', ...on(scanned) }, on(scanned));
  const contents = [{ sku: 'MUG-1', quantity }];
  await one.send({ type: 'receive', parcel: 'P1', contents, partial: false }, on(received));
}

async function refunded(one: DrivenReturn, day: number): Promise<void> {
  const outcome = { type: 'refunded', status: 'succeeded', providerId: `re_${one.rma}` } as const;
  await one.send({ type: 'outcome', effect: 'refund:S1-1', outcome }, on(day));
}

const groupsBy = async ({ pool }: World, by: Dimension) => groupsOf((await measure(pool, period, by)).measured);

test('three returns, counted by hand', async () => {
  const world = await threeReturns();
  const [all, ...others] = await groupsBy(world, 'none');
  expect(others).toEqual([]);
  const span = (returns: number, p50: number | null, p90: number | null) => ({
    returns,
    p50Seconds: p50,
    p90Seconds: p90,
  });
  const eur = (amount: string) => ({ amount, currency: 'EUR' });
  expect(all).toEqual({
    group: 'all',
    returns: 3,
    units: { requested: 4, received: 3 },
    // Three sales of four.
    returnsRate: { numerator: 3, denominator: 12, value: 0.25, basis: 'placed' },
    resell: { numerator: 1, denominator: 3, value: 0.3333, basis: 'requested' },
    repairCost: [],
    recyclingDiversion: { numerator: 0, denominator: 2, value: 0, basis: 'requested' },
    replacementFrequency: { numerator: 0, denominator: 3, value: 0, basis: 'requested' },
    // 10.00 less 1.50 to put it away and 0.04 for two days; and destroying two costs 2.40. They were sold for 30.00.
    recovery: [{ part: eur('6.06'), whole: eur('30.00'), value: 0.202 }],
    claims: {
      carrier: [],
      vendor: [{ part: eur('0.00'), whole: eur('20.00'), value: 0 }],
      daysLeft: { value: null, reason: 'deadlines_not_recorded' },
    },
    cost: {
      labels: [eur('11.90')],
      pickups: [],
      perReturn: [eur('3.97')],
      handling: { value: null, reason: 'handling_not_posted' },
    },
    // A tenth of three mugs: of two by the vendor's fault, of one by law, as it was sold to Germany.
    feesWaived: { restocking: [eur('3.00')], shipping: [eur('4.95')] },
    inspectionAgreement: { numerator: 1, denominator: 1, value: 1, basis: 'requested' },
    time: {
      authorize: span(3, 0, 0),
      hand_over: span(2, 1 * DAY, 1 * DAY),
      transport: span(2, 1 * DAY, 2 * DAY),
      // The later of two gradings ends it.
      inspect: span(2, 1 * DAY, 2 * DAY),
      dispose: span(2, 2 * DAY, 4 * DAY),
      settle: span(2, 1 * DAY, 2 * DAY),
      close: span(2, 0, 0),
      refund_from_request: span(2, 5 * DAY, 6 * DAY),
      refund_from_receipt: span(2, 2 * DAY, 4 * DAY),
    },
  });
});

test('surplus that was looked at in part counts once', async () => {
  const world = await aJournal();
  await aSale(world.pool, { order: 'O-5', quantity: 4, policy: aPlainPolicy({}) });
  const one = await askedFor(world, 'O-5', 1, 'changed_mind', 2);
  await comeIn(one, 3, [3, 5]);
  await one.send({ type: 'inspect', item: 'P1-2', findings: [{ quantity: 1, facts: asNew }] }, on(6));
  await one.send({ type: 'resolve', attention: 'A1', resolution: 'accept', note: 'N' }, on(7));
  expect(await groupsBy(world, 'none')).toMatchObject([{ units: { received: 3 } }]);
});

test.each(['agreement', 'offer'])('what may come back under an %s was not sold by it', async (kind) => {
  const world = await threeReturns();
  await aSale(world.pool, { order: 'O-4', quantity: 1000 });
  await world.pool.query(
    `UPDATE orders SET kind = $1, valid_from = placed_at, valid_until = placed_at + interval '1 year' WHERE id = 'O-4'`,
    [kind],
  );
  expect(await groupsBy(world, 'none')).toMatchObject([{ returnsRate: { numerator: 3, denominator: 12 } }]);
});

test('they fall into groups by what they are asked for', async () => {
  const world = await threeReturns();
  const counted = async (by: Dimension) =>
    (await groupsBy(world, by)).map(({ group, returns, units, returnsRate }) => [
      group,
      returns,
      units.received,
      returnsRate.value,
    ]);
  expect(await counted('reason')).toEqual([
    ['defective', 1, 2, 0.1667],
    ['changed_mind', 1, 1, 0.0833],
    ['wrong_size', 1, 0, null],
  ]);
  expect(await counted('sku')).toEqual([['MUG-1', 3, 3, 0.25]]);
  expect(await counted('category')).toEqual([['kitchen', 3, 3, 0.25]]);
  expect(await counted('facility')).toEqual([['RC-1', 3, 3, 0.25]]);
  expect(await counted('program')).toEqual([['customer', 3, 3, 0.25]]);
  expect(await counted('carrier')).toEqual([
    ['UPS', 2, 3, 0.25],
    [null, 1, 0, null],
  ]);
  // Sales count in the week in which they were placed, returns in the one in which they were asked for.
  expect(await counted('week')).toEqual([
    ['2026-W10', 1, 1, null],
    ['2026-W11', 1, 2, null],
    ['2026-W12', 1, 0, null],
    ['2026-W09', 0, 0, 0.25],
  ]);
});

test('a period counts from its start until before its end', async () => {
  const world = await threeReturns();
  const returnsOf = async (from: string, to: string) => {
    const { measured } = await measure(world.pool, { from: new Date(from), to: new Date(to) }, 'none');
    return groupsOf(measured)[0]?.returns ?? 0;
  };
  expect(await returnsOf('2026-03-02T00:00:00Z', '2026-03-09T00:00:00Z')).toBe(1);
  expect(await returnsOf('2026-03-02T00:00:00.001Z', '2026-03-09T00:00:00.001Z')).toBe(1);
  expect(await returnsOf('2026-03-21T00:00:00Z', '2026-04-01T00:00:00Z')).toBe(0);
});

test('root causes tell what was claimed from what was found', async () => {
  const world = await threeReturns();
  const { causes } = await measure(world.pool, period, 'none');
  expect(causes).toEqual([
    { sku: 'MUG-1', claimed: 'defective', found: null, carrier: 'UPS', units: 2 },
    { sku: 'MUG-1', claimed: 'changed_mind', found: null, carrier: 'UPS', units: 1 },
  ]);
});
