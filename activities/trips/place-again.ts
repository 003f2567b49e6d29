import type { Pool } from 'pg';
import { after } from '../../domain/time/duration.ts';
import { assignmentsFor } from '../../domain/trip/assignments.ts';
import { consolidate } from '../../domain/trip/consolidate.ts';
import { withClient } from '../../prisma/client.ts';
import { openTrips, receivingBeside } from './open-trips.ts';
import type { NotCollected, Trips } from './port.ts';

/** How many trips are asked at most: another may have taken up what room there was. */
const mostAsked = 5;

/** Finds another trip for what one of them didn't collect. */
export const placingAgain =
  (pool: Pool, tellTrip: Trips['tellTrip']): Trips['placeAgain'] =>
  async (missed) => {
    const before = await tripOf(pool, missed);
    if (before !== null) return { type: 'placed', trip: before };
    return await withClient(pool, async (client) => {
      const own = await client.query<{ currency: string; again: string; departs_at: Date }>(
        `SELECT currency, terms->>'againWithin' AS again, departs_at FROM trips WHERE number = $1`,
        [missed.trip],
      );
      const [row] = own.rows;
      if (row === undefined) return { type: 'not_placed', code: 'unknown_trip' };
      const { currency, again } = row;
      const candidate = { ...missed.candidate, until: after(missed.candidate.until, again) };
      const all = await openTrips(client, { from: new Date(), until: null, currency, depot: null });
      let others = all.filter(({ trip }) => trip !== missed.trip);
      const receiving = await receivingBeside(client, others);
      for (let asked = 0; asked < mostAsked; asked += 1) {
        const plan = consolidate(others, [candidate], receiving);
        const [found] = plan.assigned;
        if (found === undefined) return { type: 'not_placed', code: plan.left[0]?.why ?? 'goes_elsewhere' };
        const [assignment] = assignmentsFor(plan, [candidate]);
        if (assignment === undefined) break;
        const message = { commandId: `${missed.trip}:${missed.effect}`, by: missed.trip, command: assignment.command };
        const told = await tellTrip({ trip: found.trip, message });
        if (told.type === 'accepted') return { type: 'placed', trip: found.trip };
        others = others.filter(({ trip }) => trip !== found.trip);
      }
      return { type: 'not_placed', code: 'trips_changed' };
    });
  };

/** The trip that has it already: the answer of an attempt before was lost. */
async function tripOf(pool: Pool, { trip, candidate }: NotCollected): Promise<string | null> {
  const { rows } = await pool.query<{ number: string }>(
    `SELECT l.number FROM trip_loads l JOIN trips t ON t.number = l.number
     WHERE l.candidate = $1 AND l.number <> $2 AND l.state IN ('planned', 'aboard') LIMIT 1`,
    [candidate.candidate, trip],
  );
  return rows[0]?.number ?? null;
}
