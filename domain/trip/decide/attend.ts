import { raise } from '../../process/attention.ts';
import type { Instant } from '../../time/duration.ts';
import { unreachable } from '../../unreachable.ts';
import { type TripResolution, tripAttention } from '../attention.ts';
import type { TripCommand, TripEffectOutcome } from '../commands.ts';
import { deadlines, effects, type ReturnNews } from '../due.ts';
import type { TripEvent } from '../events.ts';
import { type Refused, refuse } from '../refusals.ts';
import { hasEnded, type Opened } from '../state.ts';
import { cancel, comeBack, missed, missedStop } from './drive.ts';

type Answer = readonly TripEvent[] | Refused;

/** A person settles what the trip could not go on with. */
export function attend(state: Opened, command: Extract<TripCommand, { type: 'resolve' }>, at: Instant): Answer {
  const { resolution, note } = command;
  const open = Object.hasOwn(state.attention, command.attention) ? state.attention[command.attention] : undefined;
  if (open === undefined) return refuse('unknown_attention', 'attention');
  const allowed: readonly TripResolution[] = tripAttention[open.reason];
  if (!allowed.includes(resolution)) {
    const params = { reason: open.reason, resolution, allowed: allowed.join(', ') };
    return refuse('resolution_not_allowed', 'resolution', params);
  }
  const follows = consequences(state, open, resolution, at);
  if ('refusal' in follows) return follows;
  return [{ type: 'attention_resolved', attention: open.attention, resolution, note }, ...follows];
}

function consequences(
  state: Opened,
  { reason, subject }: Opened['attention'][string],
  resolution: TripResolution,
  at: Instant,
): Answer {
  switch (resolution) {
    case 'acknowledge':
      return reason === 'load_brought_back' ? [{ type: 'load_given_back', load: subject }] : [];
    case 'returned':
      return comeBack(state, at);
    case 'cancel':
      return cancel(state, null);
    case 'missed':
      return missedStop(state, subject);
    case 'carrier':
      return [{ type: 'load_given_back', load: subject }];
    case 'retry':
      return [{ type: 'load_retried', load: subject }];
    default:
      return unreachable(resolution);
  }
}

/** A timer fired. It counts only if the state still has that deadline and its time has come. */
export function deadlinePassed(state: Opened, deadline: string, due: Instant, at: Instant): Answer {
  const still = deadlines(state).find((each) => each.deadline === deadline && each.at === due && due <= at);
  if (still === undefined) return [];
  const overdue: TripEvent = { type: 'overdue', what: deadline };
  switch (deadline) {
    case 'departure':
      return [overdue, ...raise(state, 'departure_late', state.number)];
    case 'return':
      return [overdue, ...raise(state, 'trip_return_late', state.number)];
    case 'missed': {
      const rest = state.status === 'planned' ? cancel(state, null) : missed(state);
      return 'refusal' in rest ? rest : [overdue, ...rest];
    }
    default:
      return [overdue, ...raise(state, 'stop_late', deadline.slice(deadline.indexOf(':') + 1))];
  }
}

/** The process of a load has heard, or another trip was looked for; an answer that comes twice changes nothing. */
export function effectEnded(state: Opened, key: string, outcome: TripEffectOutcome): Answer {
  const effect = effects(state).find((each) => each.key === key);
  if (effect === undefined) return [];
  const { load } = effect;
  if (effect.kind === 'place_again') {
    if (outcome.type === 'placed') return [{ type: 'load_moved', load, trip: outcome.trip }];
    const code = 'code' in outcome ? outcome.code : 'unknown';
    return [{ type: 'load_unplaced', load, code }];
  }
  return heard(state, load, effect.told.step, outcome.type === 'refused' ? outcome.code : null);
}

/** @param code why its process doesn't take it so; null where it does */
function heard(state: Opened, load: string, step: ReturnNews['step'], code: string | null): TripEvent[] {
  if (step === 'failed') return [{ type: 'load_given_back', load }];
  if (code === null) return [{ type: 'load_told', load, step }];
  if (step === 'assigned' && state.loads.some((each) => each.load === load && each.state === 'planned')) {
    return [{ type: 'load_declined', load, code }];
  }
  return [{ type: 'load_told', load, step }, ...raise(state, 'load_disputed', load, code)];
}

/** What no trip takes, and what is where it doesn't belong, waits for a person; a return sees to goods that weren't collected. */
export function askAboutLoads(state: Opened): readonly TripEvent[] {
  for (const { load, state: is, kind, code } of state.loads) {
    const asked = is === 'unplaced' && kind !== 'return' ? raise(state, 'load_unplaced', load, code) : [];
    const misplaced = is === 'brought_back' ? raise(state, 'load_brought_back', load, code) : [];
    if (asked.length + misplaced.length > 0) return [...asked, ...misplaced];
  }
  return [];
}

/** Takes out of the people's queue what has settled itself. */
export function resolveMoot(state: Opened): readonly TripEvent[] {
  return Object.values(state.attention).flatMap((open): TripEvent[] =>
    isMoot(state, open)
      ? [{ type: 'attention_resolved', attention: open.attention, resolution: 'acknowledge', note: null }]
      : [],
  );
}

function isMoot({ status, stops, loads }: Opened, { reason, subject }: Opened['attention'][string]): boolean {
  switch (reason) {
    case 'departure_late':
      return status !== 'planned';
    case 'stop_late':
      return status !== 'under_way' || stops.find(({ stop }) => stop === subject)?.state !== 'planned';
    case 'trip_return_late':
      return status !== 'under_way';
    case 'load_unplaced':
      return loads.find(({ load }) => load === subject)?.state !== 'unplaced';
    case 'load_brought_back':
      return loads.find(({ load }) => load === subject)?.state !== 'brought_back';
    case 'load_collected_short':
    case 'load_delivered_short':
    case 'load_disputed':
      return false;
    default:
      return unreachable(reason);
  }
}

/** Closes once nothing is driven any more, every load has its end, and all who must know do. */
export function close(state: Opened): readonly TripEvent[] {
  if (state.status !== 'returned' && state.status !== 'cancelled') return [];
  const isDone =
    state.loads.every(hasEnded) && effects(state).length === 0 && Object.keys(state.attention).length === 0;
  return isDone ? [{ type: 'closed', outcome: state.status === 'cancelled' ? 'cancelled' : 'completed' }] : [];
}
