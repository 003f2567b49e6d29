import { describe, expect, test } from 'vitest';
import { transferDecider } from '../../../domain/transfer/decider.ts';
import { allCame, aRequestedTransfer, Haul, shipped } from './world.ts';

describe('goods that move between two facilities', () => {
  test('are kept at the origin, picked, sent, received, and counted where they are', () => {
    const its = new Haul();
    expect(its.wants).toEqual(['reserve']);
    expect(its.stockAnswers().now.status).toBe('reserved');
    expect(its.pick().now.status).toBe('picked');
    expect(its.ship().now).toMatchObject({ status: 'shipped', tracking: '1Z' });
    expect(its.books.stock).toEqual({
      'sellable MUG': -10,
      'sellable BOWL': -5,
      'in_transit MUG': 10,
      'in_transit BOWL': 5,
    });
    expect(its.stockAnswers().receive(allCame).now.status).toBe('receiving');
    expect(its.wants).toEqual(['add:W1']);
    expect(its.stockAnswers().now).toMatchObject({ status: 'closed', outcome: 'received' });
    expect(its.books).toEqual({ stock: {}, money: {} });
  });

  test('come in parts, the last of which needn’t be called that', () => {
    const its = shipped().receive([{ line: 'L1', good: 4, damaged: 0 }]);
    expect(its.now.status).toBe('receiving');
    its.receive([{ line: 'L1', good: 6, damaged: 0 }]).receive([{ line: 'L2', good: 5, damaged: 0 }]);
    expect(its.stockAnswers().now.status).toBe('closed');
  });

  test('that the origin does not have ask a person: again, what is there, or not at all', () => {
    const its = new Haul().outcome('reserve', { type: 'refused', code: 'out_of_stock' });
    expect(its.now.status).toBe('short_of_stock');
    expect(its.queue).toEqual(['transfer_out_of_stock TR-1']);
    its.resolve('transfer_out_of_stock', 'take_what_is_there');
    expect(its.wants).toEqual(['reserve']);
    its.outcome('reserve', { type: 'reserved', goods: [{ sku: 'MUG', quantity: 3 }] });
    expect(its.now.lines).toMatchObject({ L1: { reserved: 3 }, L2: { reserved: 0 } });
    its.ship().stockAnswers();
    expect(its.books.stock).toEqual({ 'sellable MUG': -3, 'in_transit MUG': 3 });
    const off = new Haul().outcome('reserve', { type: 'refused', code: 'out_of_stock' });
    expect(off.resolve('transfer_out_of_stock', 'cancel').stockAnswers().now.outcome).toBe('cancelled');
  });

  test('of which too few are found leave only once a person has said so, or where the terms do', () => {
    const its = new Haul().stockAnswers().pick([{ line: 'L1', quantity: 8, lot: null, serials: [] }]);
    expect(its.queue).toEqual(['transfer_short_pick TR-1']);
    expect(its.ship().refusal).toBe('short_pick_open');
    its.resolve('transfer_short_pick', 'ship_less').ship();
    expect(its.now.lines['L1']?.shipped).toBe(8);
    const less = new Haul({}, { shortPick: 'ship_less' }).stockAnswers();
    less.pick([{ line: 'L1', quantity: 8, lot: null, serials: [] }]);
    expect(less.queue).toEqual([]);
    expect(less.ship().refusal).toBeNull();
  });

  test('leave as a driver has counted them, unless nobody can tell of which line', () => {
    const fetched = (its: Haul, units: number) =>
      its.send({ type: 'ship', by: { type: 'trip', trip: 'TP-1' }, tracking: null, lines: null, units });
    expect(fetched(new Haul().stockAnswers(), 15).now).toMatchObject({ status: 'shipped', by: { trip: 'TP-1' } });
    expect(fetched(new Haul().stockAnswers(), 14).refusal).toBe('units_differ');
    const mugs = new Haul({ lines: aRequestedTransfer().lines.slice(0, 1) }).stockAnswers();
    expect(fetched(mugs, 11).refusal).toBe('more_than_picked');
    expect(fetched(mugs, 7).now.lines).toMatchObject({ L1: { shipped: 7 } });
  });

  test('can be fetched by a trip that nobody had picked them for, as far as they are there', () => {
    const its = new Haul().stockAnswers();
    its.send({
      type: 'ship',
      by: { type: 'trip', trip: 'TP-1' },
      tracking: null,
      lines: [{ line: 'L1', quantity: 7 }],
    });
    expect(its.happened).toEqual(['picked', 'shipped']);
    expect(its.now.lines).toMatchObject({ L1: { shipped: 7 }, L2: { shipped: 0 } });
  });

  test('tell their lot as they are picked, and never another one than was asked for', () => {
    const its = new Haul().stockAnswers();
    expect(its.pick([{ line: 'L1', quantity: 10, lot: 'M2', serials: [] }]).refusal).toBe('lot_differs');
    its.pick([{ line: 'L2', quantity: 5, lot: 'B7', serials: [] }]);
    expect(its.now.lines['L2']?.lot).toBe('B7');
  });

  test('with serials say which were found', () => {
    const lines = [{ line: 'L1', sku: 'PHONE', quantity: 2, lot: null, serials: ['A', 'B'] }];
    const its = new Haul({ lines }).stockAnswers();
    expect(its.pick([{ line: 'L1', quantity: 1, lot: null, serials: [] }]).refusal).toBe('serials_needed');
    expect(its.pick([{ line: 'L1', quantity: 1, lot: null, serials: ['C'] }]).refusal).toBe('serial_unknown');
    expect(its.pick([{ line: 'L1', quantity: 1, lot: null, serials: ['B'] }]).now.lines['L1']?.serials).toEqual(['B']);
  });
});

describe('what does not agree', () => {
  test('short: waited for, written off at cost, or never left', () => {
    const its = shipped().receive([{ line: 'L1', good: 7, damaged: 0 }], { last: true });
    expect(its.queue).toEqual(['transfer_short L1', 'transfer_short L2']);
    its.resolve('transfer_short', 'write_off');
    expect(its.books.money).toEqual({ write_off: 900, inventory_at_cost: -900 });
    its.resolve('transfer_short', 'found_at_origin').stockAnswers();
    expect(its.now).toMatchObject({ status: 'closed', outcome: 'received' });
    expect(its.books.stock).toEqual({ 'sellable MUG': -3, 'lost MUG': 3 });
  });

  test('what was given up and comes after all is no loss', () => {
    const its = shipped().receive(
      [
        { line: 'L1', good: 7, damaged: 0 },
        { line: 'L2', good: 5, damaged: 0 },
      ],
      { last: true },
    );
    its.stockAnswers().resolve('transfer_short', 'write_off');
    expect(its.now.status).toBe('closed');
    expect(its.receive([{ line: 'L2', good: 1, damaged: 0 }]).refusal).toBe('transfer_closed');
    its.receive([{ line: 'L1', good: 3, damaged: 0 }]);
    expect(its.happened).toEqual(['reopened', 'found', 'received']);
    expect(its.now).toMatchObject({ status: 'receiving', outcome: null, closedAt: null });
    expect(its.wants).toEqual(['add:W2']);
    expect(its.stockAnswers().now).toMatchObject({ status: 'closed', outcome: 'received' });
    expect(its.books).toEqual({ stock: {}, money: {} });
  });

  test('… nor what was believed to have stayed, though a person looks where it is counted now', () => {
    const its = shipped().receive([{ line: 'L2', good: 5, damaged: 0 }], { last: true });
    its.resolve('transfer_short', 'found_at_origin').stockAnswers();
    expect(its.now.status).toBe('closed');
    its.receive([{ line: 'L1', good: 10, damaged: 0 }]);
    expect(its.queue).toEqual(['transfer_surplus S1']);
    its.resolve('transfer_surplus', 'accept').stockAnswers();
    expect(its.now.status).toBe('closed');
    expect(its.books).toEqual({ stock: {}, money: {} });
  });

  test('… and what a carrier has paid for is settled with it', () => {
    const its = shipped().receive([{ line: 'L2', good: 5, damaged: 0 }], { last: true });
    its.resolve('transfer_short', 'claim').stockAnswers();
    its.send({ type: 'settle_claim', claim: 'C1', paid: 2000, reference: null });
    expect(its.now.status).toBe('closed');
    its.receive([{ line: 'L1', good: 10, damaged: 0 }]).stockAnswers();
    expect(its.queue).toEqual(['claim_obsolete C1']);
    its.resolve('claim_obsolete', 'acknowledge');
    expect(its.now.status).toBe('closed');
  });

  test('the carrier answers for what it lost', () => {
    const its = shipped().receive(
      [
        { line: 'L1', good: 9, damaged: 0 },
        { line: 'L2', good: 5, damaged: 0 },
      ],
      { last: true },
    );
    its.resolve('transfer_short', 'claim').stockAnswers();
    expect(its.now.status).toBe('receiving');
    its.waits();
    expect(its.queue).toEqual(['transfer_claim_late C1']);
    const settle = { type: 'settle_claim', claim: 'C1', paid: 200, reference: 'CL-9' } as const;
    expect(its.send({ ...settle, currency: 'USD' }).refusal).toBe('other_currency');
    its.send({ ...settle, currency: 'EUR' });
    expect(its.now.status).toBe('closed');
    expect(its.books.money).toEqual({ write_off: 300, inventory_at_cost: -300, recovery: -200, cash_clearing: 200 });
  });

  test('damaged: in quarantine until a person says whether they are sold all the same', () => {
    const its = shipped().receive([
      { line: 'L1', good: 8, damaged: 2 },
      { line: 'L2', good: 5, damaged: 0 },
    ]);
    expect(its.queue).toEqual(['transfer_damaged H1']);
    expect(its.books.stock).toMatchObject({ 'quarantine MUG': 2 });
    its.stockAnswers().resolve('transfer_damaged', 'write_off');
    expect(its.now.status).toBe('closed');
    expect(its.books.stock).toEqual({ 'sellable MUG': -2, 'disposed_of MUG': 2 });
  });

  test('over, or something else: the origin had sent it, or it is left out', () => {
    const its = shipped().receive(
      [
        { line: 'L1', good: 11, damaged: 0 },
        { line: 'L2', good: 5, damaged: 0 },
      ],
      {
        others: [{ sku: 'VASE', lot: null, quantity: 1 }],
      },
    );
    expect(its.queue).toEqual(['transfer_surplus S1', 'transfer_surplus S2']);
    its.resolve('transfer_surplus', 'accept').resolve('transfer_surplus', 'leave_out');
    expect(its.wants).toEqual(['add:W1', 'add:W2', 'correct:S1']);
    its.outcome('correct:S1', { type: 'taken', short: [{ sku: 'MUG', quantity: 1 }] });
    expect(its.queue).toEqual(['stock_count_due S1']);
    its.resolve('stock_count_due', 'acknowledge').stockAnswers();
    expect(its.now.status).toBe('closed');
    expect(its.books.stock).toEqual({});
  });
});

describe('what does not go as planned', () => {
  test('is told as late, again and again for who waits, and not after a new time', () => {
    const its = new Haul().stockAnswers().waits();
    expect(its.happened).toEqual(['delayed', 'attention_raised']);
    its.resolve('transfer_late', 'wait');
    expect(its.due).toEqual(['shipment']);
    its.waits();
    expect(its.queue).toEqual(['transfer_late shipment']);
    its.send({
      type: 'reschedule',
      by: null,
      shipBy: '2026-04-01T00:00:00.000Z',
      arriveBy: '2026-04-02T00:00:00.000Z',
    });
    expect(its.queue).toEqual([]);
    expect(its.due).toEqual(['shipment']);
  });

  test('is called off: before it leaves nothing moved, afterwards it turns back', () => {
    const its = new Haul().stockAnswers().pick().send({ type: 'cancel', note: null });
    expect(its.wants).toEqual(['release']);
    expect(its.stockAnswers().now).toMatchObject({ status: 'closed', outcome: 'cancelled' });
    expect(its.books.stock).toEqual({});
    const back = shipped()
      .receive([{ line: 'L1', good: 4, damaged: 0 }])
      .stockAnswers();
    back.send({ type: 'cancel', note: null }).receive([
      { line: 'L1', good: 6, damaged: 0 },
      { line: 'L2', good: 5, damaged: 0 },
    ]);
    expect(back.now.toStock).toEqual({
      W2: {
        facility: 'DC',
        goods: [
          { sku: 'MUG', quantity: 6 },
          { sku: 'BOWL', quantity: 5 },
        ],
      },
    });
    expect(back.stockAnswers().now.outcome).toBe('turned_back');
    expect(back.send({ type: 'cancel', note: null }).refusal).toBe('transfer_closed');
  });
});

describe('goods that a recall stops', () => {
  const stop = (its: Haul) => its.send({ type: 'stop_goods', recall: 'RC-1', goods: [{ sku: 'MUG', lot: 'M1' }] });

  test('stay where they are, if they have not left', () => {
    const its = stop(new Haul().stockAnswers().pick());
    expect(its.queue).toEqual(['goods_recalled RC-1']);
    expect(its.ship().refusal).toBe('goods_stopped');
    its.resolve('goods_recalled', 'take_out').ship().stockAnswers();
    const { transfer } = transferDecider.project(transferDecider.initial, its.now, its.recorded);
    expect(transfer?.lines).toMatchObject([
      { line: 'L1', isOut: true, picked: 0 },
      { line: 'L2', isOut: false },
    ]);
    expect(its.books.stock).toEqual({ 'sellable BOWL': -5, 'in_transit BOWL': 5 });
  });

  test('wait in quarantine where they come to, until they are destroyed or the recall was an error', () => {
    const its = stop(shipped());
    expect(its.resolve('goods_recalled', 'destroyed').refusal).toBe('still_under_way');
    its.receive(allCame).stockAnswers();
    expect(its.books.stock).toEqual({ 'sellable MUG': -10, 'quarantine MUG': 10 });
    its.resolve('goods_recalled', 'destroyed');
    expect(its.now.status).toBe('closed');
    const error = stop(shipped()).receive(allCame).stockAnswers();
    error.send({ type: 'release_goods', recall: 'RC-1' }).stockAnswers();
    expect(error.now).toMatchObject({ status: 'closed', outcome: 'received' });
    expect(error.books.stock).toEqual({});
  });

  test('of another lot go on', () => {
    const its = new Haul()
      .stockAnswers()
      .send({ type: 'stop_goods', recall: 'RC-1', goods: [{ sku: 'MUG', lot: 'M9' }] });
    expect(its.happened).toEqual([]);
  });

  test('whose lot nobody has read may be of it, until somebody reads another', () => {
    const its = new Haul().stockAnswers();
    its.send({ type: 'stop_goods', recall: 'RC-1', goods: [{ sku: 'BOWL', lot: 'B1' }] });
    expect(its.queue).toEqual(['goods_recalled RC-1']);
    its.pick([{ line: 'L2', quantity: 5, lot: 'B2', serials: [] }]);
    expect(its.queue).toEqual([]);
  });

  test('that are no longer enough at the origin are looked for anew', () => {
    const its = new Haul().stockAnswers().pick().send({ type: 'stop_stock', recall: 'RC-1' });
    expect(its.now).toMatchObject({ status: 'requested', reservation: 'wanted', tries: 1 });
    expect(its.send({ type: 'stop_stock', recall: 'RC-1' }).refusal).toBe('not_reserved_yet');
  });
});
