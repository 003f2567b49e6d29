import { expect, test } from 'vitest';
import { Journey as Disposal } from '../certified-disposal/world.ts';
import { Journey as Liquidation } from '../liquidation/world.ts';
import { aWorkItem, Bench } from '../refurbishment/world.ts';
import { Journey as VendorReturn } from '../vendor-return/world.ts';
import { three } from './world.ts';

const [first, second] = three.map(({ rma, item }) => ({ rma, item }));
const stop = (...items: readonly ({ readonly rma: string; readonly item: string } | undefined)[]) =>
  ({ type: 'stop_goods', recall: 'RC-1', items: items.flatMap((item) => item ?? []) }) as const;
const release = { type: 'release_goods', recall: 'RC-1' } as const;
const intoQuarantine = { kind: 'set_free', instead: 'quarantine' };

test('a lot with goods that a recall has stopped is not sold before they were taken out', () => {
  const its = new Liquidation().request().returnsAnswer().bid('JOBBER', 2000).send(stop(first, second));
  expect(its.happened).toEqual(['goods_stopped', 'attention_raised']);
  expect(its.send(stop(first)).happened).toEqual([]);
  expect(its.accept('B1').refusal).toBe('goods_stopped');
  const acknowledge = { type: 'resolve', attention: 'A1', resolution: 'acknowledge', note: 'N' } as const;
  expect(its.send(acknowledge).refusal).toBe('resolution_not_allowed');
  its.resolve('goods_recalled', 'take_out');
  expect(its.told).toEqual([intoQuarantine, intoQuarantine]);
  expect(its.asked).toEqual([]);
  expect(its.returnsAnswer().accept('B1').happened).toContain('sold');
});

test('a sold lot doesn’t leave with stopped goods: it is sold again without them, or leaves once the recall was an error', () => {
  const sold = () => new Liquidation().sold(1500).pay(1500, 'PAY').send(stop(first));
  expect(sold().ship().refusal).toBe('goods_stopped');
  expect(sold().send(release).ship().happened).toContain('shipped');
  const its = sold();
  const takeOut = { type: 'resolve', attention: 'A1', resolution: 'take_out', note: 'N' } as const;
  expect(its.send(takeOut).refusal).toBe('already_sold');
  its.send({ type: 'record_payout', reference: 'BACK', amount: 1500 }).send({ type: 'sell_again', note: null });
  expect(its.send(takeOut).told).toEqual([intoQuarantine]);
  // What had left before is traced to who got it, and nothing is stopped here.
  expect(new Liquidation().delivered().send(stop(first)).happened).toEqual([]);
});

test('all of a lot that is stopped calls the sale off', () => {
  const its = new Liquidation()
    .request()
    .returnsAnswer()
    .send(stop(...three));
  its.resolve('goods_recalled', 'take_out').returnsAnswer();
  expect(its.now).toMatchObject({ status: 'closed', outcome: 'cancelled' });
});

test('a gift with stopped goods isn’t handed over; what is to be destroyed is, once a person has said so', () => {
  const handOver = { type: 'hand_over', document: 'BOL-1', weightGrams: null, kept: [] } as const;
  const gift = new Disposal().request('donate').returnsAnswer().send(stop(first));
  expect(gift.send(handOver).refusal).toBe('goods_stopped');
  const acknowledge = { type: 'resolve', attention: 'A1', resolution: 'acknowledge', note: 'N' } as const;
  expect(gift.send(acknowledge).refusal).toBe('resolution_not_allowed');
  expect(gift.resolve('goods_recalled', 'take_out').told).toEqual([intoQuarantine]);
  expect(gift.returnsAnswer().send(handOver).happened).toContain('handed_over');

  const scrap = new Disposal().request('destroy').returnsAnswer().send(stop(first));
  expect(scrap.send(handOver).refusal).toBe('goods_stopped');
  expect(scrap.send(acknowledge).send(handOver).happened).toContain('handed_over');
});

test('goods go back to their vendor once a person has said so, or without those that were stopped', () => {
  const ship = { type: 'ship', carrier: 'UPS', tracking: '1Z' } as const;
  const stopped = () => new VendorReturn().authorized(0, three).send(stop(first));
  expect(stopped().send(ship).refusal).toBe('goods_stopped');
  expect(stopped().resolve('goods_recalled', 'acknowledge').send(ship).happened).toContain('shipped');
  const without = stopped().resolve('goods_recalled', 'take_out');
  expect(without.told).toEqual([intoQuarantine]);
  expect(without.returnsAnswer().send(ship).happened).toContain('shipped');
});

test('stopped goods at the bench are on hold until they are given up, or the recall was an error', () => {
  const item = aWorkItem();
  const bench = () => new Bench().begun().send(stop(item));
  expect(bench().happened).toEqual(['goods_stopped', 'attention_raised', 'put_on_hold']);
  expect(bench().send({ type: 'lift_hold' }).refusal).toBe('goods_stopped');
  expect(bench().send(release).happened).toEqual(['goods_released', 'hold_lifted', 'attention_resolved']);
  expect(bench().resolve('goods_recalled', 'give_up').returnsAnswer().now).toMatchObject({ outcome: 'completed' });

  // It is stopped while its return is being asked for it.
  const asked = new Bench().request().send(stop(item));
  expect(asked.happened).toEqual(['goods_stopped', 'attention_raised']);
  const giveUp = { type: 'resolve', attention: 'A1', resolution: 'give_up', note: 'N' } as const;
  expect(asked.send(giveUp).refusal).toBe('still_gathering');
  expect(asked.returnsAnswer().happened).toEqual(['item_held', 'begun', 'put_on_hold']);
});
