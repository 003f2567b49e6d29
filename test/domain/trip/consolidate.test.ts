import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { consolidate, type OpenTrip } from '../../../domain/trip/consolidate.ts';
import { bestInsertion, type Candidate } from '../../../domain/trip/insertion.ts';
import { goodsClasses } from '../../../domain/trip/load.ts';
import { metresBetween } from '../../../domain/trip/place.ts';
import { costOf, faultOf, legs, type TripPlan } from '../../../domain/trip/plan.ts';
import type { Receiving } from '../../../domain/trip/receiving.ts';
import { aCandidate, aLoad, aPlan, aStop, clock, depot, point } from './world.ts';

const anywhere: Receiving = { most: {}, expected: {} };

test('distances are those of the globe', () => {
  const [paris, london] = [
    { latitude: 48.8566, longitude: 2.3522 },
    { latitude: 51.5074, longitude: -0.1278 },
  ];
  expect(Math.round(metresBetween(paris, london) / 1000)).toBe(344);
  expect(metresBetween(paris, paris)).toBe(0);
});

describe('a pickup joins a trip', () => {
  const collected = (given: Partial<Candidate>, plan: Partial<TripPlan> = {}, receiving = anywhere) =>
    consolidate([{ trip: 'TP-1', plan: aPlan(plan) }], [aCandidate(given)], receiving);
  const why = (given: Partial<Candidate>, plan: Partial<TripPlan> = {}, receiving = anywhere) =>
    collected(given, plan, receiving).left[0]?.why ?? 'assigned';

  test('on the way back, where it costs least', () => {
    const [assigned] = collected({}).assigned;
    expect(assigned).toMatchObject({ trip: 'TP-1', after: 'T2', isStopAdded: true, off: 'T3' });
    expect(assigned?.saving).toBe(1_500 - (assigned?.cost ?? 0));
    expect(assigned?.saving).toBeGreaterThan(0);
  });
  test('at a stop in the same place for nothing', () => {
    expect(collected({ place: point(20, 20), facility: 'S-2' }).assigned).toMatchObject([
      { stop: 'T2', cost: 0, isStopAdded: false },
    ]);
  });
  test('not where a carrier is cheaper', () => expect(why({ carrierPrice: 200 })).toBe('too_dear'));
  test('not where it would have to go elsewhere', () => expect(why({ to: 'RC-9' })).toBe('goes_elsewhere'));
  test('not outside the hours in which somebody is there', () =>
    expect(why({ readyFrom: clock(700), until: clock(715) })).toBe('window_missed'));
  test('not where goods going out would come too late', () =>
    expect(why({ place: point(0, 18), until: clock(30), carrierPrice: 9_000 })).toBe('window_missed'));
  test('not where there is no room on any leg', () => expect(why({ volumeLitres: 1_001 })).toBe('over_volume'));
  test('only after the room of what goes out is free', () => {
    expect(collected({ volumeLitres: 900, place: point(10, 0) }).assigned).toMatchObject([{ after: 'T2' }]);
  });
  test('never what is recalled beside what is to be sold', () => {
    const out = aLoad({ load: 'L3', on: 'T0', off: 'T3' });
    expect(why({ goods: 'recalled' }, { loads: [out] })).toBe('goods_apart');
    expect(why({ goods: 'returned' }, { loads: [out] })).toBe('assigned');
    expect(collected({ goods: 'contaminated', place: point(10, 0) }).assigned).toMatchObject([{ after: 'T2' }]);
  });
  test('not more than its facility takes in a day', () => {
    expect(why({ units: 5 }, {}, { most: { 'DC-1': 4 }, expected: {} })).toBe('receiving_full');
    expect(why({ units: 5 }, {}, { most: { 'DC-1': 9 }, expected: { 'DC-1 2026-03-02': 5 } })).toBe('receiving_full');
    expect(why({ units: 5 }, {}, { most: { 'DC-1': 10 }, expected: { 'DC-1 2026-03-02': 5 } })).toBe('assigned');
  });
});

test('spare room is what is left on each leg', () => {
  expect(
    legs(aPlan()).map(({ from, spareVolumeLitres, spareWeightGrams }) => [from, spareVolumeLitres, spareWeightGrams]),
  ).toEqual([
    ['T0', 200, 300_000],
    ['T1', 600, 400_000],
    ['T2', 1000, 500_000],
  ]);
});

const km = fc.integer({ min: -25, max: 25 });
const aPlace = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(km, km) },
  { weight: 1, arbitrary: fc.constant([20, 0] as const) },
);
const candidates = (most: number) =>
  fc
    .array(
      fc.record({
        at: aPlace,
        from: fc.integer({ min: 0, max: 400 }),
        lasts: fc.integer({ min: 30, max: 400 }),
        volumeLitres: fc.integer({ min: 1, max: 600 }),
        weightGrams: fc.integer({ min: 1, max: 300_000 }),
        units: fc.integer({ min: 1, max: 20 }),
        goods: fc.constantFrom(...goodsClasses),
        carrierPrice: fc.integer({ min: 0, max: 6_000 }),
        to: fc.constantFrom('DC-1', 'DC-1', 'S-2'),
      }),
      { maxLength: most },
    )
    .map((all) =>
      all.map(({ at: [north, east], from, lasts, ...rest }, index) =>
        aCandidate({
          ...rest,
          candidate: `C${index}`,
          place: point(north, east),
          readyFrom: clock(from),
          until: clock(from + lasts),
        }),
      ),
    );

const second = aPlan({
  stops: [
    aStop('T0', depot, { facility: 'DC-1', minutes: 0, opens: clock(60) }),
    aStop('T1', point(-15, 5), { facility: 'S-3', opens: clock(90), closes: clock(180) }),
    aStop('T2', depot, { facility: 'DC-1', minutes: 0, closes: clock(400) }),
  ],
  loads: [aLoad({ off: 'T1', goods: 'food' })],
  capacity: { volumeLitres: 700, weightGrams: 400_000 },
});
const fleet = fc.subarray<OpenTrip>(
  [
    { trip: 'TP-1', plan: aPlan() },
    { trip: 'TP-2', plan: second },
  ],
  { minLength: 1 },
);
const receiving = fc
  .constantFrom(1_000, 30, 10)
  .map((most): Receiving => ({ most: { 'DC-1': most, 'S-2': 40 }, expected: {} }));

test('no plan breaks what a trip promised: rooms, windows, neighbours, receiving', () => {
  fc.assert(
    fc.property(fleet, candidates(12), receiving, (trips, all, limits) => {
      const plan = consolidate(trips, all, limits);
      expect([...plan.assigned, ...plan.left].map(({ candidate }) => candidate).sort()).toEqual(
        all.map(({ candidate }) => candidate).sort(),
      );
      for (const { trip, plan: filled } of plan.trips) {
        expect(faultOf(filled)).toBeNull();
        const before = trips.find((each) => each.trip === trip)?.plan;
        expect(filled.stops.filter(({ added }) => added !== true)).toEqual(before?.stops);
        expect(filled.loads.filter(({ kind }) => kind === 'forward')).toEqual(before?.loads);
      }
      const brought = plan.assigned.reduce((units, { candidate, trip }) => {
        const one = all.find((each) => each.candidate === candidate);
        return one?.to === 'DC-1' && trips.some((each) => each.trip === trip) ? units + one.units : units;
      }, 0);
      expect(brought).toBeLessThanOrEqual(limits.most['DC-1'] ?? 0);
      const dearer = plan.trips.reduce((sum, { trip, plan: filled }) => {
        const before = trips.find((each) => each.trip === trip)?.plan;
        return sum + costOf(filled) - (before === undefined ? 0 : costOf(before));
      }, 0);
      const prices = plan.assigned.reduce((sum, { carrierPrice }) => sum + carrierPrice, 0);
      expect(plan.saving).toBe(prices - dearer);
      expect(plan.saving).toBeGreaterThanOrEqual(0);
      expect(consolidate(trips, all, limits)).toEqual(plan);
    }),
    { numRuns: 300 },
  );
});

/** The most that any choice of trips and any order of stops saves: every one is tried. */
function mostSaved(trips: readonly OpenTrip[], [next, ...rest]: readonly Candidate[]): number {
  if (next === undefined) return 0;
  const without = mostSaved(trips, rest);
  return Math.max(
    without,
    ...trips.flatMap(({ trip, plan }) =>
      everyWay(plan, next).map((filled) => {
        const others = trips.map((each) => (each.trip === trip ? { trip, plan: filled } : each));
        return next.carrierPrice - (costOf(filled) - costOf(plan)) + mostSaved(others, rest);
      }),
    ),
  );
}

/** Written apart from what it checks: each position of a new stop, and each stop that is there already. */
function everyWay(plan: TripPlan, { place, readyFrom, until, to, ...candidate }: Candidate): TripPlan[] {
  const { volumeLitres, weightGrams, units, goods, reference } = candidate;
  const number = plan.stops.length + plan.loads.length + 10;
  const on = (stops: TripPlan['stops'], stop: string): TripPlan[] => {
    const off = stops.slice(stops.findIndex((each) => each.stop === stop) + 1).find(({ facility }) => facility === to);
    if (off === undefined) return [];
    const load = {
      load: `L${number}`,
      kind: 'return',
      reference,
      on: stop,
      off: off.stop,
      volumeLitres,
      weightGrams,
      units,
      goods,
    } as const;
    const filled = { ...plan, stops, loads: [...plan.loads, load] };
    return faultOf(filled) === null ? [filled] : [];
  };
  const added = aStop(`T${number}`, place, { opens: readyFrom, closes: until, added: true });
  const joined = plan.stops.filter((stop) => metresBetween(stop.place, place) === 0);
  return [
    ...plan.stops.slice(1).flatMap((_, index) => on(plan.stops.toSpliced(index + 1, 0, added), added.stop)),
    ...joined
      .filter(({ opens, closes }) => opens >= readyFrom && closes <= until)
      .flatMap(({ stop }) => on(plan.stops, stop)),
  ];
}

test('on small cases the heuristic saves nearly what trying everything saves', () => {
  let [found, best, equal, runs] = [0, 0, 0, 0];
  fc.assert(
    fc.property(fleet, candidates(4), (trips, all) => {
      const saved = consolidate(trips, all, anywhere).saving;
      const most = mostSaved(trips, all);
      found += saved;
      best += most;
      equal += saved >= most ? 1 : 0;
      runs += 1;
    }),
    { numRuns: 300, seed: 7 },
  );
  expect(best).toBeGreaterThan(0);
  expect(equal / runs).toBeGreaterThan(0.95);
  expect(found / best).toBeGreaterThan(0.98);
});

test('an insertion that costs as much as a carrier is none', () => {
  const cost = bestInsertion(aPlan(), aCandidate(), 10_000);
  if (typeof cost === 'string') throw new Error(cost);
  expect(bestInsertion(aPlan(), aCandidate(), cost.cost)).toBe('too_dear');
  expect(bestInsertion(aPlan(), aCandidate(), cost.cost + 1)).toMatchObject({ cost: cost.cost });
});
