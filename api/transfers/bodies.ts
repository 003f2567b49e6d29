import { z } from 'zod';
import type { Attention, NetworkProcess, Transfer, TransferLine } from '../../prisma/generated/client.ts';
import { networkSummary, networkSummaryShape, networkWholeShape } from '../network/bodies.ts';

const Time = z.iso.datetime();

const LineBody = z.object({
  line: z.string(),
  sku: z.string(),
  lot: z.string().nullable(),
  serials: z.array(z.string()),
  quantity: z.int().meta({ description: 'What is wanted.' }),
  reserved: z.int().meta({ description: 'What the origin keeps, or kept, for it.' }),
  picked: z.int(),
  shipped: z.int().meta({ description: 'What left: each unit is in one of the six that follow.' }),
  inTransit: z.int(),
  received: z.int().meta({ description: 'Joined the stock of the place that they came to.' }),
  held: z.int().meta({ description: 'In quarantine there.' }),
  disposedOf: z.int(),
  lost: z.int(),
  atOrigin: z.int().meta({ description: 'Never left, as turned out.' }),
  damaged: z.int().meta({ description: 'Came damaged, whatever became of them.' }),
});

export const TransferSummaryBody = z
  .object({
    ...networkSummaryShape,
    from: z.string(),
    to: z.string(),
    reason: z.string(),
    plan: z.string().nullable().meta({ description: 'The plan that wants it; null where a person does.' }),
    trip: z.string().nullable(),
    carrier: z.string().nullable(),
    tracking: z.string().nullable(),
    shipBy: Time,
    arriveBy: Time,
    shippedAt: Time.nullable(),
    turnedBack: z.boolean().meta({ description: 'Called off under way: what has not come goes back.' }),
    lines: z.array(LineBody),
  })
  .meta({ id: 'TransferSummary' });

export const TransferBody = TransferSummaryBody.extend(networkWholeShape).meta({ id: 'Transfer' });

/** A row of the read model with what hangs on it. */
export type TransferRow = NetworkProcess & {
  readonly attention: readonly Attention[];
  readonly transfer: (Transfer & { readonly lines: readonly TransferLine[] }) | null;
};

/** What is read of a transfer with its row. */
export const withTransfer = {
  attention: { where: { resolvedAt: null }, orderBy: { raisedAt: 'asc' } },
  transfer: { include: { lines: { orderBy: { line: 'asc' } } } },
} as const;

/** A transfer as it leaves; null where its own rows aren't there, which append writes with the others. */
export function transferSummary(row: TransferRow): z.infer<typeof TransferSummaryBody> | null {
  if (row.transfer === null) return null;
  const { origin, destination, reason, plan, trip, carrier, tracking, turnedBack, lines, ...times } = row.transfer;
  return {
    ...networkSummary(row),
    ...{ from: origin, to: destination, reason, plan, trip, carrier, tracking, turnedBack },
    shipBy: times.shipBy.toISOString(),
    arriveBy: times.arriveBy.toISOString(),
    shippedAt: times.shippedAt?.toISOString() ?? null,
    lines: lines.map(({ number: _, ...line }) => line),
  };
}
