import { Readable } from 'node:stream';
import { z } from 'zod';
import { csvLine } from '../csv.ts';
import { endpoint } from '../endpoint.ts';
import { OutsideCode, PartyId } from '../fields.ts';
import { Problem } from '../problem.ts';

const EntryBody = z
  .object({
    at: z.iso.datetime(),
    direction: z.string(),
    quantity: z.int(),
    reference: z.string(),
    facility: z.string().nullable(),
    balance: z.int().meta({ description: 'Pieces that the partner has after it.' }),
  })
  .meta({ id: 'PackagingStatementEntry' });

const StatementBody = z
  .object({ partner: z.string(), type: z.string(), entries: z.array(EntryBody), balance: z.int() })
  .meta({ id: 'PackagingStatement' });

const columns = ['at', 'direction', 'quantity', 'reference', 'facility', 'balance'] as const;

export const getPackagingStatement = endpoint({
  method: 'get',
  path: '/v1/packaging/balances/{partner}/{type}/statement',
  id: 'getPackagingStatement',
  tag: 'Packaging',
  summary: 'What moved between a partner and us, in the order of its own times',
  permission: 'network:read',
  params: z.object({ partner: PartyId, type: OutsideCode }),
  query: z.strictObject({ format: z.enum(['json', 'csv']).default('json') }),
  responses: { 200: { description: 'The statement.', schema: StatementBody, csv: true } },
  problems: [404],
  handle: async ({ params: { partner, type }, query: { format } }, { db }) => {
    const account = await db.packagingAccount.findUnique({
      where: { partner_type: { partner, type } },
      include: { movements: { orderBy: [{ at: 'asc' }, { id: 'asc' }] } },
    });
    if (account === null) {
      throw new Problem(404, 'packaging_account_not_found', `nothing was agreed with ${partner} on ${type}`);
    }
    let balance = 0;
    const entries = account.movements.map(({ at, direction, quantity, reference, facility }) => {
      balance += direction === 'out' ? quantity : -quantity;
      return { at: at.toISOString(), direction, quantity, reference, facility, balance };
    });
    if (format === 'json') return { status: 200, body: { partner, type, entries, balance } };
    const lines = entries.map((entry) => csvLine(columns.map((column) => entry[column])));
    return { status: 200, stream: { type: 'text/csv', content: Readable.from([csvLine(columns), ...lines]) } };
  },
});
