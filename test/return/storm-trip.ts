import type { ReturnCommand } from '../../domain/return/commands.ts';
import type { Opened } from '../../domain/return/state.ts';
import { plusDays } from './calendar.ts';
import type { Weather } from './storm.ts';

/** A trip of ours takes a parcel over, or says how it went; also what it never had. */
export function tripOf(
  storm: Pick<Weather, 'at'>,
  state: Opened,
  parcel: string,
  { pick, other }: { readonly pick: number; readonly other: number },
): ReturnCommand {
  const rides = Object.values(state.pickups).flatMap(({ trip, load }) =>
    trip === undefined || load === undefined ? [] : [{ trip, load }],
  );
  const ride = rides[pick % Math.max(1, rides.length)];
  if (ride === undefined || pick % 5 < 2) {
    const window = { windowStart: storm.at, windowEnd: plusDays(1, storm.at) };
    return { type: 'assign_trip', parcel, trip: `TP-${other % 3}`, load: `L${pick % 4}`, ...window };
  }
  const outcome = (['collected', 'failed', 'collected', 'delivered'] as const)[other % 4] ?? 'failed';
  const counted = pick % 3 === 0 ? { units: 1, of: 1 + (other % 3) } : {};
  return { type: 'report_trip', ...ride, outcome, ...counted, at: storm.at };
}

/** What a trip has no carrier is asked for, and a parcel is collected by one at a time. */
export function tripProblems(state: Opened): string[] {
  return Object.values(state.parcels).flatMap(({ parcel }) => {
    const all = Object.values(state.pickups).filter((pickup) => pickup.parcel === parcel);
    const open = all.filter((pickup) => pickup.state === 'wanted' || pickup.state === 'booked');
    const isOurs = all.some(({ state: is, trip }) => is === 'collected' && trip !== undefined);
    return [
      ...(open.length > 1 ? [`${parcel} is to be collected ${open.length} times`] : []),
      ...(isOurs && open.length > 0 ? [`${parcel} is on a trip and still to be collected`] : []),
    ];
  });
}
