import type { Pool } from 'pg';
import { after } from '../../domain/time/duration.ts';
import { assignmentsFor } from '../../domain/trip/assignments.ts';
import { consolidate } from '../../domain/trip/consolidate.ts';
import { openTrips, receivingBeside } from './open-trips.ts';
import type { NotCollected, Trips } from './port.ts';

/**
 * How often a trip is asked at most. Of those that are placed at once one gets on each time; the others read the trip as it is
 * then, and ask again.
 */
const mostAsked = 20;

/**
 * Finds another trip for what one of them didn't collect. No connection is held while a trip is told: it needs one itself to
 * answer.
 */
export const placingAgain =
  (pool: Pool, tellTrip: Trips['tellTrip']): Trips['placeAgain'] =>
  async (missed) => {
    const own = await pool.query<{ currency: string; again: string }>(
      `SELECT currency, terms->>'againWithin' AS again FROM trips WHERE number = $1`,
      [missed.trip],
    );
    const [row] = own.rows;
    if (row === undefined) return { type: 'not_placed', code: 'unknown_trip' };
    const candidate = { ...missed.candidate, until: after(missed.candidate.until, row.again) };
    // Nothing that leaves later can be there in time.
    const wanted = { until: new Date(candidate.until), currency: row.currency, depot: null };
    const refused = new Set([missed.trip]);
    for (let asked = 0; asked < mostAsked; asked += 1) {
      const rides = await tripOf(pool, missed);
      if (rides !== null) return { type: 'placed', trip: rides };
      const open = await openTrips(pool, { from: new Date(), ...wanted });
      const others = open.filter(({ trip }) => !refused.has(trip));
      const plan = consolidate(others, [candidate], await receivingBeside(pool, others));
      const [assignment] = assignmentsFor(plan, [candidate]);
      if (assignment === undefined) return { type: 'not_placed', code: plan.left[0]?.why ?? 'goes_elsewhere' };
      const { trip, command } = assignment;
      const message = { commandId: `${missed.trip}:${missed.effect}`, by: missed.trip, command };
      const told = await tellTrip({ trip, message });
      if (told.type === 'accepted') return { type: 'placed', trip };
      if (told.code !== 'plan_outdated') refused.add(trip);
    }
    return { type: 'not_placed', code: 'trips_changed' };
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
