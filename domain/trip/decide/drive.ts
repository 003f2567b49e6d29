import { raise } from '../../process/attention.ts';
import type { TripCommand } from '../commands.ts';
import type { NotTried, TripEvent } from '../events.ts';
import { type Refused, refuse } from '../refusals.ts';
import type { Opened, TripLoad, TripStop } from '../state.ts';

type Answer = readonly TripEvent[] | Refused;
type Command<T extends TripCommand['type']> = Extract<TripCommand, { type: T }>;

/** The vehicle leaves, with all that goes out. */
export function depart(state: Opened, at: string): Answer {
  if (state.status === 'under_way') return [];
  return state.status === 'planned' ? [{ type: 'departed', at }] : refuse('trip_closed');
}

/** It is at a stop; those before it that it wasn't at, it has missed. */
export function arrive(state: Opened, { stop: id, at }: Command<'arrive'>): Answer {
  if (state.status !== 'under_way') return refuse('not_under_way');
  const index = state.stops.findIndex(({ stop, state: is }) => stop === id && is !== 'dropped');
  const stop = state.stops[index];
  if (stop === undefined) return refuse('unknown_stop', 'stop');
  if (stop.state === 'missed') return refuse('stop_missed', 'stop');
  if (stop.state === 'visited') return [];
  return [...leave(state, state.stops.slice(0, index)), { type: 'arrived', stop: id, at }];
}

/** What was planned at stops that the vehicle has left, or never was at, and not collected there. */
function leave(state: Opened, stops: readonly TripStop[]): TripEvent[] {
  const missed = stops.filter((stop) => stop.state === 'planned');
  return [
    ...missed.map(({ stop }): TripEvent => ({ type: 'stop_missed', stop })),
    ...stops.flatMap((stop) => notCollected(state, stop, stop.state === 'visited' ? 'not_collected' : 'stop_missed')),
  ];
}

const notCollected = ({ loads }: Opened, { stop }: TripStop, code: NotTried): TripEvent[] =>
  loads.filter((load) => load.on === stop && load.state === 'planned').map(({ load }) => failed(load, code));

const failed = (load: string, code: NotTried): TripEvent => ({ type: 'load_failed', load, code });

/** Stops that nobody has reported, and the vehicle should be back: what was to be collected there goes another way. */
export const missed = (state: Opened): TripEvent[] =>
  leave(
    state,
    state.stops.slice(0, -1).filter((stop) => stop.state !== 'dropped'),
  );

/** A stop that the vehicle won't come to, though it is on its way. */
export const missedStop = (state: Opened, id: string): TripEvent[] =>
  leave(
    state,
    state.stops.filter(({ stop, state: is }) => stop === id && is === 'planned'),
  );

/** Some or all of a load comes on. A return hears how much; of anything else a person does, where it isn't all. */
export function collect(state: Opened, { load: id, units, at }: Command<'collect'>): Answer {
  const found = loadAt(state, id, 'on');
  if ('refusal' in found) return found;
  if (found.state === 'aboard' && found.collected === units) return [];
  if (found.state !== 'planned') return refuse('load_not_planned', 'load');
  if (units > found.units) return refuse('units_exceed_load', 'units', { units, planned: found.units });
  const isKnown = found.kind === 'return' || units === found.units;
  const short = isKnown ? [] : raise(state, 'load_collected_short', id, `${units}/${found.units}`);
  return [{ type: 'load_collected', load: id, units, at }, ...short];
}

/** A load isn't there to be collected. */
export function fail(state: Opened, { load: id, code }: Command<'fail'>): Answer {
  const found = loadAt(state, id, 'on');
  if ('refusal' in found) return found;
  return found.state === 'planned' ? [{ type: 'load_failed', load: id, code }] : refuse('load_not_planned', 'load');
}

/** The driver doesn't take a load, or whoever is to get it doesn't. */
export function refuseLoad(state: Opened, { load: id, code }: Command<'refuse'>): Answer {
  const isAboard = state.loads.some(({ load, state: is }) => load === id && is === 'aboard');
  const found = loadAt(state, id, isAboard ? 'off' : 'on');
  if ('refusal' in found) return found;
  if (found.state !== 'planned' && found.state !== 'aboard') return refuse('load_not_planned', 'load');
  return [{ type: 'load_refused', load: id, code }];
}

/** A load goes off where it was to go; a person hears of units that came aboard and don't. */
export function deliver(state: Opened, { load: id, units, at }: Command<'deliver'>): Answer {
  const found = loadAt(state, id, 'off');
  if ('refusal' in found) return found;
  if (found.state === 'delivered') return found.delivered === units ? [] : refuse('already_delivered', 'load');
  if (found.state !== 'aboard') return refuse('load_not_aboard', 'load');
  const collected = found.collected ?? found.units;
  if (units > collected) return refuse('units_exceed_load', 'units', { units, planned: collected });
  const short = units === collected ? [] : raise(state, 'load_delivered_short', id, `${units}/${collected}`);
  return [{ type: 'load_delivered', load: id, units, at }, ...short];
}

/** A load whose stop the vehicle is at, or was. */
function loadAt(state: Opened, id: string, where: 'on' | 'off'): TripLoad | Refused {
  if (state.status !== 'under_way') return refuse('not_under_way');
  const found = state.loads.find(({ load }) => load === id);
  if (found === undefined) return refuse('unknown_load', 'load');
  const stop = state.stops.find((each) => each.stop === found[where]);
  return stop?.state === 'visited' ? found : refuse('not_at_stop', 'load', { stop: found[where] });
}

/** It is at the depot again, with all that was to come there, and what could be left nowhere else. */
export function comeBack(state: Opened, at: string): Answer {
  if (state.status === 'returned') return [];
  if (state.status !== 'under_way') return refuse('not_under_way');
  const last = state.stops.at(-1)?.stop;
  const aboard = state.loads.filter((load) => load.state === 'aboard');
  return [
    ...missed(state),
    { type: 'came_back', at },
    ...aboard.map(
      ({ load, off, units, collected }): TripEvent =>
        off === last
          ? { type: 'load_delivered', load, units: collected ?? units, at }
          : { type: 'load_brought_back', load },
    ),
  ];
}

/** Called off before it left: what it was to collect goes another way. */
export function cancel(state: Opened, note: string | null): Answer {
  if (state.status === 'under_way' || state.status === 'returned') return refuse('already_departed');
  if (state.status !== 'planned') return refuse('trip_closed');
  const left = state.loads.filter((load) => load.state === 'planned');
  return [
    { type: 'cancelled', note },
    ...left.map(
      ({ load, rider }): TripEvent =>
        rider === undefined ? { type: 'load_withdrawn', load } : failed(load, 'trip_cancelled'),
    ),
  ];
}
