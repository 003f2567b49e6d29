import type { Pool } from 'pg';
import { loanOrderLine } from '../../domain/loan/order.ts';
import type { ReturnRequest } from '../../domain/return/request.ts';
import type { LoanReturn } from '../loans/port.ts';
import { numberFor } from './unattended.ts';

/** The return by which goods of a loan come back to where they left: always the same for the same one of its returns. */
export async function returnOfLoan(
  pool: Pool,
  { loan, comingBack, facility, units }: LoanReturn,
): Promise<{ readonly rma: string; readonly commandId: string; readonly request: ReturnRequest }> {
  const commandId = `loan:${loan}:${comingBack}`;
  const request: ReturnRequest = {
    ...{ program: 'rental', order: loan, method: 'drop_off', instrument: 'original', facility },
    lines: units.map(({ unit }, index) => ({
      ...{ line: `L${index + 1}`, orderLine: loanOrderLine(loan, unit), quantity: 1, reason: 'term_ended' },
    })),
  };
  return { rma: await numberFor(pool, commandId), commandId, request };
}
