import { z } from 'zod';
import type { Clues, CountedLine } from '../../domain/receipt/receipt.ts';
import type { Receipt } from '../../prisma/generated/client.ts';
import type { Api } from '../api.ts';
import { endpoint } from '../endpoint.ts';
import { ReceiptNumber } from '../fields.ts';
import { ReceiptBody, type ReceiptSummaryBody } from './bodies.ts';
import { findCandidates } from './candidates.ts';
import { receiptNotFound } from './refusals.ts';

export const ReceiptPath = z.object({ receipt: ReceiptNumber });

export const getReceipt = endpoint({
  method: 'get',
  path: '/v1/receipts/{receipt}',
  id: 'getReceipt',
  tag: 'Receipts',
  summary: 'One unexpected parcel, with the returns that it may belong to',
  description: 'The candidates are found anew each time, as long as anything is left.',
  permission: 'receipts:read',
  params: ReceiptPath,
  responses: { 200: { description: 'The receipt.', schema: ReceiptBody } },
  problems: [404],
  handle: async ({ params }, api) => ({ status: 200, body: await readReceipt(api, params.receipt) }),
});

/**
 * A receipt as it is now.
 * @throws {Problem} 404 `receipt_not_found`
 */
export async function readReceipt(api: Api, receipt: string): Promise<z.infer<typeof ReceiptBody>> {
  const row = await api.db.receipt.findUnique({
    where: { receipt },
    include: { lines: { orderBy: { line: 'asc' } } },
  });
  if (row === null) throw receiptNotFound(receipt);
  const [shares, note] = await Promise.all([
    sharesOf(api, receipt),
    row.note === null ? null : api.db.note.findUnique({ where: { id: row.note }, select: { text: true } }),
  ]);
  const lines = row.lines.map(({ receipt: _, ...line }) => {
    const gone = shares.filter((share) => share.line === line.line);
    const given = new Set(gone.flatMap((share) => share.serials));
    const left = line.quantity - gone.reduce((sum, { quantity }) => sum + quantity, 0);
    return { counted: line, left, serials: line.serials.filter((serial) => !given.has(serial)) };
  });
  const clues: Clues = {
    rma: row.rma,
    order: row.orderId,
    tracking: row.tracking,
    buyer: row.buyerId,
    serials: row.serials,
  };
  const open = lines
    .filter(({ left }) => left > 0)
    .map(
      ({ counted, left, serials }): Pick<CountedLine, 'sku' | 'quantity' | 'serials'> => ({
        sku: counted.sku,
        quantity: left,
        serials,
      }),
    );
  const found =
    open.length === 0 ? { candidates: [], identified: null, orders: [] } : await findCandidates(api, clues, open);
  return {
    ...receiptSummary(row),
    rma: row.rma,
    order: row.orderId,
    buyer: row.buyerId,
    serials: row.serials,
    weightGrams: row.weightGrams,
    note: note?.text ?? null,
    lines: lines.map(({ counted, left }) => ({ ...counted, left })),
    shares,
    candidates: found.candidates.map((candidate) => ({ ...candidate, reasons: [...candidate.reasons] })),
    identified: found.identified,
    orders: [...found.orders],
  };
}

/** A row as it leaves. */
export function receiptSummary(row: Receipt): z.infer<typeof ReceiptSummaryBody> {
  const { receipt, facility, units, unitsLeft, tracking, receivedAt, receivedBy } = row;
  const state = unitsLeft > 0 ? 'unmatched' : 'settled';
  return { receipt, facility, state, units, unitsLeft, tracking, receivedAt: receivedAt.toISOString(), receivedBy };
}

type Share = z.infer<typeof ReceiptBody>['shares'][number];

async function sharesOf(api: Api, receipt: string): Promise<Share[]> {
  return await api.db.$queryRaw<Share[]>`
    SELECT s.line, s.quantity, s.serials, s.rma, s.disposition, s.evidence,
      EXISTS (SELECT FROM journal j WHERE j.process = 'return:' || s.rma AND j.command_id = s.command_id) AS arrived
    FROM receipt_shares s WHERE s.receipt = ${receipt} ORDER BY s.version, s.seq, s.line`;
}
