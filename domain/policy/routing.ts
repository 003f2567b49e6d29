import type { RuleConditions } from './policy.ts';
import { isMet, type SaleConditions } from './rules-for.ts';

/** Which facility gets what; see `routeReturn`. */
export type RoutingPolicy = {
  /** The first that a return meets and that leads somewhere wins. */
  readonly routes: readonly Route[];
  /** Countries that are near each other, the nearest zone of a country first, each zone's countries in order. */
  readonly zones: readonly { readonly zone: string; readonly countries: readonly string[] }[];
};

export type Route = { readonly route: string; readonly when: RuleConditions; readonly to: RouteTarget };

/** One facility, or the nearest of those that can do something, or of all. */
export type RouteTarget =
  | { readonly to: 'facility'; readonly facility: string }
  | { readonly to: 'capability'; readonly capability: string }
  | { readonly to: 'nearest' };

export type FacilityFacts = {
  readonly facility: string;
  readonly country: string;
  /** The merchant's own codes: `hazardous`, `refurbishing`. */
  readonly capabilities: readonly string[];
};

/** Where a return goes and why: by a route, or as there was none that led anywhere (`base`). */
export type Routing = {
  readonly facility: string;
  readonly route: string;
  readonly because: 'named' | 'same_country' | 'same_zone' | 'only_elsewhere';
};

/**
 * The facility that receives a return. A route by categories takes the whole return as soon as one of its goods is of
 * them: goods of one return travel together, and what needs a special place needs it most. Null where there is no facility.
 */
export function routeReturn(
  routing: RoutingPolicy | undefined,
  sale: SaleConditions,
  categories: readonly string[],
  facilities: readonly FacilityFacts[],
): Routing | null {
  const { routes = [], zones = [] } = routing ?? {};
  for (const { route, when, to } of routes) {
    if (!isMet(when, sale) || !isAboutAny(when, categories)) continue;
    const found = follow(to, sale.country, zones, facilities);
    if (found !== null) return { ...found, route };
  }
  const found = nearest(facilities, sale.country, zones);
  return found === null ? null : { ...found, route: 'base' };
}

type Found = Omit<Routing, 'route'>;
type Zones = RoutingPolicy['zones'];

function follow(
  target: RouteTarget,
  country: string,
  zones: Zones,
  facilities: readonly FacilityFacts[],
): Found | null {
  switch (target.to) {
    case 'facility': {
      const isThere = facilities.some(({ facility }) => facility === target.facility);
      return isThere ? { facility: target.facility, because: 'named' } : null;
    }
    case 'capability': {
      const able = facilities.filter(({ capabilities }) => capabilities.includes(target.capability));
      return nearest(able, country, zones);
    }
    case 'nearest':
      return nearest(facilities, country, zones);
  }
}

/** In the same country, else in the first zone that holds the country, else anywhere; of several the first by name. */
function nearest(facilities: readonly FacilityFacts[], country: string, zones: Zones): Found | null {
  const sorted = facilities.toSorted((one, other) => (one.facility < other.facility ? -1 : 1));
  const inCountry = (wanted: string) => sorted.find((each) => each.country === wanted)?.facility;
  const here = inCountry(country);
  if (here !== undefined) return { facility: here, because: 'same_country' };
  const near = zones
    .filter(({ countries }) => countries.includes(country))
    .flatMap(({ countries }) => countries)
    .map(inCountry)
    .find((facility) => facility !== undefined);
  if (near !== undefined) return { facility: near, because: 'same_zone' };
  const [any] = sorted;
  return any === undefined ? null : { facility: any.facility, because: 'only_elsewhere' };
}

const isAboutAny = ({ categories }: RuleConditions, goods: readonly string[]): boolean =>
  categories === undefined || goods.some((category) => categories.includes(category));
