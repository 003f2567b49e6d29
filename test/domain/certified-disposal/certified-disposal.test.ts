import { describe, expect, test } from 'vitest';
import { three } from '../execution/world.ts';
import { aDestruction, aReceipt, aRecycling, Journey } from './world.ts';

const states = (its: Journey) => Object.values(its.now.items).map(({ state }) => state);
const first = { rma: three[0]?.rma ?? '', item: 'P1-1' };
const closedWell = { status: 'closed', outcome: 'completed', attention: {} };

describe('a gift', () => {
  test('ends with the receipt, and each return hears of it', () => {
    const its = new Journey().handedOver('donate').certify(aReceipt);
    expect(its.happened).toEqual(['certificate_recorded', 'completed', 'item_ending', 'item_ending', 'item_ending']);
    its.returnsAnswer();
    expect(its.now).toMatchObject(closedWell);
    expect(states(its)).toEqual(['confirmed', 'confirmed', 'confirmed']);
    expect(its.money).toEqual([]);
  });

  test('may cost us something', () => {
    const its = new Journey().handedOver('donate').certify({ ...aReceipt, charge: 1200 });
    expect([its.balance('disposal_costs'), its.balance('disposal_payable')]).toEqual([1200, -1200]);
  });
});

describe('recycling', () => {
  test('gives back as materials and residue what went in, to the gram', () => {
    const its = new Journey().handedOver('recycle').certify(aRecycling({ residueGrams: 799 }));
    expect(its.last).toEqual({
      type: 'refused',
      refusal: { code: 'mass_differs', field: 'weightGrams', params: { in: 3000, out: 2999, difference: 1 } },
    });
    expect(its.certify(aRecycling({ residueGrams: 801 })).refusal).toBe('mass_differs');
    its.certify(aRecycling()).returnsAnswer();
    expect(its.now).toMatchObject(closedWell);
  });

  test('may lose as much as its terms say', () => {
    const terms = { ...new Journey().request('recycle').now.terms, massBasisPoints: 100 };
    const its = new Journey().handedOver('recycle', { terms }).certify(aRecycling({ residueGrams: 769 }));
    expect(its.refusal).toBe('mass_differs');
    expect(its.certify(aRecycling({ residueGrams: 770 })).refusal).toBeNull();
  });

  test('is weighed when it is handed over', () => {
    const its = new Journey().request('recycle').returnsAnswer();
    expect(its.send({ type: 'hand_over', document: 'WB-1', weightGrams: null, kept: [] }).refusal).toBe(
      'weight_needed',
    );
  });

  test('of another weight than was handed over waits for a person, who accepts or rejects the certificate', () => {
    const its = new Journey().handedOver('recycle', {}, 3100).certify(aRecycling());
    expect(its.asked).toEqual(['certificate_weight_differs']);
    expect(its.now.status).toBe('handed_over');
    its.resolve('certificate_weight_differs', 'reject');
    expect(its.now.certificate).toBeNull();
    its.certify(aRecycling({ certificate: 'CERT-2' })).resolve('certificate_weight_differs', 'acknowledge');
    expect(its.returnsAnswer().now).toMatchObject(closedWell);
  });

  test('pays for materials: no item more than it cost, all of it in the ledger', () => {
    const its = new Journey().handedOver('recycle').certify(aRecycling({ proceeds: 1000, charge: 300 }));
    expect(Object.values(its.now.items).map(({ received }) => received)).toEqual([333, 334, 333]);
    expect([its.balance('recovery'), its.balance('cash_clearing'), its.balance('disposal_costs')]).toEqual([
      -1000, 1000, 300,
    ]);
    expect(its.returnsAnswer().now).toMatchObject(closedWell);
    const rich = new Journey().handedOver('recycle').certify(aRecycling({ proceeds: 9000 }));
    expect(Object.values(rich.now.items).map(({ received }) => received)).toEqual([1000, 1000, 1000]);
    expect(rich.balance('recovery')).toBe(-9000);
  });
});

describe('a destruction', () => {
  test('needs a witness who isn’t the one that handed the goods over', () => {
    const its = new Journey().handedOver('destroy').certify(aDestruction);
    expect(its.now.status).toBe('handed_over');
    const witness = { type: 'witness', role: 'witness', reference: null } as const;
    expect(its.send(witness).refusal).toBe('witness_is_executor');
    expect(its.as('key_2').send({ ...witness, reference: 'RECYCLER' }).refusal).toBe('witness_is_executor');
    expect(its.send(witness).happened).toContain('completed');
    expect(its.returnsAnswer().now).toMatchObject(closedWell);
  });

  test('is seen by customs too where duty is claimed back', () => {
    const its = new Journey().handedOver('destroy', { dutyClaimed: true }).as('key_2');
    its.send({ type: 'witness', role: 'witness', reference: null }).certify(aDestruction);
    expect(its.now.status).toBe('handed_over');
    expect(its.send({ type: 'witness', role: 'customs', reference: null }).refusal).toBe('reference_needed');
    its.send({ type: 'witness', role: 'customs', reference: 'MRN-26DE-1' });
    expect(its.now.witnesses.map(({ role, by, reference }) => [role, by, reference])).toEqual([
      ['witness', 'key_2', null],
      ['customs', 'key_2', 'MRN-26DE-1'],
    ]);
    expect(its.returnsAnswer().now).toMatchObject(closedWell);
  });

  test('is witnessed once, after the hand-over, and nothing else is', () => {
    const its = new Journey().request('destroy').returnsAnswer();
    const witness = { type: 'witness', role: 'witness', reference: null } as const;
    expect(its.send(witness).refusal).toBe('not_handed_over_yet');
    const later = new Journey().handedOver('destroy').as('key_2').send(witness);
    expect(later.send(witness).refusal).toBe('already_witnessed');
    expect(new Journey().handedOver('recycle').as('key_2').send(witness).refusal).toBe('no_witness_needed');
  });
});

describe('a certificate', () => {
  test('is of the kind that the goods go, of today at the latest, and the only one', () => {
    const its = new Journey().handedOver('donate');
    expect(its.certify(aRecycling()).refusal).toBe('certificate_of_another_kind');
    expect(its.certify({ ...aReceipt, issuedOn: '2026-03-04' }).refusal).toBe('date_in_the_future');
    expect(its.certify({ ...aReceipt, value: -1 }).refusal).toBe('figure_not_valid');
    const destroyed = new Journey().handedOver('destroy').certify(aDestruction);
    expect(destroyed.certify(aDestruction).refusal).toBe('certificate_already_recorded');
    expect(its.certify(aReceipt).certify(aReceipt).refusal).toBe('execution_closed');
    expect(new Journey().request('donate').returnsAnswer().certify(aReceipt).refusal).toBe('not_handed_over_yet');
  });
});

describe('goods that don’t go along', () => {
  test('are taken back before the hand-over, or stay when the others go', () => {
    const its = new Journey().request('donate').returnsAnswer();
    its.send({ type: 'take_back', items: [first], note: null });
    expect(its.happened).toEqual(['taken_back', 'item_let_go']);
    const kept = [{ rma: first.rma, item: 'P1-2' }];
    its.returnsAnswer().send({ type: 'hand_over', document: 'WB-1', weightGrams: null, kept });
    its.certify(aReceipt).returnsAnswer();
    expect(states(its)).toEqual(['released', 'released', 'confirmed']);
    expect(its.now).toMatchObject(closedWell);
  });

  test('are sent back by the organisation, some or all, and wait again', () => {
    const its = new Journey().handedOver('donate').send({ type: 'decline', items: [first], note: null });
    expect(its.returnsAnswer().now.status).toBe('handed_over');
    expect(states(its)).toEqual(['released', 'held', 'held']);
    its.send({ type: 'decline', items: null, note: null }).returnsAnswer();
    expect(its.now).toMatchObject({ status: 'closed', outcome: 'refused' });
    expect(states(its)).toEqual(['released', 'released', 'released']);
  });

  test('are free again once it is called off, which is too late after the hand-over', () => {
    const its = new Journey().request('destroy').send({ type: 'cancel', note: null }).returnsAnswer();
    expect(its.now).toMatchObject({ status: 'closed', outcome: 'cancelled' });
    expect(new Journey().handedOver('destroy').send({ type: 'cancel', note: null }).refusal).toBe(
      'already_handed_over',
    );
  });

  test('are named, and never all of them', () => {
    const its = new Journey().request('donate');
    expect(its.send({ type: 'take_back', items: [first], note: null }).refusal).toBe('still_gathering');
    its.returnsAnswer();
    const strangers = [{ rma: 'X', item: 'P1-1' }];
    expect(its.send({ type: 'take_back', items: strangers, note: null }).refusal).toBe('unknown_item');
    const all = three.map(({ rma, item }) => ({ rma, item }));
    expect(its.send({ type: 'take_back', items: all, note: null }).refusal).toBe('nothing_left');
  });
});

test('each side that takes too long reaches a person, after the organisation was reminded', () => {
  const its = new Journey().request('recycle').returnsAnswer().waitOut();
  expect(its.asked).toEqual(['handover_late']);
  its.resolve('handover_late', 'acknowledge').waitOut();
  expect(its.asked).toEqual(['handover_late']);
  its.send({ type: 'hand_over', document: 'WB-1', weightGrams: 3000, kept: [] });
  expect(its.asked).toEqual([]);
  expect(its.waitOut().happened).toEqual(['reminded']);
  expect(its.waitOut().happened).toEqual(['reminded']);
  expect(its.waitOut().happened).toEqual(['overdue', 'attention_raised']);
  expect(its.asked).toEqual(['certificate_late']);
  its.certify(aRecycling()).returnsAnswer();
  expect(its.now).toMatchObject(closedWell);
});

test('an organisation that has certified is not reminded, though a witness is still missing', () => {
  const its = new Journey().handedOver('destroy').certify(aDestruction).waitOut();
  expect(its.happened).toEqual(['overdue', 'attention_raised']);
  expect(its.asked).toEqual(['certificate_late']);
});

test('what no return gives comes to nothing', () => {
  const its = new Journey().request('donate').returnsAnswer(() => ({ type: 'refused', code: 'item_in_execution' }));
  expect(its.now).toMatchObject({ status: 'closed', outcome: 'cancelled' });
});

test('a return that refuses to hear of it leaves its item to a person', () => {
  const its = new Journey().handedOver('donate').certify(aReceipt);
  its.returnsAnswer((key) =>
    key.includes('P1-2') ? { type: 'refused', code: 'return_closed' } : { type: 'accepted' },
  );
  expect(its.asked).toEqual(['item_stranded']);
  its.resolve('item_stranded', 'retry').returnsAnswer();
  expect(its.now).toMatchObject(closedWell);
});
