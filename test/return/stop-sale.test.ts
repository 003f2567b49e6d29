import { expect, test } from 'vitest';
import { aPolicy } from '../domain/sale.ts';
import { aCustomerReturn, aReceivedReturn } from './world.ts';

const lots = ['L1', 'L2'];
/** Three sealed mugs of two lots that were accepted and are on their way to the shelf. */
const mugs = () =>
  aReceivedReturn({ lines: [{ sold: { lots } }] }, [
    { sku: 'MUG-1', quantity: 2, lot: 'L1' },
    { sku: 'MUG-1', quantity: 1, lot: 'L2' },
  ])
    .inspect('P1-1')
    .inspect('P1-2');
const goods = (...stopped: (string | null)[]) => stopped.map((lot) => ({ sku: 'MUG-1', lot }));
const stop = (...stopped: (string | null)[]) =>
  ({ type: 'stop_goods', recall: 'RC-1', goods: goods(...stopped) }) as const;
const wayOf = (journey: ReturnType<typeof mugs>, item: string) => journey.now.items[item]?.choice?.disposition;
const queueOf = ({ now }: ReturnType<typeof mugs>) =>
  Object.values(now.attention).map(({ reason, subject }) => `${reason} ${subject}`);

test('what a recall stops on its way to the shelf waits in quarantine, and a person is told', () => {
  const journey = mugs();
  expect([wayOf(journey, 'P1-1'), wayOf(journey, 'P1-2')]).toEqual(['restock', 'restock']);
  expect(journey.send(stop('L1')).happened).toEqual(['goods_stopped', 'attention_raised', 'item_disposed']);
  expect([wayOf(journey, 'P1-1'), wayOf(journey, 'P1-2')]).toEqual(['quarantine', 'restock']);
  expect(queueOf(journey)).toEqual(['goods_recalled RC-1']);
  const restock = { type: 'dispose', item: 'P1-1', disposition: 'restock', note: 'N' } as const;
  expect(journey.send(restock).refusal).toBe('disposition_vetoed');
  expect(journey.send(stop('L1')).happened).toEqual([]);

  // The other lot, by a wider scope; and what isn't of this return says nothing.
  expect(journey.send(stop('L1', 'L2')).happened).toEqual(['goods_stopped', 'item_disposed']);
  expect(journey.send({ ...stop('L9'), recall: 'RC-2' }).happened).toEqual([]);
  const destroy = (item: string) => ({ type: 'dispose', item, disposition: 'destroy', note: 'N' }) as const;
  for (const item of ['P1-1', 'P1-2']) {
    journey.send(destroy(item)).send({ type: 'confirm_disposition', item, evidence: 'CERT-1' });
  }
  expect(queueOf(journey)).toEqual([]);
});

test('a recall that was an error lets its goods go where they would have gone', () => {
  const journey = mugs().send(stop(null));
  expect([wayOf(journey, 'P1-1'), wayOf(journey, 'P1-2')]).toEqual(['quarantine', 'quarantine']);
  const release = { type: 'release_goods', recall: 'RC-1' } as const;
  expect(journey.send(release).happened).toEqual([
    'goods_released',
    'item_disposed',
    'item_disposed',
    'attention_resolved',
  ]);
  expect([wayOf(journey, 'P1-1'), wayOf(journey, 'P1-2')]).toEqual(['restock', 'restock']);
  expect(journey.send(release).happened).toEqual([]);
});

test('what an execution has is named to a person, who takes it out', () => {
  const journey = mugs().send({ type: 'dispose', item: 'P1-1', disposition: 'liquidate', note: 'N' });
  journey.send({ type: 'take_up', item: 'P1-1', execution: 'LQ-1', disposition: 'liquidate', quantity: 2 });
  journey.send(stop('L1'));
  expect(wayOf(journey, 'P1-1')).toBe('liquidate');
  const raised = journey.recorded.flatMap(({ event }) => (event.type === 'attention_raised' ? [event.detail] : []));
  expect(raised).toEqual(['P1-1 in LQ-1']);
  journey.send({ type: 'set_free', item: 'P1-1', execution: 'LQ-1' });
  expect(wayOf(journey, 'P1-1')).toBe('quarantine');
  const again = { type: 'dispose', item: 'P1-1', disposition: 'liquidate', note: 'N' } as const;
  expect(journey.send(again).refusal).toBe('disposition_vetoed');
});

test('what is stopped before it came waits in quarantine when it does', () => {
  const journey = aCustomerReturn({ lines: [{ sold: { lots } }] })
    .labelBought()
    .send(stop('L1'));
  expect(queueOf(journey)).toEqual(['goods_recalled RC-1']);
  journey.receive([
    { sku: 'MUG-1', quantity: 1, lot: 'L2' },
    { sku: 'MUG-1', quantity: 2, lot: 'L1' },
  ]);
  journey.inspect('P1-1').inspect('P1-2');
  expect([wayOf(journey, 'P1-1'), wayOf(journey, 'P1-2')]).toEqual(['restock', 'quarantine']);
});

const kept = (facility: string) => ({ type: 'stock_reserved', facility }) as const;
/** A mug whose replacement is kept, to be shipped once it has come. */
const replaced = () =>
  aCustomerReturn({
    lines: [{ reason: 'defective' }],
    request: { instrument: 'replacement' },
    policy: { refund: { ...aPolicy().refund, instruments: ['original', 'replacement'] }, exchange: terms },
  })
    .labelBought()
    .outcome('reserve_stock:X1', kept('RC-1'))
    .track('in_transit')
    .receive([{ sku: 'MUG-1', quantity: 3 }])
    .inspect('P1-1');
const terms = { payWithin: 'P7D', shipWithin: 'P3D' } as const;
const stopStock = { type: 'stop_stock', recall: 'RC-1' } as const;
const shipment = { type: 'ship_exchange', exchange: 'X1', carrier: null, tracking: 'T-1', serials: [] } as const;

test('goods that are kept for a buyer and were stopped aren’t shipped, and others are looked for', () => {
  const journey = replaced();
  expect(journey.now.exchange?.state).toBe('ready');
  expect(journey.send(stopStock).happened).toEqual(['exchange_stopped', 'effect_retried']);
  expect(journey.effects.map(({ id }) => id)).toEqual(['reserve_stock:X1#1']);
  expect(journey.send(shipment).refusal).toBe('exchange_not_ready');
  // Which goods the answer is about nobody knows.
  expect(journey.send(stopStock).refusal).toBe('stock_being_asked');
  journey.outcome('reserve_stock:X1', kept('RC-2'));
  expect(journey.now.exchange).toMatchObject({ state: 'ready', facility: 'RC-2', stoppedBy: null });
  expect(journey.send(shipment).happened).toContain('exchange_shipped');
  expect(journey.send(stopStock).happened).toEqual([]);
});

test('a buyer whose goods were stopped waits for others, or gets the money', () => {
  const none = { type: 'refused', code: 'out_of_stock' } as const;
  const journey = replaced().send(stopStock).outcome('reserve_stock:X1', none);
  expect(queueOf(journey)).toEqual(['exchange_stopped X1']);
  expect(journey.effects).toEqual([]);
  expect(journey.send(stopStock).happened).toEqual([]);
  journey.resolve('exchange_stopped', 'retry').outcome('reserve_stock:X1', none);
  expect(queueOf(journey)).toEqual(['exchange_stopped X1']);
  journey.resolve('exchange_stopped', 'acknowledge');
  expect(journey.now.exchange).toMatchObject({ state: 'dropped' });
  expect(Object.values(journey.now.refunds).map(({ to }) => to)).toContain('payment');
  expect(queueOf(journey)).toEqual([]);

  const freed = replaced().send(stopStock).outcome('reserve_stock:X1', none);
  expect(freed.send({ type: 'release_goods', recall: 'RC-2' }).happened).toEqual([]);
  expect(freed.send({ type: 'release_goods', recall: 'RC-1' }).happened).toEqual([
    'attention_resolved',
    'effect_retried',
  ]);
  expect(freed.outcome('reserve_stock:X1', kept('RC-1')).now.exchange?.state).toBe('ready');
});
