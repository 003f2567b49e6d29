import { z } from 'zod';
import { candidateReasons } from '../../domain/receipt/candidates.ts';

const Time = z.iso.datetime();

export const ReceiptSummaryBody = z
  .object({
    receipt: z.string(),
    facility: z.string(),
    state: z.enum(['unmatched', 'settled']).meta({ description: 'unmatched while any unit belongs to nobody.' }),
    units: z.int(),
    unitsLeft: z.int().meta({ description: 'Units that belong to no return and were sent nowhere else.' }),
    tracking: z.string().nullable(),
    receivedAt: Time,
    receivedBy: z.string(),
  })
  .meta({ id: 'ReceiptSummary' });

const CandidateBody = z
  .object({
    rma: z.string(),
    reasons: z.array(z.enum(candidateReasons)).meta({ description: 'Why it may be this return, the strongest first.' }),
    closed: z.boolean().meta({ description: 'Its goods reopen it.' }),
    awaited: z.int().meta({ description: 'Units of this parcel that it still waits for.' }),
  })
  .meta({ id: 'Candidate' });

export const ReceiptBody = ReceiptSummaryBody.extend({
  rma: z.string().nullable().meta({ description: 'As it was read on the parcel.' }),
  order: z.string().nullable(),
  buyer: z.string().nullable(),
  serials: z.array(z.string()),
  weightGrams: z.int().nullable(),
  note: z.string().nullable(),
  lines: z.array(
    z.object({
      line: z.string(),
      sku: z.string(),
      quantity: z.int(),
      left: z.int(),
      lot: z.string().nullable(),
      serials: z.array(z.string()),
      damagedInTransit: z.boolean(),
    }),
  ),
  shares: z
    .array(
      z.object({
        line: z.string(),
        quantity: z.int(),
        serials: z.array(z.string()),
        rma: z.string().nullable(),
        arrived: z.boolean().meta({
          description: 'Whether that return has it; one that waits for its review gets it once it is decided.',
        }),
        disposition: z.string().nullable(),
        evidence: z.string().nullable(),
      }),
    )
    .meta({ description: 'What left the receipt, and where to.' }),
  candidates: z.array(CandidateBody).meta({ description: 'Returns that it may belong to, the likeliest first.' }),
  identified: z
    .string()
    .nullable()
    .meta({ description: 'The one return that the clues name; null where they name none, several, or disagree.' }),
  orders: z.array(z.string()).meta({
    description: 'Orders that it may be of: where one has no return yet, ask for it first, then match.',
  }),
}).meta({ id: 'BlindReceipt' });
