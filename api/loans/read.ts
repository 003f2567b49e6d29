import { z } from 'zod';
import type { LoanKind } from '../../domain/loan/kind.ts';
import { loanStatuses } from '../../domain/loan/state.ts';
import type { Api } from '../api.ts';
import { endpoint } from '../endpoint.ts';
import { OutsideCode } from '../fields.ts';
import { getProcess } from '../get-process.ts';
import { numberField } from '../network/desk.ts';
import { networkWhole } from '../network/read.ts';
import { cursorParameter, cursorText, cursorTime, limitParameter, listBody, pageOf } from '../page.ts';
import { LoanBody, LoanSummaryBody, loanMoney, loanSummary, loanUnitOut } from './bodies.ts';
import { loans } from './desk.ts';
import { loanSentence } from './sentences.ts';

const open = { resolvedAt: null };

export const listLoans = endpoint({
  method: 'get',
  path: loans.path,
  id: 'listLoans',
  tag: loans.tag,
  summary: 'List loans',
  description:
    'By the end of their terms, so that what is overdue comes first. Closed ones are left out unless a status is asked for.',
  permission: 'network:read',
  query: z.strictObject({
    status: z.enum(loanStatuses).optional(),
    facility: OutsideCode.optional(),
    borrower: OutsideCode.optional(),
    serial: OutsideCode.optional(),
    needsPerson: z.enum(['true', 'false']).optional(),
    limit: limitParameter,
    cursor: cursorParameter(z.tuple([cursorTime, cursorText])),
  }),
  responses: { 200: { description: 'A page of loans.', schema: listBody(LoanSummaryBody) } },
  handle: async ({ query: { status, facility, borrower, serial, needsPerson, limit, cursor } }, { db }) => {
    const rows = await db.loan.findMany({
      where: {
        ...(borrower === undefined ? {} : { borrower }),
        ...(serial === undefined ? {} : { units: { some: { serial } } }),
        process: {
          ...(status === undefined ? { closedAt: null } : { status }),
          ...(facility === undefined ? {} : { facility }),
          ...(needsPerson === undefined ? {} : { attention: needsPerson === 'true' ? { some: open } : { none: open } }),
        },
        ...(cursor === undefined
          ? {}
          : { OR: [{ termUntil: { gt: cursor[0] } }, { termUntil: cursor[0], number: { gt: cursor[1] } }] }),
      },
      include: { process: { include: { attention: { where: open, select: { reason: true } } } } },
      orderBy: [{ termUntil: 'asc' }, { number: 'asc' }],
      take: limit + 1,
    });
    const page = pageOf(rows, limit, (row) => [row.termUntil.toISOString(), row.number]);
    return { status: 200, body: { data: page.rows.map(loanSummary), nextCursor: page.nextCursor } };
  },
});

export const getLoan = getProcess(loans, {
  summary: 'One loan with its balance and timeline',
  permission: 'network:read',
  number: numberField(loans),
  schema: LoanBody,
  find: findLoan,
});

/** A loan as it leaves; null where the read model has none. */
export async function findLoan(api: Api, number: string): Promise<z.infer<typeof LoanBody> | null> {
  const row = await api.db.loan.findUnique({
    where: { number },
    include: {
      units: { orderBy: { unit: 'asc' } },
      process: { include: { attention: { where: open, orderBy: { raisedAt: 'asc' } } } },
    },
  });
  if (row === null) return null;
  const { currency, process } = row;
  return {
    ...loanSummary(row),
    ...loanMoney(row),
    units: row.units.map((unit) => loanUnitOut(unit, currency)),
    ...(await networkWhole<LoanKind>(api, loans, process, (event) => loanSentence(event, currency), currency)),
  };
}
