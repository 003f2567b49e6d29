import type { TripRows } from '../../domain/trip/projection.ts';
import { byColumn, type Row, type Table } from './table.ts';

/** The tables of trips as append writes them, beside what is alike of all processes of the network. */
export const tripTables = {
  trips: {
    key: ['number'],
    columns: {
      number: 'text',
      depot: 'text',
      vehicle: 'text',
      currency: 'text',
      departs_at: 'timestamptz',
      returns_at: 'timestamptz',
      volume_litres: 'int',
      weight_grams: 'int',
      terms: 'jsonb',
      departed_at: 'timestamptz',
      returned_at: 'timestamptz',
    },
  },
  trip_stops: {
    key: ['number', 'stop'],
    columns: {
      number: 'text',
      stop: 'text',
      position: 'int',
      facility: 'text',
      latitude: 'float8',
      longitude: 'float8',
      opens: 'timestamptz',
      closes: 'timestamptz',
      minutes: 'int',
      added: 'boolean',
      planned_at: 'timestamptz',
      arrived_at: 'timestamptz',
      state: 'text',
    },
  },
  trip_loads: {
    key: ['number', 'load'],
    columns: {
      number: 'text',
      load: 'text',
      kind: 'text',
      reference: 'text',
      candidate: 'text',
      on_stop: 'text',
      off_stop: 'text',
      volume_litres: 'int',
      weight_grams: 'int',
      units: 'int',
      goods: 'text',
      state: 'text',
      collected: 'int',
      delivered: 'int',
      code: 'text',
      carrier_price: 'bigint',
      cost: 'bigint',
    },
  },
} as const satisfies Record<string, Table>;

/** A trip's own rows. */
export const tripRows = (
  number: string,
  { trip, stops, loads }: TripRows,
): Readonly<Record<keyof typeof tripTables, readonly Row[]>> => ({
  trips: [byColumn({ ...trip, number })],
  trip_stops: stops.map((row) => byColumn({ ...row, number })),
  trip_loads: loads.map((row) => byColumn({ ...row, number })),
});
