import type { Candidate } from '../../../domain/trip/insertion.ts';
import type { Load } from '../../../domain/trip/load.ts';
import type { Place } from '../../../domain/trip/place.ts';
import type { Stop, TripPlan } from '../../../domain/trip/plan.ts';
import { defaultTripTerms } from '../../../domain/trip/terms.ts';

/** Minutes after six in the morning of the day of all these trips. */
export const clock = (minutes: number): string =>
  new Date(Date.parse('2026-03-02T06:00:00Z') + minutes * 60_000).toISOString();

/** A point so many kilometres north and east of the depot, or nearly. */
export const point = (north: number, east: number): Place => ({ latitude: 50 + north / 111, longitude: 8 + east / 71 });

export const depot = point(0, 0);

export const aStop = (stop: string, place: Place, given: Partial<Stop> = {}): Stop => ({
  ...{ stop, facility: null, place, opens: clock(0), closes: clock(720), minutes: 10 },
  ...given,
});

export const aLoad = (given: Partial<Load> = {}): Load => ({
  ...{ load: 'L1', kind: 'forward', reference: 'O-1', on: 'T0', off: 'T1', volumeLitres: 400, weightGrams: 100_000 },
  ...{ units: 10, goods: 'sellable' },
  ...given,
});

/** A run that takes goods from the depot DC-1 to store S-1, 20 km north of it, and to S-2, 20 km east of that. */
export const aPlan = (given: Partial<TripPlan> = {}): TripPlan => ({
  stops: [
    aStop('T0', depot, { facility: 'DC-1', minutes: 0 }),
    aStop('T1', point(20, 0), { facility: 'S-1', closes: clock(120) }),
    aStop('T2', point(20, 20), { facility: 'S-2', closes: clock(240) }),
    aStop('T3', depot, { facility: 'DC-1', minutes: 0 }),
  ],
  loads: [aLoad(), aLoad({ load: 'L2', reference: 'O-2', off: 'T2' })],
  capacity: { volumeLitres: 1000, weightGrams: 500_000 },
  terms: defaultTripTerms,
  ...given,
});

export const aCandidate = (given: Partial<Candidate> = {}): Candidate => ({
  ...{ candidate: 'return:R-1/P1', kind: 'return', reference: 'R-1', parcel: 'P1', facility: null },
  ...{ place: point(10, 10), readyFrom: clock(0), until: clock(600), to: 'DC-1' },
  ...{ volumeLitres: 50, weightGrams: 5_000, units: 1, goods: 'returned', carrierPrice: 1_500 },
  ...given,
});
