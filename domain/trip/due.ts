import { type Deadline, earliestFirst } from '../process/kind.ts';
import { after, type Instant } from '../time/duration.ts';
import { type LoadStep, loadSteps } from './events.ts';
import type { Candidate } from './insertion.ts';
import { visits } from './plan.ts';
import { departsAt, type Opened, planOf, returnsAt, type TripLoad, type TripState } from './state.ts';

/** What a trip says to the process of a load, and where it looks for another trip. */
export type TripEffect = { readonly id: string; readonly key: string; readonly load: string } & (
  | { readonly kind: 'tell_return'; readonly rma: string; readonly told: ReturnNews }
  | { readonly kind: 'tell_transfer'; readonly transfer: string; readonly told: TransferNews }
  | { readonly kind: 'place_again'; readonly candidate: Candidate }
);

/** What a return hears of its goods. */
export type ReturnNews =
  | { readonly step: 'assigned'; readonly parcel: string; readonly windowStart: Instant; readonly windowEnd: Instant }
  | { readonly step: 'collected'; readonly units: number; readonly of: number; readonly at: Instant }
  | { readonly step: 'delivered'; readonly at: Instant }
  | { readonly step: 'failed'; readonly at: Instant };

/** What a transfer hears: that its goods have left, and how many. What comes of them is the facility's own to say. */
export type TransferNews = { readonly step: 'collected'; readonly units: number };

/** What is due now, an effect a load. */
export const effects = (state: TripState): readonly TripEffect[] =>
  state.status === 'initial' ? [] : state.loads.flatMap(effectOf);

function effectOf(load: TripLoad): TripEffect[] {
  const { rider, reference: rma, tries } = load;
  if (rider === undefined) return [];
  const named = (key: string) => ({ key, id: `${key}#${tries}`, load: load.load });
  if (load.state === 'failed') {
    return [{ ...named(`place_again:${load.load}`), kind: 'place_again', candidate: rider.candidate }];
  }
  if (load.kind === 'transfer') {
    if (load.collected === null || load.told !== null) return [];
    const told = { step: 'collected', units: load.collected } as const;
    return [{ ...named(`collected:${load.load}`), kind: 'tell_transfer', transfer: load.reference, told }];
  }
  const told = load.kind === 'return' ? newsOf(load, rider.candidate) : null;
  return told === null ? [] : [{ ...named(`${told.step}:${load.load}`), kind: 'tell_return', rma, told }];
}

/** The next thing that a return is to hear; null while it knows all. */
function newsOf(load: TripLoad, { parcel = 'P1', readyFrom, until }: Candidate): ReturnNews | null {
  if (load.state === 'unplaced') return { step: 'failed', at: until };
  const step = nextStep(load);
  switch (step) {
    case null:
      return null;
    case 'assigned':
      return { step, parcel, windowStart: readyFrom, windowEnd: until };
    case 'collected':
      return { step, units: load.collected ?? 0, of: load.units, at: load.collectedAt ?? until };
    case 'delivered':
      return { step, at: load.deliveredAt ?? until };
  }
}

function nextStep({ state, told, collectedAt }: TripLoad): LoadStep | null {
  const next = loadSteps[told === null ? 0 : loadSteps.indexOf(told) + 1];
  const last = lastStep[state] ?? (state === 'given_back' && collectedAt !== null ? 'collected' : undefined);
  if (next === undefined || last === undefined) return null;
  return loadSteps.indexOf(next) <= loadSteps.indexOf(last) ? next : null;
}

/** How far a return hears of a load in each state. */
const lastStep: Partial<Readonly<Record<TripLoad['state'], LoadStep>>> = {
  planned: 'assigned',
  aboard: 'collected',
  brought_back: 'collected',
  delivered: 'delivered',
};

/** All that it waits for by the clock, the earliest first: what is late is told once. */
export function deadlines(state: TripState): readonly Deadline[] {
  if (state.status !== 'planned' && state.status !== 'under_way') return [];
  const { lateAfter, missedAfter } = state.terms;
  const all: Deadline[] = [
    ...(state.status === 'planned'
      ? [{ deadline: 'departure', at: after(departsAt(state), lateAfter) }]
      : [...nextStop(state), { deadline: 'return', at: after(returnsAt(state), lateAfter) }]),
    { deadline: 'missed', at: after(returnsAt(state), missedAfter) },
  ];
  return all.filter(({ deadline }) => !state.overdue.includes(deadline)).sort(earliestFirst);
}

function nextStop(state: Opened): Deadline[] {
  const next = state.stops.slice(0, -1).find((stop) => stop.state === 'planned');
  const visit = next === undefined ? undefined : visits(planOf(state)).find(({ stop }) => stop === next.stop);
  if (visit === undefined) return [];
  return [{ deadline: `stop:${visit.stop}`, at: after(visit.begins, state.terms.lateAfter) }];
}
