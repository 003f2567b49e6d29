import { hasLabels } from '../../policy/policy.ts';
import { rulesFor } from '../../policy/rules-for.ts';
import type { Instant } from '../../time/duration.ts';
import type { ReturnCommand } from '../commands.ts';
import type { ReturnEvent } from '../events.ts';
import { fold } from '../fold.ts';
import { awaitsHandover, isUsable, outstanding } from '../parcel.ts';
import { type Answer, type Refused, refuse } from '../refuse.ts';
import type { Opened } from '../state.ts';
import { requote } from './authorize.ts';
import { parcelFor } from './collect.ts';

/** More labels than this for one return are a mistake, or somebody's free postage. */
const mostParcels = 20;

/**
 * Changes how what is outstanding comes back, as long as no parcel with it is under way: what was bought for the old way is
 * given back, and a parcel expected for the new one. The new way must be offered for all of these goods.
 */
export function changeMethod(
  state: Opened,
  { method, note }: Extract<ReturnCommand, { type: 'change_method' }>,
  at: Instant,
): Answer {
  if (state.outbound !== undefined) return refuse('comes_back_as_sent');
  const barred = barsChange(state);
  if (barred !== null) return barred;
  const old = Object.values(state.parcels).filter(isUsable);
  // A pickup that was given up goes on as a drop-off, so the return may be asked to try pickups again.
  if (state.method === method && old.every((parcel) => parcel.method === method)) {
    return refuse('method_unchanged', 'method', { method });
  }
  if (method === 'along') return refuse('method_not_offered', 'method', { method, line: 'L1' });
  const without = Object.values(state.lines).find(
    ({ outstanding: comes, sold }) => comes > 0 && !rulesFor(state.policy, sold.category).methods.includes(method),
  );
  if (without !== undefined) return refuse('method_not_offered', 'method', { method, line: without.line });
  return anotherWay(state, { type: 'method_changed', method, note }, at);
}

/**
 * Changes where the goods go, as long as none has come and no parcel with them is under way: labels for the old place are
 * given back and new ones bought. Goods that have come are moved as stock, not as a return.
 */
export function changeFacility(
  state: Opened,
  { facility, note }: Extract<ReturnCommand, { type: 'change_facility' }>,
  at: Instant,
): Answer {
  const barred = barsChange(state);
  if (barred !== null) return barred;
  if (Object.keys(state.items).length > 0) return refuse('goods_already_received');
  if (facility === state.facility) return refuse('facility_unchanged', 'facility', { facility });
  return anotherWay(state, { type: 'facility_changed', facility, note }, at);
}

/** A further label for what is outstanding, where it doesn't fit into one parcel. */
export function addParcel(state: Opened): Answer {
  if (state.phase === 'closed') return refuse('return_closed');
  if (state.phase !== 'open') return refuse('not_authorized');
  if (outstanding(state) === 0) return refuse('nothing_outstanding');
  if (!hasLabels(state.method)) return refuse('no_label_of_ours', undefined, { method: state.method });
  if (state.outbound !== undefined) return refuse('comes_back_as_sent');
  if (Object.keys(state.parcels).length >= mostParcels)
    return refuse('too_many_parcels', undefined, { most: mostParcels });
  return parcelFor(state);
}

/** Goods that somebody has handed over, or that nobody may send yet, can't be changed on their way. */
export function barsChange(state: Opened): Refused | null {
  if (state.phase === 'closed') return refuse('return_closed');
  if (state.phase !== 'open') return refuse('not_authorized');
  if (outstanding(state) === 0) return refuse('nothing_outstanding');
  return awaitsHandover(state) ? null : refuse('handed_over');
}

/** What was bought for the old way is given back, also where we have not heard yet that it was bought. */
function anotherWay(state: Opened, change: ReturnEvent, at: Instant): ReturnEvent[] {
  const changed = fold(state, [{ at, by: '', event: change }]) as Opened;
  const old = Object.values(state.parcels).filter(isUsable);
  const pickups = Object.values(state.pickups).filter(
    ({ parcel, state: is }) => (is === 'wanted' || is === 'booked') && old.some((each) => each.parcel === parcel),
  );
  return [
    change,
    ...pickups.map(({ pickup }): ReturnEvent => ({ type: 'pickup_withdrawn', pickup })),
    ...old.map(({ parcel }): ReturnEvent => ({ type: 'label_withdrawn', parcel })),
    ...parcelFor(changed),
    ...requote(changed),
  ];
}
