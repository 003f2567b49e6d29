import { evolveAttention } from '../process/attention.ts';
import { evolving } from '../process/beginning.ts';
import type { Instant } from '../time/duration.ts';
import { unreachable } from '../unreachable.ts';
import type { TripEvent } from './events.ts';
import type { Load } from './load.ts';
import type { Stop } from './plan.ts';
import { type Opened, opened, type TripLoad, type TripState, type TripStop } from './state.ts';

export const { fold } = evolving<TripState, Opened, TripEvent, 'requested'>({
  first: 'requested',
  opened,
  open: ({ event, at }) => open(event, at),
  next: (state, { event, at }) => evolveOpened(state, event, at),
});

const open = ({ number, request }: Extract<TripEvent, { type: 'requested' }>, at: Instant): Opened => ({
  ...request,
  number,
  status: 'planned',
  stops: request.stops.map(newStop),
  loads: request.loads.map(newLoad),
  departedAt: null,
  returnedAt: null,
  overdue: [],
  outcome: null,
  attention: {},
  attentionRaised: 0,
  openedAt: at,
  closedAt: null,
});

const newStop = (stop: Stop): TripStop => ({ ...stop, state: 'planned', arrivedAt: null });
const newLoad = (load: Load): TripLoad => ({
  ...load,
  state: 'planned',
  collected: null,
  collectedAt: null,
  delivered: null,
  deliveredAt: null,
  code: null,
  told: null,
  tries: 0,
});

function evolveOpened(state: Opened, event: Exclude<TripEvent, { type: 'requested' }>, at: Instant): Opened {
  switch (event.type) {
    case 'riders_assigned': {
      const { riders } = event;
      const more = riders.map(({ load, candidate, cost }) => ({ ...newLoad(load), rider: { candidate, cost } }));
      return { ...state, loads: [...state.loads, ...more], stops: reordered(state.stops, event.stops) };
    }
    case 'load_declined':
      return unused(changeLoad(state, event.load, { state: 'withdrawn', code: event.code }));
    case 'load_withdrawn':
      return unused(changeLoad(state, event.load, { state: 'withdrawn' }));
    case 'departed':
      return depart(state, event.at);
    case 'arrived':
      return changeStop(state, event.stop, { state: 'visited', arrivedAt: event.at });
    case 'stop_missed':
      return changeStop(state, event.stop, { state: 'missed' });
    case 'load_collected':
      return changeLoad(state, event.load, { state: 'aboard', collected: event.units, collectedAt: event.at });
    case 'load_failed':
      return lookElsewhere(state, event.load, { code: event.code });
    case 'load_refused': {
      const isAboard = state.loads.find(({ load }) => load === event.load)?.state === 'aboard';
      return changeLoad(state, event.load, { code: event.code, ...(isAboard ? {} : { state: 'unplaced' }) });
    }
    case 'load_delivered':
      return changeLoad(state, event.load, { state: 'delivered', deliveredAt: event.at, delivered: event.units });
    case 'load_brought_back':
      return changeLoad(state, event.load, { state: 'brought_back' });
    case 'load_told':
      return changeLoad(state, event.load, { told: event.step });
    case 'load_moved':
      return changeLoad(state, event.load, { state: 'moved', code: event.trip });
    case 'load_unplaced':
      return changeLoad(state, event.load, { state: 'unplaced' });
    case 'load_retried': {
      const tries = (state.loads.find(({ load }) => load === event.load)?.tries ?? 0) + 1;
      return lookElsewhere(state, event.load, { tries });
    }
    case 'load_given_back':
      return changeLoad(state, event.load, { state: 'given_back' });
    case 'came_back': {
      const last = state.stops.at(-1)?.stop ?? '';
      const back = changeStop(state, last, { state: 'visited', arrivedAt: event.at });
      return { ...back, status: 'returned', returnedAt: event.at };
    }
    case 'overdue':
      return { ...state, overdue: [...state.overdue, event.what] };
    case 'cancelled':
      return { ...state, status: 'cancelled' };
    case 'attention_raised':
    case 'attention_resolved':
      return evolveAttention(state, event, at);
    case 'closed':
      return { ...state, status: 'closed', outcome: event.outcome, closedAt: at };
    default:
      return unreachable(event);
  }
}

/** The stops in their new order; what was dropped stays known by its number, before the last. */
function reordered(stops: readonly TripStop[], order: readonly Stop[]): readonly TripStop[] {
  const known = order.map((stop) => stops.find((each) => each.stop === stop.stop) ?? newStop(stop));
  const gone = stops.filter(({ stop }) => order.every((each) => each.stop !== stop));
  return known.toSpliced(-1, 0, ...gone);
}

/** What goes out from the depot is aboard when the vehicle leaves. */
function depart(state: Opened, at: Instant): Opened {
  const first = state.stops[0]?.stop ?? '';
  const loads = state.loads.map(
    (load): TripLoad =>
      load.rider === undefined && load.on === first && load.state === 'planned'
        ? { ...load, state: 'aboard', collected: load.units, collectedAt: at }
        : load,
  );
  return {
    ...changeStop(state, first, { state: 'visited', arrivedAt: at }),
    loads,
    status: 'under_way',
    departedAt: at,
  };
}

/** For what goes out no other trip is looked for: it isn't known what may take it. */
function lookElsewhere(state: Opened, id: string, change: Partial<TripLoad>): Opened {
  const isRider = state.loads.find(({ load }) => load === id)?.rider !== undefined;
  return changeLoad(state, id, { ...change, state: isRider ? 'failed' : 'unplaced' });
}

/** A stop that was added for pickups alone is driven to no more once none is left there. */
function unused(state: Opened): Opened {
  const isUsed = ({ stop }: TripStop) =>
    state.loads.some(({ on, off, state: is }) => is !== 'withdrawn' && (on === stop || off === stop));
  const stops = state.stops.map(
    (stop): TripStop =>
      stop.added === true && stop.state === 'planned' && !isUsed(stop) ? { ...stop, state: 'dropped' } : stop,
  );
  return { ...state, stops };
}

const changeLoad = (state: Opened, id: string, change: Partial<TripLoad>): Opened => ({
  ...state,
  loads: state.loads.map((load) => (load.load === id ? { ...load, ...change } : load)),
});

const changeStop = (state: Opened, id: string, change: Partial<TripStop>): Opened => ({
  ...state,
  stops: state.stops.map((stop) => (stop.stop === id ? { ...stop, ...change } : stop)),
});
