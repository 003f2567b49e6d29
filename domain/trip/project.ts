import type { NetworkProjection } from '../network/projection.ts';
import { attentionRows } from '../process/attention-rows.ts';
import { deadlines } from './due.ts';
import type { Recorded } from './events.ts';
import { visits } from './plan.ts';
import type { TripLoadRow, TripRow, TripStopRow } from './projection.ts';
import { departsAt, type Opened, opened, planOf, returnsAt, type TripLoad, type TripState } from './state.ts';

/** The rows that changed from one state to another; what stayed the same object is left out. */
export function project(before: TripState, after: Opened, recorded: readonly Recorded[]): NetworkProjection {
  const was = opened(before);
  return {
    network: {
      number: after.number,
      kind: 'trip',
      status: after.status,
      facility: after.depot,
      openedAt: after.openedAt,
      closedAt: after.closedAt,
      nextDeadline: deadlines(after)[0]?.at ?? null,
      outcome: after.outcome,
    },
    trip: {
      trip: tripRow(after),
      stops: was?.stops === after.stops ? [] : stopRows(after),
      loads: after.loads.filter((load) => was === null || !was.loads.includes(load)).map(loadRow),
    },
    attention: attentionRows(recorded),
  };
}

const tripRow = (state: Opened): TripRow => ({
  depot: state.depot,
  vehicle: state.vehicle,
  currency: state.currency,
  departsAt: departsAt(state),
  returnsAt: returnsAt(state),
  ...state.capacity,
  terms: state.terms,
  departedAt: state.departedAt,
  returnedAt: state.returnedAt,
});

function stopRows(state: Opened): readonly TripStopRow[] {
  const times = visits(planOf(state));
  return state.stops.map((stop, position) => ({
    stop: stop.stop,
    position,
    facility: stop.facility,
    ...stop.place,
    opens: stop.opens,
    closes: stop.closes,
    minutes: stop.minutes,
    added: stop.added === true,
    plannedAt: times.find((visit) => visit.stop === stop.stop)?.begins ?? null,
    arrivedAt: stop.arrivedAt,
    state: stop.state,
  }));
}

const loadRow = ({ rider, on, off, ...load }: TripLoad): TripLoadRow => ({
  load: load.load,
  kind: load.kind,
  reference: load.reference,
  candidate: rider?.candidate.candidate ?? null,
  onStop: on,
  offStop: off,
  volumeLitres: load.volumeLitres,
  weightGrams: load.weightGrams,
  units: load.units,
  goods: load.goods,
  state: load.state,
  collected: load.collected,
  delivered: load.delivered,
  code: load.code,
  carrierPrice: rider?.candidate.carrierPrice ?? null,
  cost: rider?.cost ?? null,
});
