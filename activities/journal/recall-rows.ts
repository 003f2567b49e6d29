import type { RecallProjection } from '../../domain/recall/projection.ts';
import { byColumn, type Row, type Table } from './table.ts';

/** The table of recalls as append writes it. */
export const recallTables = {
  recalls: {
    key: ['number'],
    columns: {
      number: 'text',
      kind: 'text',
      hazard_class: 'text',
      depth: 'text',
      mandated: 'boolean',
      mock: 'boolean',
      effectiveness: 'text',
      check_share: 'int',
      status: 'text',
      paused: 'boolean',
      per_minute: 'int',
      wave_size: 'int',
      schedules: 'jsonb',
      confirm_within: 'jsonb',
      scope_version: 'int',
      planned_version: 'int',
      consignees: 'int',
      lots: 'int',
      facilities: 'int',
      shipped_units: 'bigint',
      held_units: 'bigint',
      waves: 'int',
      waves_started: 'int',
      waves_ended: 'int',
      trace_milliseconds: 'int',
      estimated_on: 'date',
      open_checks: 'int',
      open_units: 'bigint',
      open_facilities: 'int',
      completion_note: 'text',
      outcome: 'text',
      termination_notice: 'boolean',
      drafted_at: 'timestamptz',
      launched_at: 'timestamptz',
      stopped_at: 'timestamptz',
      notified_at: 'timestamptz',
      completed_at: 'timestamptz',
      closed_at: 'timestamptz',
      version: 'int',
    },
  },
} as const satisfies Record<string, Table>;

/** A recall's row, as of a journal version. */
export const recallRows = (
  { recall }: Omit<RecallProjection, 'attention'>,
  version: number,
): Readonly<Record<keyof typeof recallTables, readonly Row[]>> => ({
  recalls: [byColumn({ ...recall, version })],
});
