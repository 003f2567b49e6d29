import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadSolver } from '../../../activities/rebalances/highs.ts';
import { flawsOf } from '../../../domain/rebalance/plan/check.ts';
import { costOf } from '../../../domain/rebalance/plan/cost.ts';
import { explain, leftoversOf } from '../../../domain/rebalance/plan/explain.ts';
import { makePlan, usualEffort } from '../../../domain/rebalance/plan/make-plan.ts';
import { balanceOf, type Move, type Network } from '../../../domain/rebalance/plan/network.ts';
import { cheapest } from './brute-force.ts';
import { networks } from './worlds.ts';

const solve = await loadSolver();
const apart = { ...usualEffort, exactArcs: 0 };

test('the plan of a small network is the cheapest there is', () => {
  fc.assert(
    fc.property(networks, (network) => {
      const best = cheapest(network);
      fc.pre(best !== null);
      const { moves, cost, bound } = makePlan(network, solve);
      expect(flawsOf(network, moves)).toEqual([]);
      expect(costOf(network, moves).total).toBe(best);
      expect(cost).toBeCloseTo(best ?? Number.NaN, 4);
      expect(bound).toBeLessThanOrEqual(cost + 0.001);
    }),
    { numRuns: 150 },
  );
});

test('a plan by prices breaks no rule, costs no more than the greedy one, and is never below its bound', () => {
  fc.assert(
    fc.property(networks, (network) => {
      const { moves, cost, bound, greedy } = makePlan(network, solve, apart);
      expect(flawsOf(network, moves)).toEqual([]);
      expect(costOf(network, moves).total).toBeCloseTo(cost, 4);
      expect(cost).toBeLessThanOrEqual(greedy + 0.001);
      expect(bound).toBeLessThanOrEqual((cheapest(network) ?? cost) + 0.001);
    }),
    { numRuns: 150 },
  );
});

test('what the lines save is what the plan saves, and what stays in excess is told', () => {
  fc.assert(
    fc.property(networks, (network) => {
      const { moves } = makePlan(network, solve);
      const saved = explain(network, moves).reduce((sum, { saving }) => sum + saving, 0);
      expect(saved).toBe(costOf(network, []).total - costOf(network, moves).total);
      const left = leftoversOf(network, moves, [{ sku: 'MUG', exit: 'liquidation', perUnit: 4 }]);
      for (const { sku, quantity, exit, worth } of left) {
        expect(quantity).toBeGreaterThan(0);
        expect([exit, worth]).toEqual(sku === 'MUG' ? ['liquidation', 4 * quantity] : [null, 0]);
      }
    }),
    { numRuns: 100 },
  );
});

const shop = (over: Partial<Network> = {}): Network => ({
  positions: [
    { sku: 'MUG', facility: 'A', onHand: 10, supply: 0, demand: 2, minimum: 1, maximum: 4, value: 500 },
    { sku: 'MUG', facility: 'B', onHand: 0, supply: 1, demand: 4, minimum: 1, maximum: 4, value: 500 },
    { sku: 'MUG', facility: 'C', onHand: 3, supply: 0, demand: 2, minimum: 2, maximum: 4, value: 900 },
  ],
  lanes: [
    { origin: 'A', destination: 'B', perUnit: 100, perShipment: 300, days: 1, capacity: null },
    { origin: 'A', destination: 'C', perUnit: 100, perShipment: 300, days: 1, capacity: null },
  ],
  trips: [],
  sizes: [{ sku: 'MUG', millilitres: 1_000, grams: 400 }],
  edits: [],
  terms: { horizonDays: 3, perSpareUnit: 0 },
  ...over,
});

const planned = (network: Network): readonly Move[] => makePlan(network, solve).moves;

test('goods go where they are missing, each line with its reason and what it saves', () => {
  expect(explain(shop(), planned(shop()))).toEqual([
    {
      ...{ sku: 'MUG', origin: 'A', destination: 'B', trip: null, quantity: 4, days: 1 },
      ...{ why: 'runs_out', fromExcess: true, cost: 700, saving: 1_300 },
    },
    {
      ...{ sku: 'MUG', origin: 'A', destination: 'C', trip: null, quantity: 1, days: 1 },
      ...{ why: 'below_minimum', fromExcess: false, cost: 400, saving: 500 },
    },
  ]);
});

test('a trip that runs anyway takes what it has room for, and a lane the rest where a shipment is worth it', () => {
  const trips = [{ trip: 'T1', stops: ['A', 'B'], legs: [{ millilitres: 3_500, grams: 9_000 }], perUnit: 10, days: 1 }];
  const toB = (perShipment: number) => {
    const lanes = shop().lanes.map((lane) => ({ ...lane, perShipment }));
    return planned(shop({ trips, lanes })).flatMap(({ destination, trip, quantity }) =>
      destination === 'B' ? [`${trip} ${quantity}`] : [],
    );
  };
  // A unit is worth 500 there, and its way 100.
  expect(toB(399)).toEqual(['null 1', 'T1 3']);
  expect(toB(401)).toEqual(['T1 3']);
});

test('what a person fixes or forbids stays so, and the rest is planned around it', () => {
  const fixed = shop({ edits: [{ sku: 'MUG', origin: 'A', destination: 'B', trip: null, quantity: 2 }] });
  expect(planned(fixed).map(({ destination, quantity }) => [destination, quantity])).toEqual([
    ['B', 2],
    ['C', 1],
  ]);
  const forbidden = shop({ edits: [{ sku: 'MUG', origin: 'A', destination: 'B', trip: null, quantity: 0 }] });
  expect(planned(forbidden).map(({ destination }) => destination)).toEqual(['C']);
  expect(flawsOf(fixed, planned(fixed))).toEqual([]);
});

test('who makes a shortage, overfills a lane or a trip, or sends what isn’t there is found out', () => {
  const lanes = shop().lanes.map((lane) => ({ ...lane, capacity: 2 }));
  const move = { sku: 'MUG', origin: 'A', destination: 'B', trip: null, quantity: 9 };
  const codes = (network: Network, moves: readonly Move[]) => flawsOf(network, moves).map(({ code }) => code);
  expect(codes(shop({ lanes }), [move])).toEqual(['makes_shortage', 'lane_overfull']);
  expect(codes(shop(), [{ ...move, quantity: 11 }])).toEqual(['more_than_on_hand', 'makes_shortage']);
  expect(codes(shop(), [{ ...move, quantity: 0.5 }])).toEqual(['not_whole']);
  expect(codes(shop(), [{ ...move, trip: 'T9', quantity: 1 }])).toEqual(['unknown_way']);
  const trips = [{ trip: 'T1', stops: ['A', 'B'], legs: [{ millilitres: 999, grams: 9_000 }], perUnit: 1, days: 5 }];
  expect(codes(shop({ trips, sizes: [] }), [{ ...move, trip: 'T1', quantity: 1 }])).toEqual([
    'too_late',
    'size_unknown',
  ]);
  expect(codes(shop({ trips }), [{ ...move, trip: 'T1', quantity: 1 }])).toEqual(['too_late', 'trip_overfull']);
  const edits = [{ ...move, quantity: 3 }];
  expect(codes(shop({ edits }), [])).toEqual(['edit_ignored']);
  expect(shop().positions.map(balanceOf)[2]).toEqual({ projected: 1, short: 1, spare: 0, excess: 0 });
});
