/** Statements that break one rule each of trips, their stops and their loads, of a trip `TP-X` that is there for them. */
export const tripBreaches: Readonly<Record<string, string>> = {
  facilities_place_whole: `UPDATE facilities SET latitude = 91, longitude = 0`,
  facilities_receiving_positive: `UPDATE facilities SET receiving_units_a_day = 0`,
  pickups_trip_whole: `INSERT INTO pickups (rma, pickup, parcel, state, window_start, window_end, trip) VALUES ('R-1', 'K9', 'P1', 'booked', now(), now(), 'TP-X')`,
  trips_room_positive: trip('volume_litres', '0'),
  trips_times_in_order: trip('returns_at', `'2026-03-01'`),
  trips_back_after_left: trip('returned_at', 'now()'),
  trip_stops_state_known: stop('state', `'skipped'`),
  trip_stops_place: stop('latitude', '-91'),
  trip_stops_whole: stop('minutes', '-1'),
  trip_stops_planned: stop('planned_at', 'NULL'),
  trip_stops_arrived: stop('arrived_at', 'now()'),
  trip_stops_added_dropped: stop('state', `'dropped'`),
  trip_loads_kind_known: load('kind', `'lost'`),
  trip_loads_goods_known: load('goods', `'tasty'`),
  trip_loads_state_known: load('state', `'lost'`),
  trip_loads_offered_whole: load('cost', '1'),
  trip_loads_collected: load('collected', '2'),
  trip_loads_delivered: load('delivered', '1'),
  trip_loads_size: load('units', '0'),
};

type Values = Readonly<Record<string, string>>;

function trip(column: string, value: string): string {
  const times = { departs_at: `'2026-03-02T06:00Z'`, returns_at: `'2026-03-02T18:00Z'` };
  const room = { volume_litres: '1', weight_grams: '1' };
  return insert(
    'trips',
    { number: `'TP-X'`, depot: `'RC1'`, currency: `'EUR'`, terms: `'{}'`, ...times, ...room },
    column,
    value,
  );
}

function stop(column: string, value: string): string {
  const times = { opens: `'2026-03-02'`, closes: `'2026-03-03'`, planned_at: `'2026-03-02'`, minutes: '0' };
  const place = { position: '0', latitude: '50', longitude: '8', added: 'false', state: `'planned'` };
  return insert('trip_stops', { number: `'TP-X'`, stop: `'T0'`, ...times, ...place }, column, value);
}

function load(column: string, value: string): string {
  const size = { volume_litres: '1', weight_grams: '1', units: '1', goods: `'sellable'`, state: `'planned'` };
  const ride = { kind: `'forward'`, reference: `'O-1'`, on_stop: `'T0'`, off_stop: `'T1'` };
  return insert('trip_loads', { number: `'TP-X'`, load: `'L1'`, ...ride, ...size }, column, value);
}

function insert(table: string, whole: Values, column: string, value: string): string {
  const row = { ...whole, [column]: value };
  return `INSERT INTO ${table} (${Object.keys(row).join()}) VALUES (${Object.values(row).join()})`;
}
