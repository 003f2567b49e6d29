import {
  type Fleet,
  type Offer,
  offerOf,
  type Problem,
  riding,
  savingOf,
  taken,
  tripOf,
  type WhyLeft,
  without,
} from './fleet.ts';
import type { Candidate } from './insertion.ts';

/** Exchanges that are tried at most, so that a large plan is ready in time. */
const mostExchanges = 5_000;

/** Greedy: what saves most rides first. A trip is asked anew for its offers only once it has taken one. */
export function fill(problem: Problem, start: Fleet): Fleet {
  const offers = new Map<string, Offer | WhyLeft>();
  let fleet = start;
  for (;;) {
    const open = [...problem.candidates.values()].filter(({ candidate }) => tripOf(fleet, candidate) === null);
    const best = bestOf(open);
    if (best === null) return fleet;
    const { trip, candidate } = best;
    const still = offerOf(problem, fleet, trip, candidate);
    if (typeof still === 'string') {
      // Another trip has used up what the facility can take in.
      offers.set(keyOf(trip, candidate), still);
      continue;
    }
    fleet = taken(fleet, still);
    for (const each of open) offers.delete(keyOf(trip, each));
  }

  function bestOf(open: readonly Candidate[]): Offer | null {
    let best: Offer | null = null;
    for (const candidate of open) {
      for (const trip of fleet.keys()) {
        const key = keyOf(trip, candidate);
        const offer = offers.get(key) ?? offerOf(problem, fleet, trip, candidate);
        offers.set(key, offer);
        if (typeof offer !== 'string' && offer.saving > (best?.saving ?? 0)) best = offer;
      }
    }
    return best;
  }
}

const keyOf = (trip: string, { candidate }: Candidate): string => `${trip} ${candidate}`;

/** Moves and exchanges, until none of them saves more. */
export function improve(problem: Problem, start: Fleet): Fleet {
  let fleet = start;
  let triesLeft = mostExchanges;
  for (;;) {
    const better = moved(problem, fleet) ?? exchanged();
    if (better === null) return fleet;
    fleet = fill(problem, better);
  }

  /** One that was left takes the place of one that rides, which rides elsewhere then if it can. */
  function exchanged(): Fleet | null {
    const before = savingOf(problem, fleet);
    for (const out of riding(fleet)) {
      const freed = without(fleet, out);
      for (const candidate of problem.candidates.keys()) {
        if (tripOf(fleet, candidate) !== null) continue;
        triesLeft -= 1;
        if (triesLeft < 0) return null;
        const next = fill(only(problem, out), fill(only(problem, candidate), freed));
        if (savingOf(problem, next) > before) return next;
      }
    }
    return null;
  }
}

/** The first candidate that saves more elsewhere, there. */
function moved(problem: Problem, fleet: Fleet): Fleet | null {
  const before = savingOf(problem, fleet);
  for (const candidate of riding(fleet)) {
    const next = fill(only(problem, candidate), without(fleet, candidate));
    if (savingOf(problem, next) > before) return next;
  }
  return null;
}

function only(problem: Problem, id: string): Problem {
  const candidate = problem.candidates.get(id);
  return { ...problem, candidates: new Map(candidate === undefined ? [] : [[id, candidate]]) };
}
