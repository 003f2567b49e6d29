import type { LoanProjection } from '../../domain/loan/projection.ts';
import { byColumn, type Row, type Table } from './table.ts';

/** The tables of loans as append writes them, beside the row that every process of the network has. */
export const loanTables = {
  loans: {
    key: ['number'],
    columns: {
      number: 'text',
      borrower: 'text',
      currency: 'text',
      term_from: 'timestamptz',
      term_until: 'timestamptz',
      handed_over_at: 'timestamptz',
      deposit: 'bigint',
      held: 'bigint',
      fees: 'bigint',
      extension_fees: 'bigint',
      damages: 'bigint',
      prices: 'bigint',
      owed: 'bigint',
      set_off: 'bigint',
      paid: 'bigint',
      waived: 'bigint',
      written_off: 'bigint',
      repaid: 'bigint',
    },
  },
  loan_units: {
    key: ['number', 'unit'],
    columns: {
      number: 'text',
      unit: 'text',
      sku: 'text',
      serial: 'text',
      stage: 'text',
      grade_out: 'text',
      grade_back: 'text',
      ended_at: 'timestamptz',
      rma: 'text',
      fee: 'bigint',
      damage: 'bigint',
      price: 'bigint',
    },
  },
} as const satisfies Record<string, Table>;

/** A loan's own rows. */
export const loanRows = (
  number: string,
  { loan, loanUnits }: Pick<LoanProjection, 'loan' | 'loanUnits'>,
): Readonly<Record<keyof typeof loanTables, readonly Row[]>> => ({
  loans: [byColumn({ number, ...loan })],
  loan_units: loanUnits.map((row) => byColumn({ number, ...row })),
});
