import type { PoolClient } from 'pg';
import type { OpenTrip } from '../../domain/trip/consolidate.ts';
import type { GoodsClass, Load, LoadKind } from '../../domain/trip/load.ts';
import type { Stop } from '../../domain/trip/plan.ts';
import type { Receiving } from '../../domain/trip/receiving.ts';
import type { TripTerms } from '../../domain/trip/terms.ts';

/** Which trips may take more: those of a currency that leave between two instants, of one depot or of all. */
type Wanted = {
  readonly from: Date;
  readonly until: Date | null;
  readonly currency: string;
  readonly depot: string | null;
};

type TripRead = {
  number: string;
  volume_litres: number;
  weight_grams: number;
  terms: TripTerms;
};
type StopRead = {
  number: string;
  stop: string;
  facility: string | null;
  latitude: number;
  longitude: number;
  opens: Date;
  closes: Date;
  minutes: number;
  added: boolean;
  state: string;
};
type LoadRead = {
  number: string;
  load: string;
  kind: LoadKind;
  reference: string;
  on_stop: string;
  off_stop: string;
  volume_litres: number;
  weight_grams: number;
  units: number;
  goods: GoodsClass;
  state: string;
};

/** The trips that haven't left, with what they are to do, in the order of their departure. */
export async function openTrips(
  client: Pick<PoolClient, 'query'>,
  { from, until, currency, depot }: Wanted,
): Promise<readonly OpenTrip[]> {
  const trips = await client.query<TripRead>(
    `SELECT t.number, t.volume_litres, t.weight_grams, t.terms
     FROM trips t JOIN network_processes n ON n.number = t.number
     WHERE n.status = 'planned' AND t.departs_at > $1 AND ($2::timestamptz IS NULL OR t.departs_at <= $2)
       AND t.currency = $3 AND ($4::text IS NULL OR t.depot = $4)
     ORDER BY t.departs_at, t.number`,
    [from, until, currency, depot],
  );
  const numbers = trips.rows.map(({ number }) => number);
  const stops = await client.query<StopRead>(
    'SELECT * FROM trip_stops WHERE number = ANY($1) ORDER BY number, position',
    [numbers],
  );
  const loads = await client.query<LoadRead>('SELECT * FROM trip_loads WHERE number = ANY($1) ORDER BY number, load', [
    numbers,
  ]);
  return trips.rows.map(({ number, terms, volume_litres: volumeLitres, weight_grams: weightGrams }) => {
    const itsStops = stops.rows.filter((row) => row.number === number);
    const itsLoads = loads.rows.filter((row) => row.number === number);
    const plan = {
      stops: itsStops.filter(({ state }) => state !== 'dropped').map(stopOf),
      loads: itsLoads.filter(({ state }) => state === 'planned').map(loadOf),
      capacity: { volumeLitres, weightGrams },
      terms,
      used: [...itsStops.map(({ stop }) => stop), ...itsLoads.map(({ load }) => load)],
    };
    return { trip: number, plan };
  });
}

const stopOf = (row: StopRead): Stop => ({
  stop: row.stop,
  facility: row.facility,
  place: { latitude: row.latitude, longitude: row.longitude },
  opens: row.opens.toISOString(),
  closes: row.closes.toISOString(),
  minutes: row.minutes,
  ...(row.added ? { added: true } : {}),
});

const loadOf = (row: LoadRead): Load => ({
  load: row.load,
  kind: row.kind,
  reference: row.reference,
  on: row.on_stop,
  off: row.off_stop,
  volumeLitres: row.volume_litres,
  weightGrams: row.weight_grams,
  units: row.units,
  goods: row.goods,
});

/** What facilities take in a day, and what all other trips bring them. */
export async function receivingBeside(
  client: Pick<PoolClient, 'query'>,
  trips: readonly OpenTrip[],
): Promise<Receiving> {
  const most = await client.query<{ id: string; most: number }>(
    'SELECT id, receiving_units_a_day AS most FROM facilities WHERE receiving_units_a_day IS NOT NULL',
  );
  const expected = await client.query<{ facility: string; day: string; units: number }>(
    `SELECT s.facility, to_char(coalesce(s.arrived_at, s.planned_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day,
       sum(l.units)::int AS units
     FROM trip_loads l JOIN trip_stops s ON s.number = l.number AND s.stop = l.off_stop
     WHERE l.state IN ('planned', 'aboard', 'delivered') AND s.facility IS NOT NULL AND s.planned_at IS NOT NULL
       AND NOT l.number = ANY($1) GROUP BY 1, 2`,
    [trips.map(({ trip }) => trip)],
  );
  return {
    most: Object.fromEntries(most.rows.map((row) => [row.id, row.most])),
    expected: Object.fromEntries(expected.rows.map(({ facility, day, units }) => [`${facility} ${day}`, units])),
  };
}
