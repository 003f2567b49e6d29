import { Readable } from 'node:stream';
import { z } from 'zod';
import { csvLine } from '../csv.ts';
import { endpoint } from '../endpoint.ts';
import { MoneyBody, moneyOut } from '../money.ts';
import { numberField } from '../network/desk.ts';
import { processNotFound } from '../process-desk.ts';
import { loans } from './desk.ts';

const EntryBody = z
  .object({
    at: z.iso.datetime(),
    what: z.string().meta({ description: 'The account that it was for, or that paid it.', example: 'loan_fees' }),
    subject: z.string().meta({
      description: 'The unit, payment or extension that it is about; the loan’s number where it is of the whole.',
    }),
    amount: MoneyBody.meta({ description: 'More or less that the borrower owes.' }),
    owed: MoneyBody.meta({ description: 'What it owes after it; less than nothing where we owe it.' }),
    held: MoneyBody.meta({ description: 'What we hold of the deposit after it.' }),
  })
  .meta({ id: 'LoanStatementEntry' });

const StatementBody = z
  .object({ number: z.string(), borrower: z.string(), entries: z.array(EntryBody), owed: MoneyBody, held: MoneyBody })
  .meta({ id: 'LoanStatement' });

type Posting = {
  readonly at: Date;
  readonly what: string;
  readonly subject: string;
  readonly owed: string;
  readonly held: string;
};

/** What each posting did to what the borrower owes, and to what we hold. */
const POSTINGS = `
  SELECT j.at, m.subject,
    CASE WHEN 'receivable_from_borrower' NOT IN (m.debit, m.credit) THEN 'loan_deposits'
      WHEN m.debit = 'receivable_from_borrower' THEN m.credit ELSE m.debit END AS what,
    (CASE WHEN m.debit = 'receivable_from_borrower' THEN m.amount WHEN m.credit = 'receivable_from_borrower' THEN -m.amount ELSE 0 END) AS owed,
    (CASE WHEN m.credit = 'loan_deposits' THEN m.amount WHEN m.debit = 'loan_deposits' THEN -m.amount ELSE 0 END) AS held
  FROM money_entries m JOIN journal j ON j.process = m.process AND j.version = m.version
  WHERE m.process = $1 AND (ARRAY[m.debit, m.credit] && ARRAY['receivable_from_borrower', 'loan_deposits'])
  ORDER BY m.version, m.entry`;

export const getLoanStatement = endpoint({
  method: 'get',
  path: `${loans.path}/{number}/statement`,
  id: 'getLoanStatement',
  tag: loans.tag,
  summary: 'What the borrower owes, entry by entry, from the ledger',
  permission: 'network:read',
  params: z.object({ number: numberField(loans) }),
  query: z.strictObject({ format: z.enum(['json', 'csv']).default('json') }),
  responses: { 200: { description: 'The statement.', schema: StatementBody, csv: true } },
  problems: [404],
  handle: async ({ params: { number }, query: { format } }, api) => {
    const loan = await api.db.loan.findUnique({ where: { number }, select: { borrower: true, currency: true } });
    if (loan === null) throw processNotFound(loans, number);
    const { borrower, currency } = loan;
    const { rows } = await api.pool.query<Posting>(POSTINGS, [loans.workflowId(number)]);
    let [owed, held] = [0, 0];
    const entries = rows.map(({ at, what, subject, ...moved }) => {
      const amount = Number(moved.owed);
      owed += amount;
      held += Number(moved.held);
      const money = (minor: number) => moneyOut(minor, currency);
      return { at: at.toISOString(), what, subject, amount: money(amount), owed: money(owed), held: money(held) };
    });
    if (format === 'csv') {
      const lines = entries.map((each) =>
        csvLine([each.at, each.what, each.subject, each.amount.amount, each.owed.amount, each.held.amount, currency]),
      );
      const header = csvLine(['at', 'what', 'subject', 'amount', 'owed', 'held', 'currency']);
      return { status: 200, stream: { type: 'text/csv', content: Readable.from([header, ...lines]) } };
    }
    return {
      status: 200,
      body: { number, borrower, entries, owed: moneyOut(owed, currency), held: moneyOut(held, currency) },
    };
  },
});
