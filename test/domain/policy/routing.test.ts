import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type FacilityFacts, type Route, routeReturn } from '../../../domain/policy/routing.ts';

const sale = { channel: 'web', country: 'DE', buyerGroup: null };
const at = (facility: string, country: string, ...capabilities: string[]): FacilityFacts => ({
  facility,
  country,
  capabilities,
});
const facilities = [at('US-1', 'US', 'hazardous'), at('NL-1', 'NL', 'hazardous'), at('DE-2', 'DE'), at('DE-1', 'DE')];
const zones = [
  { zone: 'benelux', countries: ['NL', 'BE', 'LU'] },
  { zone: 'europe', countries: ['AT', 'DE', 'NL', 'BE', 'FR'] },
];
const routed = (routes: Route[], country = 'DE', categories = ['kitchen'], among = facilities) =>
  routeReturn({ routes, zones }, { ...sale, country }, categories, among);

describe('without a route', () => {
  test('a return goes to the nearest: its country, else its first zone with a facility, else anywhere', () => {
    expect(routed([])).toEqual({ facility: 'DE-1', route: 'base', because: 'same_country' });
    expect(routed([], 'BE')).toEqual({ facility: 'NL-1', route: 'base', because: 'same_zone' });
    expect(routed([], 'FR')).toEqual({ facility: 'DE-1', route: 'base', because: 'same_zone' });
    expect(routed([], 'JP')).toEqual({ facility: 'DE-1', route: 'base', because: 'only_elsewhere' });
    expect(routeReturn(undefined, sale, [], facilities)?.facility).toBe('DE-1');
    expect(routed([], 'DE', [], [])).toBeNull();
  });
});

describe('a route', () => {
  const phones: Route = {
    route: 'phones',
    when: { categories: ['phones'] },
    to: { to: 'facility', facility: 'US-1' },
  };
  const dangerous: Route = {
    route: 'dangerous',
    when: { categories: ['paint', 'phones'] },
    to: { to: 'capability', capability: 'hazardous' },
  };

  test('takes the whole return as soon as one of its goods is of its categories', () => {
    expect(routed([phones])?.facility).toBe('DE-1');
    expect(routed([phones], 'DE', ['kitchen', 'phones'])).toEqual({
      facility: 'US-1',
      route: 'phones',
      because: 'named',
    });
  });

  test('by capability leads to the nearest that has it', () => {
    expect(routed([dangerous], 'DE', ['paint'])).toEqual({
      facility: 'NL-1',
      route: 'dangerous',
      because: 'same_zone',
    });
    expect(routed([dangerous], 'US', ['paint'])).toMatchObject({ facility: 'US-1', because: 'same_country' });
  });

  test('counts in its order, and is passed over where it leads nowhere', () => {
    expect(routed([phones, dangerous], 'DE', ['phones'])?.route).toBe('phones');
    expect(routed([phones, dangerous], 'DE', ['phones'], facilities.slice(1))?.route).toBe('dangerous');
    expect(routed([phones, dangerous], 'DE', ['phones'], facilities.slice(2))).toMatchObject({
      facility: 'DE-1',
      route: 'base',
    });
    const toStore: Route = { route: 'store', when: { channels: ['store'] }, to: { to: 'nearest' } };
    expect(routed([toStore])?.route).toBe('base');
  });
});

test('wherever there is a facility every return finds one, and the order in which they are listed is all one', () => {
  const route = fc.record({
    route: fc.constantFrom('r1', 'r2'),
    when: fc.constantFrom<Route['when']>({}, { categories: ['paint'] }, { countries: ['DE'] }),
    to: fc.constantFrom<Route['to']>(
      { to: 'facility', facility: 'NL-1' },
      { to: 'facility', facility: 'gone' },
      { to: 'capability', capability: 'hazardous' },
      { to: 'nearest' },
    ),
  });
  const country = fc.constantFrom('DE', 'BE', 'JP', 'US');
  fc.assert(
    fc.property(fc.array(route), country, fc.subarray(facilities, { minLength: 1 }), (routes, to, among) => {
      const found = routed(routes, to, ['paint'], among);
      expect(among.map(({ facility }) => facility)).toContain(found?.facility);
      expect(routed(routes, to, ['paint'], among.toReversed())).toEqual(found);
    }),
  );
});
