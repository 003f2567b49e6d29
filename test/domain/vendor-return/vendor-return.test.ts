import { expect, test } from 'vitest';
import type { Told } from '../../../domain/execution/telling.ts';
import { anItem } from '../execution/world.ts';
import { Journey } from './world.ts';

const three = [
  anItem({ cost: 1000 }),
  anItem({ item: 'P1-2', cost: 1000 }),
  anItem({ rma: '73MN-Q9TX-0', cost: 1000 }),
];

test('goods go back, are credited in full, and their returns hear of it', () => {
  const its = new Journey().shipped(1000, three);
  expect(its.balance('vendor_receivable')).toBe(2700);
  its.credit('CM-1', 2700).returnsAnswer();
  expect(its.now).toMatchObject({ status: 'closed', outcome: 'completed', attention: {} });
  expect(Object.values(its.now.items).map(({ state, received }) => [state, received])).toEqual([
    ['confirmed', 900],
    ['confirmed', 900],
    ['confirmed', 900],
  ]);
  expect(its.balance('vendor_receivable')).toBe(0);
  expect(its.balance('vendor_credit')).toBe(2700);
});

test('a short payment is shared out to the cent, disputed, and the rest written off', () => {
  const its = new Journey().shipped(0, three).credit('CM-1', 1000);
  expect(its.happened).toEqual(['credit_recorded', 'attention_raised']);
  expect(Object.values(its.now.items).map(({ received }) => received)).toEqual([333, 334, 333]);
  its.resolve('vendor_short_paid', 'dispute');
  expect(its.now.status).toBe('disputed');
  its.credit('CM-2', 500);
  its.waitOut().resolve('vendor_dispute_late', 'write_off').returnsAnswer();
  expect(its.now).toMatchObject({ status: 'closed', outcome: 'completed', writtenOff: 1500 });
  expect(its.balance('write_off')).toBe(1500);
  expect(its.balance('vendor_receivable')).toBe(0);
});

test('a short payment that is made good leaves nobody asked', () => {
  const its = new Journey().shipped(0, three).credit('CM-1', 1000).credit('CM-2', 2000);
  expect(its.now.attention).toEqual({});
  expect(its.now.status).toBe('ending');
});

test('a vendor credits by item, each once and none beyond what is expected', () => {
  const its = new Journey().shipped(0, three);
  const of = (amount: number) => ({ rma: '7K3M-Q9TX-C', item: 'P1-2', amount });
  its.send({ type: 'record_credit', memo: 'CM-1', total: 1001, items: [of(1001)] });
  expect(its.refusal).toBe('credit_exceeds_expected');
  its.send({ type: 'record_credit', memo: 'CM-1', total: 900, items: [of(800)] });
  expect(its.refusal).toBe('credit_exceeds_expected');
  its.send({ type: 'record_credit', memo: 'CM-1', total: 800, items: [of(800)] });
  expect(Object.values(its.now.items).map(({ received }) => received)).toEqual([0, 800, 0]);
  its.credit('CM-1', 10);
  expect(its.refusal).toBe('memo_already_recorded');
  its.credit('CM-2', 2201);
  expect(its.refusal).toBe('credit_exceeds_expected');
});

test('a vendor that refuses the goods leaves them free', () => {
  const its = new Journey().request(three).returnsAnswer().send({ type: 'decline', note: null }).returnsAnswer();
  expect(its.now).toMatchObject({ status: 'closed', outcome: 'refused' });
  expect(Object.values(its.now.items).map(({ state }) => state)).toEqual(['released', 'released', 'released']);
  expect(its.money).toEqual([]);
});

test('what the vendor excepts is let go, the rest goes on', () => {
  const its = new Journey().request(three).returnsAnswer();
  const refused = [{ rma: '73MN-Q9TX-0', item: 'P1-1' }];
  its.send({ type: 'authorize', vendorRma: 'V-1', restockingBasisPoints: 0, shipBy: null, refused }).returnsAnswer();
  its.send({ type: 'ship', carrier: 'UPS', tracking: '1Z9' });
  expect(its.balance('vendor_receivable')).toBe(2000);
  its.credit('CM-1', 2000).returnsAnswer();
  expect(Object.values(its.now.items).map(({ state }) => state)).toEqual(['confirmed', 'confirmed', 'released']);
});

test('cancelled while returns are still asked, it lets go of what they give afterwards', () => {
  const its = new Journey().request(three).send({ type: 'cancel', note: null }).returnsAnswer();
  expect(its.now).toMatchObject({ status: 'closed', outcome: 'cancelled' });
  expect(Object.values(its.now.items).map(({ state }) => state)).toEqual(['released', 'released', 'released']);
});

test('nothing can be called off that has left', () => {
  const its = new Journey().shipped().send({ type: 'cancel', note: null });
  expect(its.refusal).toBe('already_shipped');
});

const sendsBack = (its: Journey, items: readonly string[] | null, freight = 0): Journey =>
  its.send({
    ...{ type: 'decline', note: null, freight },
    items: items?.map((item) => ({ rma: '7K3M-Q9TX-C', item })) ?? null,
  });

test('what a vendor sends back waits in its returns again, and is not owed', () => {
  const its = sendsBack(new Journey().shipped(1000, three), null, 750);
  expect(its.happened).toEqual(['sent_back', 'item_let_go', 'item_let_go', 'item_let_go', 'refused']);
  its.returnsAnswer();
  expect(its.now).toMatchObject({ status: 'closed', outcome: 'refused' });
  expect(Object.values(its.now.items).map(({ state }) => state)).toEqual(['released', 'released', 'released']);
  expect([its.balance('vendor_receivable'), its.balance('recovery')]).toEqual([0, 0]);
  expect([its.balance('carrier_costs'), its.balance('carrier_payable')]).toEqual([750, -750]);
});

test('of what a vendor sends back in part, the rest is credited', () => {
  const its = sendsBack(new Journey().shipped(1000, three), ['P1-2']).returnsAnswer();
  expect(its.balance('vendor_receivable')).toBe(1800);
  its.credit('CM-1', 1800).returnsAnswer();
  expect(its.now).toMatchObject({ status: 'closed', outcome: 'completed' });
  expect(Object.values(its.now.items).map(({ state }) => state)).toEqual(['confirmed', 'released', 'confirmed']);
});

test('a vendor that credited the rest already has ended with what it sends back', () => {
  const its = new Journey().shipped(0, three);
  const of = (rma: string) => ({ rma, item: 'P1-1', amount: 1000 });
  const items = [of('7K3M-Q9TX-C'), of('73MN-Q9TX-0')];
  its.send({ type: 'record_credit', memo: 'CM-1', total: 2000, items });
  expect(sendsBack(its, ['P1-1']).refusal).toBe('item_credited');
  expect(sendsBack(its, ['P9-9']).refusal).toBe('unknown_item');
  sendsBack(its, ['P1-2']).returnsAnswer();
  expect(its.now).toMatchObject({ status: 'closed', outcome: 'completed', attention: {} });
});

test('nothing comes back in part that has not left, or for less than nothing', () => {
  expect(sendsBack(new Journey().request(three).returnsAnswer(), ['P1-2']).refusal).toBe('not_shipped_yet');
  expect(sendsBack(new Journey().shipped(0, three), null, -1).refusal).toBe('amount_not_positive');
});

test('what no return gives comes to nothing', () => {
  const its = new Journey().request(three).returnsAnswer(() => ({ type: 'refused', code: 'item_in_execution' }));
  expect(its.now).toMatchObject({ status: 'closed', outcome: 'cancelled' });
});

test('each side that takes too long reaches a person, again and again', () => {
  const its = new Journey().request().returnsAnswer();
  its.waitOut();
  expect(its.happened).toEqual(['overdue', 'attention_raised']);
  its.wait('P1D').resolve('vendor_authorization_late', 'acknowledge').waitOut();
  expect(its.now.attention).toMatchObject({ A2: { reason: 'vendor_authorization_late' } });
  its.send({ type: 'authorize', vendorRma: 'V', restockingBasisPoints: 0, shipBy: null, refused: [] });
  expect(its.now.attention).toEqual({});
  its.waitOut().send({ type: 'ship', carrier: 'UPS', tracking: '1Z9' }).waitOut();
  expect(Object.values(its.now.attention).map(({ reason }) => reason)).toEqual(['vendor_credit_late']);
  its.resolve('vendor_credit_late', 'write_off').returnsAnswer();
  expect(its.now.outcome).toBe('completed');
  expect(its.balance('write_off')).toBe(2000);
});

test('a return that no longer takes its confirmation reaches a person, who tries again or lets it be', () => {
  const its = new Journey().shipped().credit('CM-1', 2000);
  its.returnsAnswer((key) =>
    key.startsWith('confirm') ? { type: 'refused', code: 'unknown_item' } : { type: 'accepted' },
  );
  expect(its.now.attention).toMatchObject({ A1: { reason: 'item_stranded' } });
  its.resolve('item_stranded', 'retry').returnsAnswer();
  expect(its.now.outcome).toBe('completed');
});

test('let go, what brought more than its return takes goes its way all the same, and what it brought stays a gain', () => {
  const its = new Journey().shipped().credit('CM-1', 2000);
  its.returnsAnswer(() => ({ type: 'refused', code: 'recovery_exceeds_cost' })).resolve('item_stranded', 'let_go');
  expect(its.happened).toEqual(['attention_resolved', 'recovery_kept']);
  expect(its.told).toEqual([{ kind: 'confirm' }]);
  its.returnsAnswer();
  expect(its.now).toMatchObject({ status: 'closed', outcome: 'completed' });
  expect(Object.values(its.now.items)).toMatchObject([{ state: 'confirmed', received: 2000 }]);
  expect([its.balance('recovery'), its.balance('vendor_receivable')]).toEqual([-2000, 0]);
});

test('let go, what its return would not have gone is free there again, and the figures stay', () => {
  const its = new Journey().shipped(0, three).credit('CM-1', 3000);
  its.returnsAnswer((key) =>
    key.startsWith('confirm') && key.includes('P1-2')
      ? { type: 'refused', code: 'item_not_disposed' }
      : { type: 'accepted' },
  );
  its.resolve('item_stranded', 'let_go');
  expect(its.told).toEqual([{ kind: 'set_free', instead: null }]);
  expect(its.now.status).toBe('ending');
  its.returnsAnswer();
  expect(its.now).toMatchObject({ status: 'closed', outcome: 'completed' });
  expect(Object.values(its.now.items).map(({ state }) => state)).toEqual(['confirmed', 'released', 'confirmed']);
  expect([its.balance('vendor_credit'), its.balance('vendor_receivable')]).toEqual([3000, 0]);
});

test('what came back for an item is told its return once, however often that it went has to be said', () => {
  const its = new Journey().shipped().credit('CM-1', 800).resolve('vendor_short_paid', 'write_off');
  const told: string[] = [];
  const unwilling = (key: string): Told => {
    told.push(key.split(':')[0] ?? '');
    return key.startsWith('confirm') ? { type: 'refused', code: 'return_closed' } : { type: 'accepted' };
  };
  its.returnsAnswer(unwilling).resolve('item_stranded', 'retry').returnsAnswer(unwilling);
  expect(told).toEqual(['record_recovery', 'confirm', 'confirm']);
  its.resolve('item_stranded', 'retry').returnsAnswer();
  expect(its.now).toMatchObject({ status: 'closed', outcome: 'completed' });
});

test('what its return would not take is told again', () => {
  const its = new Journey().shipped().credit('CM-1', 2000);
  its.returnsAnswer(() => ({ type: 'refused', code: 'recovery_exceeds_cost' })).resolve('item_stranded', 'retry');
  const told: string[] = [];
  its.returnsAnswer((key) => {
    told.push(key.split(':')[0] ?? '');
    return { type: 'accepted' };
  });
  expect(told).toEqual(['record_recovery', 'confirm']);
});
