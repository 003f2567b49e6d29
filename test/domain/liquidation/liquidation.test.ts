import { describe, expect, test } from 'vitest';
import { anItem, three } from '../execution/world.ts';
import { Journey } from './world.ts';

test('goods are bid for, sold, paid, fetched, and their returns hear what came of them', () => {
  const its = new Journey().request().returnsAnswer().bid('JOBBER', 1600).bid('OUTLET', 1801).accept('B2');
  expect(its.now).toMatchObject({ status: 'sold', sale: { liquidator: 'OUTLET', price: 1801, invoice: 'INV-1' } });
  expect(Object.values(its.now.bids).map(({ state }) => state)).toEqual(['declined', 'accepted']);
  expect(its.balance('liquidator_receivable')).toBe(1801);
  its.pay(1801).ship();
  expect(its.asked).toEqual([]);
  its.waitOut('complaints').returnsAnswer();
  expect(its.now).toMatchObject({ status: 'closed', outcome: 'completed', attention: {} });
  expect(its.brought).toEqual([600, 601, 600]);
  expect(Object.values(its.now.items).map(({ state }) => state)).toEqual(['confirmed', 'confirmed', 'confirmed']);
  expect(its.balance('liquidator_receivable')).toBe(0);
  expect(its.balance('liquidation_sales')).toBe(-1801);
  expect(its.balance('cash_clearing')).toBe(1801);
});

test('the price is shared by what each item cost, to the last minor unit, and none brings more than that', () => {
  const unlike = [anItem({ cost: 1 }), anItem({ item: 'P1-2', cost: 999 }), anItem({ item: 'P1-3', cost: 0 })];
  expect(new Journey().delivered(777 + 300, unlike).waitOut('complaints').brought).toEqual([1, 999, 0]);
  expect(new Journey().request(unlike, 0).returnsAnswer().bid('A', 777).accept('B1').pay(777).ship().waitOut().brought)
    // 777 of 1000: what is due up to 1 of it, and the rest.
    .toEqual([1, 776, 0]);
});

describe('a bid', () => {
  test('below the reserve is accepted only by somebody who may, with a reason', () => {
    const its = new Journey().request().returnsAnswer().bid('JOBBER', 1499).accept('B1');
    expect(its.refusal).toBe('below_reserve');
    its.send({ type: 'accept_bid', bid: 'B1', invoice: 'I', belowReserve: true, note: null });
    expect(its.refusal).toBe('below_reserve');
    expect(its.accept('B1', true).now).toMatchObject({ status: 'sold', sale: { price: 1499 } });
  });

  test('lapses when its time is over, and is replaced by another of the same liquidator', () => {
    const its = new Journey().request().returnsAnswer().bid('JOBBER', 1600, 'P1D').bid('JOBBER', 1700, 'P2D');
    expect(Object.values(its.now.bids).map(({ state }) => state)).toEqual(['replaced', 'open']);
    its.wait('P2D').accept('B2');
    expect(its.refusal).toBe('bid_not_open');
    its.waitOut('bid:B2');
    expect(its.now.bids['B2']).toMatchObject({ state: 'lapsed' });
  });

  test('can be withdrawn, and counts only in the currency of the lot and ahead of its time', () => {
    const its = new Journey().request().returnsAnswer().bid('JOBBER', 1600);
    expect(its.send({ type: 'withdraw_bid', bid: 'B1' }).accept('B1').refusal).toBe('bid_not_open');
    const { at } = its;
    const said = { type: 'record_bid', liquidator: 'A', amount: 9, currency: 'EUR', validUntil: at } as const;
    expect(its.send(said).refusal).toBe('time_in_the_past');
    expect(its.send({ ...said, currency: 'USD' }).refusal).toBe('currency_differs');
    expect(its.send({ ...said, amount: 0 }).refusal).toBe('amount_not_positive');
    expect(its.send({ type: 'withdraw_bid', bid: '__proto__' }).refusal).toBe('unknown_bid');
  });

  test('is accepted only once every return has answered', () => {
    expect(new Journey().request().bid('JOBBER', 1600).accept('B1').refusal).toBe('still_gathering');
  });
});

test('nobody buys: a person waits on, sets another price, or gives up', () => {
  const its = new Journey().request().returnsAnswer().waitOut('bids');
  expect(its.asked).toEqual(['liquidation_unsold']);
  its.resolve('liquidation_unsold', 'acknowledge').waitOut('bids');
  its.send({ type: 'reprice', reserve: 900, note: 'N' });
  expect(its.now).toMatchObject({ round: 2, reserve: 900, attention: {} });
  its.waitOut('bids').resolve('liquidation_unsold', 'give_up').returnsAnswer();
  expect(its.now).toMatchObject({ status: 'closed', outcome: 'cancelled' });
  expect(Object.values(its.now.items).map(({ state }) => state)).toEqual(['released', 'released', 'released']);
  expect(its.money).toEqual([]);
});

test('what nobody buys is donated or recycled, if a person says so', () => {
  const its = new Journey().request().returnsAnswer().waitOut('bids').resolve('liquidation_unsold', 'donate');
  expect(its.told).toEqual([
    { kind: 'set_free', instead: 'donate' },
    { kind: 'set_free', instead: 'donate' },
    { kind: 'set_free', instead: 'donate' },
  ]);
  expect(its.returnsAnswer().now).toMatchObject({ status: 'closed', outcome: 'cancelled' });
});

test('what is recalled is taken out before the sale, and the rest is sold', () => {
  const its = new Journey().request().returnsAnswer();
  its.send({ type: 'take_out', rma: '73MN-Q9TX-0', item: 'P1-1', cause: 'recall', note: null });
  expect(its.told).toEqual([{ kind: 'set_free', instead: 'quarantine' }]);
  its.returnsAnswer();
  its.bid('JOBBER', 1500).accept('B1').pay(1500).ship().waitOut('complaints').returnsAnswer();
  expect(its.brought).toEqual([750, 750, 0]);
  const again = { type: 'take_out', rma: '73MN-Q9TX-0', item: 'P1-2', cause: 'hold', note: null } as const;
  expect(new Journey().sold().send(again).refusal).toBe('already_sold');
});

test('a lot whose last item is taken out comes to its end', () => {
  const its = new Journey().request([anItem()]).returnsAnswer();
  its.send({ type: 'take_out', rma: '7K3M-Q9TX-C', item: 'P1-1', cause: 'hold', note: null }).returnsAnswer();
  expect(its.now).toMatchObject({ status: 'closed', outcome: 'cancelled' });
});

test('called off while returns are still asked, it lets go of what they give afterwards', () => {
  const its = new Journey().request().send({ type: 'cancel', note: null, instead: null }).returnsAnswer();
  expect(its.now).toMatchObject({ status: 'closed', outcome: 'cancelled' });
  expect(new Journey().sold().send({ type: 'cancel', note: null, instead: null }).refusal).toBe('already_sold');
});

describe('a liquidator', () => {
  test('that never pays reaches a person, and the goods are sold again', () => {
    const its = new Journey().sold().waitOut('payment');
    expect(its.asked).toEqual(['liquidator_payment_late']);
    its.resolve('liquidator_payment_late', 'acknowledge').waitOut('payment');
    its.resolve('liquidator_payment_late', 'sell_again');
    expect(its.now).toMatchObject({ status: 'open', round: 2, sale: null, attention: {} });
    expect(its.balance('liquidator_receivable')).toBe(0);
    expect(its.balance('liquidation_sales')).toBe(0);
    its.bid('OUTLET', 1200).accept('B2').pay(1200).ship().waitOut('complaints').returnsAnswer();
    expect(its.now.outcome).toBe('completed');
    expect(its.brought).toEqual([400, 400, 400]);
  });

  test('that pays too little is waited for, or the rest is written off', () => {
    const its = new Journey().sold().pay(1400);
    expect(its.asked).toEqual(['liquidator_short_paid']);
    expect(its.ship().refusal).toBe('not_paid_yet');
    its.resolve('liquidator_short_paid', 'write_off').ship().waitOut('complaints').returnsAnswer();
    expect(its.brought).toEqual([467, 466, 467]);
    expect(its.balance('write_off')).toBe(100);
    expect(its.balance('liquidator_receivable')).toBe(0);
  });

  test('that pays the rest leaves nobody asked', () => {
    expect(new Journey().sold().pay(1400).pay(100).asked).toEqual([]);
  });

  test('that pays too much is paid back', () => {
    const its = new Journey().sold().pay(1600);
    expect(its.asked).toEqual(['liquidator_overpaid']);
    expect([its.balance('liquidator_receivable'), its.balance('liquidator_payable')]).toEqual([0, -100]);
    its.ship().waitOut('complaints');
    expect(its.now.status).toBe('shipped');
    its.resolve('liquidator_overpaid', 'pay_back').returnsAnswer();
    expect(its.now.outcome).toBe('completed');
    expect(its.balance('cash_clearing')).toBe(1500);
    expect(its.balance('liquidator_payable')).toBe(0);
  });

  test('that takes the goods on account and never pays is written off', () => {
    const its = new Journey().sold(1500, { prepaid: false }).ship().waitOut('payment');
    its.resolve('liquidator_payment_late', 'sell_again');
    expect([its.refusal, its.asked]).toEqual(['already_shipped', ['liquidator_payment_late']]);
    its.resolve('liquidator_payment_late', 'write_off').waitOut('complaints').returnsAnswer();
    expect(its.now.outcome).toBe('completed');
    expect(its.brought).toEqual([0, 0, 0]);
    expect(its.balance('write_off')).toBe(1500);
  });

  test('that pays after all what we had written off makes it good', () => {
    const its = new Journey().sold(1500, { prepaid: false }).ship().waitOut('payment');
    its.resolve('liquidator_payment_late', 'write_off').pay(1000);
    expect(its.now.sale).toMatchObject({ paid: 1000, writtenOff: 500 });
    expect([its.asked, its.balance('write_off')]).toEqual([[], 500]);
    expect(its.waitOut('complaints').brought).toEqual([333, 334, 333]);
  });

  test('gets a deposit back before the goods are sold again', () => {
    const its = new Journey().sold().pay(300);
    expect(its.send({ type: 'sell_again', note: null }).refusal).toBe('payment_held');
    its.send({ type: 'record_payout', reference: 'OUT-1', amount: 301 });
    expect(its.refusal).toBe('payout_exceeds_paid');
    its.send({ type: 'record_payout', reference: 'OUT-1', amount: 300 }).send({ type: 'sell_again', note: null });
    expect(its.now).toMatchObject({ status: 'open', sale: null });
    expect(its.balance('liquidator_receivable')).toBe(0);
  });

  test('pays by one reference once', () => {
    expect(new Journey().sold().pay(700, 'P').pay(700, 'P').refusal).toBe('reference_already_recorded');
  });

  test('gets no more back than is owed to it, once it has the goods', () => {
    const its = new Journey().delivered().complain(200).resolve('manifest_complaint', 'allow');
    const payOut = (amount: number) => its.send({ type: 'record_payout', reference: 'OUT-1', amount }).refusal;
    expect([payOut(201), payOut(200), its.asked]).toEqual(['payout_exceeds_paid', null, []]);
  });

  test('has its time whatever else happens', () => {
    const its = new Journey().sold();
    const { paymentDueAt } = its.wait('P1D').send({ type: 'sync' }).pay(100).now;
    expect(paymentDueAt).toBe('2026-03-09T09:00:00.000Z');
    const { shipmentDueAt } = its.pay(1400).now;
    its.wait('P1D').send({ type: 'record_fee', kind: 'freight', reference: 'F', amount: 5 });
    expect(its.now).toMatchObject({ paymentDueAt: null, shipmentDueAt });
  });

  test('that leaves the goods with us reaches a person', () => {
    const its = new Journey().sold().pay(1500).waitOut('shipment');
    expect(its.asked).toEqual(['liquidation_shipment_late']);
    expect(its.ship().asked).toEqual([]);
  });
});

describe('a complaint about the manifest', () => {
  test('is allowed: it comes off the items that it is about, and is paid back', () => {
    const its = new Journey().delivered().complain(200);
    expect(its.asked).toEqual(['manifest_complaint']);
    its.resolve('manifest_complaint', 'allow');
    expect(its.asked).toEqual(['liquidator_overpaid']);
    its.resolve('liquidator_overpaid', 'pay_back').waitOut('complaints').returnsAnswer();
    expect(its.brought).toEqual([500, 300, 500]);
    expect(its.balance('liquidation_sales')).toBe(-1300);
    expect(its.balance('cash_clearing')).toBe(1300);
  });

  test('is refused, or allowed in part, but never beyond what was asked or the price', () => {
    const its = new Journey().delivered().complain(200);
    const settle = (allowance: number) =>
      its.send({ type: 'settle_complaint', complaint: 'C1', allowance, note: 'N' }).refusal;
    expect([settle(201), settle(-1), settle(50), settle(50)]).toEqual([
      'allowance_too_large',
      'amount_not_positive',
      null,
      'complaint_settled_already',
    ]);
    its.complain(9000).resolve('manifest_complaint', 'allow');
    expect(its.now.complaints['C2']).toMatchObject({ allowance: 1450 });
    its.complain(5).resolve('manifest_complaint', 'refuse');
    expect(its.now.complaints['C3']).toMatchObject({ allowance: 0 });
  });

  test('comes in time, about what is on the manifest', () => {
    const its = new Journey().sold().complain(1);
    expect(its.refusal).toBe('not_shipped_yet');
    its.pay(1500).ship();
    expect(its.complain(1, { sku: 'VASE' }).refusal).toBe('not_on_manifest');
    expect(its.complain(1, { quantity: 3 }).refusal).toBe('more_than_on_manifest');
    expect(its.complain(1, { grade: 'A' }).refusal).toBe('not_on_manifest');
    expect(its.wait('P8D').complain(1).refusal).toBe('complaint_too_late');
  });

  test('that nobody has decided holds the end up', () => {
    const its = new Journey().delivered().complain(200).waitOut('complaints');
    expect(its.now.status).toBe('shipped');
    its.resolve('manifest_complaint', 'refuse').returnsAnswer();
    expect(its.now.outcome).toBe('completed');
  });
});

test('commission and freight make less of what the returns hear, never less than nothing', () => {
  const fee = (amount: number, reference: string) =>
    ({ type: 'record_fee', kind: 'commission', reference, amount }) as const;
  const its = new Journey().delivered().send(fee(150, 'F1')).send(fee(150, 'F1'));
  expect(its.refusal).toBe('reference_already_recorded');
  expect(its.waitOut('complaints').brought).toEqual([450, 450, 450]);
  expect(its.balance('liquidation_costs')).toBe(150);
  expect(new Journey().delivered().send(fee(9999, 'F1')).waitOut('complaints').brought).toEqual([0, 0, 0]);
});

test('a return that no longer takes its confirmation reaches a person, who tries again', () => {
  const its = new Journey().delivered(1500, [three[0] ?? anItem()]).waitOut('complaints');
  its.returnsAnswer((key) =>
    key.startsWith('confirm') ? { type: 'refused', code: 'unknown_item' } : { type: 'accepted' },
  );
  expect(its.asked).toEqual(['item_stranded']);
  expect(its.resolve('item_stranded', 'retry').returnsAnswer().now.outcome).toBe('completed');
});
