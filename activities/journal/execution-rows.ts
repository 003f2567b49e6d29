import type { ExecutionProjection } from '../../domain/execution/projection.ts';
import { byColumn, type Row, type Table } from './table.ts';

/** The tables of executions as append writes them. */
export const executionTables = {
  executions: {
    key: ['number'],
    columns: {
      number: 'text',
      kind: 'text',
      disposition: 'text',
      party: 'text',
      facility: 'text',
      currency: 'text',
      status: 'text',
      reference: 'text',
      tracking: 'text',
      expected: 'bigint',
      received: 'bigint',
      written_off: 'bigint',
      requested_at: 'timestamptz',
      closed_at: 'timestamptz',
      next_deadline: 'timestamptz',
      outcome: 'text',
      version: 'int',
      budget: 'bigint',
      spent: 'bigint',
    },
  },
  execution_items: {
    key: ['number', 'rma', 'item'],
    columns: {
      number: 'text',
      rma: 'text',
      item: 'text',
      sku: 'text',
      quantity: 'int',
      lot: 'text',
      grade: 'text',
      cost: 'bigint',
      expected: 'bigint',
      received: 'bigint',
      state: 'text',
      code: 'text',
      mended: 'int',
      beyond_repair: 'int',
      given_up: 'int',
    },
  },
  certificates: {
    key: ['number'],
    columns: {
      number: 'text',
      kind: 'text',
      certificate: 'text',
      issued_on: 'date',
      handed_over_by: 'text',
      handed_over_grams: 'bigint',
      weight_grams: 'bigint',
      materials: 'jsonb',
      material_grams: 'bigint',
      residue_grams: 'bigint',
      mass_basis_points: 'int',
      value: 'bigint',
      charge: 'bigint',
      proceeds: 'bigint',
      method: 'text',
      duty_claimed: 'boolean',
      witnesses: 'jsonb',
    },
  },
} as const satisfies Record<string, Table>;

/** An execution's rows, as of a journal version. */
export function executionRows(
  { execution, executionItems, certificates = [] }: Omit<ExecutionProjection, 'attention'>,
  version: number,
): Readonly<Record<keyof typeof executionTables, readonly Row[]>> {
  const { number } = execution;
  return {
    executions: [byColumn({ budget: null, spent: null, ...execution, version })],
    execution_items: executionItems.map((row) =>
      byColumn({ mended: null, beyondRepair: null, givenUp: null, ...row, number }),
    ),
    certificates: certificates.map((row) => byColumn({ ...row, number })),
  };
}
