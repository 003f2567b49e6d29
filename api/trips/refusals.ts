import type { TripRefusalCode } from '../../domain/trip/refusals.ts';
import { attentionWordings, problemsOf, says, type Wording } from '../refused.ts';

const wordings: Record<TripRefusalCode, Wording> = {
  unknown_trip: says(404, 'there is no trip with this number'),
  already_requested: says(409, 'this was planned already'),
  plan_not_drivable: {
    status: 422,
    sentence: (p) =>
      `no vehicle can drive this: ${String(p['fault'] ?? '').replaceAll('_', ' ')} at ${p['subject'] ?? '?'}`,
  },
  plan_outdated: says(409, 'the trip has changed since this was planned; plan again'),
  already_departed: says(409, 'the vehicle has left, so this can no longer be changed'),
  not_under_way: says(409, 'the vehicle is not on its way; say first that it departed'),
  trip_closed: says(409, 'this has come to its end, so nothing is left to be done here'),
  unknown_stop: says(404, 'there is no such stop'),
  stop_missed: says(409, 'this stop was missed, and what was to be collected there goes another way'),
  not_at_stop: {
    status: 409,
    sentence: (p) => `the vehicle was not at ${p['stop'] ?? 'that stop'} yet; say first that it arrived`,
  },
  unknown_load: says(404, 'there is no such load'),
  load_not_planned: says(409, 'this is not to be collected any more, or was collected already'),
  load_not_aboard: says(409, 'this is not aboard'),
  already_collected: says(409, 'the vehicle has this already'),
  already_delivered: says(409, 'this was unloaded already, with another number of units'),
  units_exceed_load: {
    status: 422,
    sentence: (p) => `${p['units'] ?? '?'} unit(s) are more than the ${p['planned'] ?? '?'} of this load`,
  },
  ...attentionWordings,
};

/** The problem that a refusal of a trip becomes, with the refusal's own code. */
export const tripProblem = problemsOf(wordings);
