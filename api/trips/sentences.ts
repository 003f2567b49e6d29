import type { TripReason } from '../../domain/trip/attention.ts';
import type { TripEvent } from '../../domain/trip/events.ts';
import { unreachable } from '../../domain/unreachable.ts';
import { attentionSentence } from '../attention/sentence.ts';
import { minuteOf, words } from '../plain-words.ts';

/** What waits for a person in a trip, and why. */
export const tripSentences: Record<TripReason, string> = {
  departure_late: 'The vehicle should have left by now: wait, or cancel the trip, so that its pickups go another way.',
  stop_late: 'The vehicle should be at this stop by now: wait, or say that it misses it.',
  trip_return_late: 'The vehicle should be back by now: say that it is, once it is.',
  load_unplaced:
    'This was not collected, and no other trip passes: give it to a carrier and say so, or look for a trip again.',
  load_brought_back: 'This could not be left where it was to go and is at the depot: see to it.',
  load_collected_short: 'The driver has fewer units of this than were to be collected: see what becomes of the rest.',
  load_delivered_short: 'Fewer units of this were unloaded than came aboard: find the rest.',
  load_disputed: 'The process of this load does not take what the driver says: look at both.',
};

/** What happened, as a person reads it. */
export function tripSentence(event: TripEvent): string {
  switch (event.type) {
    case 'requested':
      return `Planned from ${event.request.depot} with ${event.request.stops.length - 2} stop(s) and ${event.request.loads.length} load(s).`;
    case 'riders_assigned':
      return `Collects ${event.riders.map(({ load, candidate }) => `${candidate.reference} (${load.load} at ${load.on})`).join(', ')} besides.`;
    case 'load_declined':
      return `Load ${event.load} is not given to this trip (${words(event.code)}).`;
    case 'load_withdrawn':
      return `Load ${event.load} is not to be carried any more.`;
    case 'departed':
      return `Departed at ${minuteOf(event.at)}.`;
    case 'arrived':
      return `At stop ${event.stop}, ${minuteOf(event.at)}.`;
    case 'stop_missed':
      return `Stop ${event.stop} was missed.`;
    case 'load_collected':
      return `Load ${event.load}: ${event.units} unit(s) collected.`;
    case 'load_failed':
      return `Load ${event.load} was not collected (${words(event.code)}); another trip is looked for.`;
    case 'load_refused':
      return `Load ${event.load} was refused (${words(event.code)}).`;
    case 'load_delivered':
      return `Load ${event.load}: ${event.units} unit(s) unloaded.`;
    case 'load_brought_back':
      return `Load ${event.load} was brought back to the depot.`;
    case 'load_told':
      return `The process of load ${event.load} knows that it is ${event.step}.`;
    case 'load_moved':
      return `Trip ${event.trip} collects load ${event.load} instead.`;
    case 'load_unplaced':
      return `No trip takes load ${event.load} (${words(event.code)}).`;
    case 'load_retried':
      return `Another trip is looked for again for load ${event.load}.`;
    case 'load_given_back':
      return `Load ${event.load} goes another way.`;
    case 'came_back':
      return `Back at the depot, ${minuteOf(event.at)}.`;
    case 'overdue':
      return `Late: ${event.what}.`;
    case 'cancelled':
      return 'Cancelled.';
    case 'closed':
      return `Closed: ${event.outcome}.`;
    case 'attention_raised':
    case 'attention_resolved':
      return attentionSentence(event, tripSentences);
    default:
      return unreachable(event);
  }
}
