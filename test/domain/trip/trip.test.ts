import { describe, expect, test } from 'vitest';
import { tripDecider } from '../../../domain/trip/decider.ts';
import { Drive } from './drive.ts';
import { aCandidate, clock, point } from './world.ts';

const pickup = aCandidate();
const totes = aCandidate({
  candidate: 'packaging:7',
  kind: 'packaging',
  reference: 'TOTES-7',
  place: point(12, 12),
  carrierPrice: 9_000,
});
const loadOf = (its: Drive, reference: string) => its.now.loads.find((load) => load.reference === reference);
const onWay = (candidates = [pickup]) =>
  new Drive()
    .take(candidates)
    .answered()
    .wait('PT1H')
    .send({ type: 'depart', at: clock(0) });

describe('a trip', () => {
  test('collects what a plan gave it, and the return hears of each step', () => {
    const its = new Drive().take([pickup]);
    expect(its.wants).toEqual(['assigned:L3']);
    its
      .answered()
      .wait('PT1H')
      .send({ type: 'depart', at: clock(0) });
    expect(its.now.loads.map(({ state }) => state)).toEqual(['aboard', 'aboard', 'planned']);
    its
      .send({ type: 'arrive', stop: 'T1', at: clock(40) })
      .send({ type: 'deliver', load: 'L1', units: 10, at: clock(45) });
    its
      .send({ type: 'arrive', stop: 'T2', at: clock(90) })
      .send({ type: 'deliver', load: 'L2', units: 10, at: clock(95) });
    its
      .send({ type: 'arrive', stop: 'T4', at: clock(120) })
      .send({ type: 'collect', load: 'L3', units: 1, at: clock(121) });
    expect(its.wants).toEqual(['collected:L3']);
    its.answered().send({ type: 'come_back', at: clock(150) });
    expect(its.wants).toEqual(['delivered:L3']);
    expect(its.answered().now).toMatchObject({ status: 'closed', outcome: 'completed' });
  });

  test('that a return doesn’t give its goods to drives past', () => {
    const its = new Drive().take([pickup]);
    its.send({ type: 'outcome', effect: 'assigned:L3', outcome: { type: 'refused', code: 'handed_over' } });
    expect(its.happened).toEqual(['load_declined']);
    expect(its.now.stops.map(({ state }) => state)).toEqual(['planned', 'planned', 'planned', 'dropped', 'planned']);
    expect(its.take([{ ...pickup, candidate: 'C2' }]).now.loads.map(({ load }) => load)).toEqual([
      'L1',
      'L2',
      'L3',
      'L4',
    ]);
  });

  test('collects nothing twice, however often a plan names it', () => {
    const its = new Drive().take([totes]);
    expect(its.take([totes]).refusal).toBe('plan_outdated');
    expect(its.now.loads.filter(({ reference }) => reference === totes.reference)).toHaveLength(1);
  });

  test('that has changed since it was planned refuses the plan', () => {
    const before = new Drive();
    const its = new Drive().take([pickup]);
    expect(its.send({ type: 'assign', riders: [], stops: before.now.stops }).refusal).toBe('plan_outdated');
    expect(onWay().take([totes]).refusal).toBe('already_departed');
  });

  test('that misses a stop looks for another trip', () => {
    const its = onWay().send({ type: 'come_back', at: clock(200) });
    expect(loadOf(its, 'R-1')).toMatchObject({ state: 'failed', code: 'stop_missed' });
    expect(its.wants).toEqual(['place_again:L3']);
    its.send({ type: 'outcome', effect: 'place_again:L3', outcome: { type: 'placed', trip: 'TP-2' } });
    expect(loadOf(its, 'R-1')).toMatchObject({ state: 'moved', code: 'TP-2' });
    expect(its.queue).toEqual(['load_brought_back L1', 'load_brought_back L2']);
  });

  test('gives what no trip takes back to its return, and asks a person about what has none', () => {
    const its = onWay([pickup, totes]).send({ type: 'deadline', deadline: 'missed', due: clock(0) });
    expect(its.happened).toEqual([]);
    expect(its.fires('missed').happened).toContain('load_failed');
    its.answered();
    expect(loadOf(its, 'R-1')).toMatchObject({ state: 'given_back' });
    expect(its.queue).toContain(`load_unplaced ${loadOf(its, 'TOTES-7')?.load}`);
  });

  test('that leaves late, is late at a stop or back late tells a person, once', () => {
    const its = new Drive().fires('departure');
    expect(its.queue).toEqual(['departure_late TP-1']);
    expect(its.due).toEqual(['missed']);
    its.send({ type: 'depart', at: its.at });
    expect(its.queue).toEqual([]);
    expect(its.fires('stop:T1').queue).toEqual(['stop_late T1']);
    its.send({ type: 'arrive', stop: 'T1', at: its.at });
    expect(its.queue).toEqual([]);
    expect(its.fires('stop:T2').fires('return').queue).toEqual(['stop_late T2', 'trip_return_late TP-1']);
    its.send({ type: 'resolve', attention: 'A4', resolution: 'returned', note: 'N' });
    expect(its.now.status).toBe('returned');
  });

  test('that nobody drives is called off, so that its pickups go another way', () => {
    const its = new Drive().take([pickup]).answered().fires('missed');
    expect(its.happened).toEqual(['overdue', 'cancelled', 'load_withdrawn', 'load_withdrawn', 'load_failed']);
  });

  test('that is called off before it leaves gives everything another way', () => {
    const its = new Drive().take([pickup]).answered().send({ type: 'cancel', note: null });
    expect(its.wants).toEqual(['place_again:L3']);
    expect(its.answered().now).toMatchObject({ status: 'closed', outcome: 'cancelled' });
    expect(onWay().send({ type: 'cancel', note: null }).refusal).toBe('already_departed');
  });

  test('loses nothing in silence: a person hears what went off less than came on, or came on less than was there', () => {
    const its = onWay([totes]).send({ type: 'arrive', stop: 'T1', at: clock(40) });
    its.send({ type: 'deliver', load: 'L1', units: 7, at: clock(45) });
    expect(its.queue).toEqual(['load_delivered_short L1']);
    expect(loadOf(its, 'O-1')).toMatchObject({ collected: 10, delivered: 7 });
    expect(its.send({ type: 'deliver', load: 'L1', units: 7, at: clock(46) }).happened).toEqual([]);
    expect(its.send({ type: 'deliver', load: 'L1', units: 10, at: clock(46) }).refusal).toBe('already_delivered');
    const some = onWay([{ ...totes, units: 10 }]).send({ type: 'arrive', stop: 'T4', at: clock(60) });
    some.send({ type: 'collect', load: 'L3', units: 3, at: clock(61) });
    expect(some.queue).toEqual(['load_collected_short L3']);
    expect(some.send({ type: 'come_back', at: clock(200) }).now.status).toBe('returned');
    expect(loadOf(some, 'TOTES-7')).toMatchObject({ state: 'delivered', collected: 3, delivered: 3 });
  });

  test('tells a transfer how many units it has collected, and a person where that doesn’t take it', () => {
    const ride = { ...totes, kind: 'transfer', candidate: 'transfer:TR-1', reference: 'TR-1', units: 4 } as const;
    const its = onWay([ride]);
    expect(its.wants).toEqual([]);
    its
      .send({ type: 'arrive', stop: 'T4', at: clock(60) })
      .send({ type: 'collect', load: 'L3', units: 4, at: clock(61) });
    expect(tripDecider.effects(its.state)).toMatchObject([
      { kind: 'tell_transfer', key: 'collected:L3', transfer: 'TR-1', told: { step: 'collected', units: 4 } },
    ]);
    its.send({ type: 'outcome', effect: 'collected:L3', outcome: { type: 'refused', code: 'units_differ' } });
    expect([its.wants, its.queue]).toEqual([[], ['load_disputed L3']]);
  });

  test('isn’t told of what it wasn’t near', () => {
    const its = onWay();
    expect(its.send({ type: 'collect', load: 'L3', units: 1, at: clock(5) }).refusal).toBe('not_at_stop');
    expect(its.send({ type: 'arrive', stop: 'T9', at: clock(5) }).refusal).toBe('unknown_stop');
    its.send({ type: 'arrive', stop: 'T4', at: clock(60) });
    expect(its.send({ type: 'arrive', stop: 'T1', at: clock(70) }).refusal).toBe('stop_missed');
    expect(its.send({ type: 'collect', load: 'L3', units: 2, at: clock(61) }).refusal).toBe('units_exceed_load');
    expect(its.send({ type: 'refuse', load: 'L3', code: 'not_as_said' }).wants).toEqual(['failed:L3']);
  });
});
