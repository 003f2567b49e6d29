import { z } from 'zod';
import { holdCauses } from '../../domain/transfer/events.ts';
import type { Attention, NetworkProcess, Transfer, TransferLine } from '../../prisma/generated/client.ts';
import { MoneyBody, moneyOut } from '../money.ts';
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
  isOut: z.boolean().meta({ description: 'A recall has stopped it before it left: it stays at the origin.' }),
  unitCost: MoneyBody.nullable().meta({
    description: 'What a unit is carried at, as the last sale of its SKU told it.',
  }),
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

/** What waits in it or is claimed for it, as the read model keeps it. */
const Kept = {
  claims: z.array(
    z.object({
      claim: z.string(),
      line: z.string(),
      quantity: z.int(),
      dueAt: Time,
      isLate: z.boolean(),
      paid: z.int().nullable(),
      isObsolete: z.boolean().default(false),
    }),
  ),
  holds: z.array(
    z.object({
      held: z.string(),
      line: z.string(),
      quantity: z.int(),
      cause: z.enum(holdCauses),
      facility: z.string(),
    }),
  ),
  surpluses: z.array(
    z.object({
      surplus: z.string(),
      sku: z.string(),
      lot: z.string().nullable(),
      quantity: z.int(),
      facility: z.string(),
    }),
  ),
};

const wholeShape = {
  currency: z.string().nullable().meta({
    description: 'In which its goods are carried and claims are paid; null where no cost of them is known.',
  }),
  claims: z.array(
    Kept.claims.element.extend({
      dueAt: Time.meta({ description: 'When a person hears that the carrier is silent.' }),
      paid: MoneyBody.nullable().meta({
        description: 'Null while the carrier has yet to answer, or where it pays nothing.',
      }),
      isSettled: z.boolean(),
      isObsolete: z.boolean().meta({ description: 'What it was paid for has come after all.' }),
    }),
  ),
  holds: Kept.holds.meta({ description: 'What waits in quarantine where it came to.' }),
  surpluses: Kept.surpluses.meta({ description: 'What came beside the papers and nobody has decided about.' }),
};

export const TransferBody = TransferSummaryBody.extend({ ...wholeShape, ...networkWholeShape }).meta({
  id: 'Transfer',
});

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
  const { origin, destination, reason, plan, trip, carrier, tracking, turnedBack, currency, lines, ...times } =
    row.transfer;
  return {
    ...networkSummary(row),
    ...{ from: origin, to: destination, reason, plan, trip, carrier, tracking, turnedBack },
    shipBy: times.shipBy.toISOString(),
    arriveBy: times.arriveBy.toISOString(),
    shippedAt: times.shippedAt?.toISOString() ?? null,
    lines: lines.map(({ number: _, unitCost, ...line }) => ({
      ...line,
      unitCost: unitCost === null || currency === null ? null : moneyOut(Number(unitCost), currency),
    })),
  };
}

/** What is told of one alone. */
export function transferParts({ currency, ...kept }: Transfer) {
  return {
    currency,
    claims: Kept.claims.parse(kept.claims).map(({ paid, ...claim }) => ({
      ...claim,
      isSettled: paid !== null,
      paid: paid === null || paid === 0 || currency === null ? null : moneyOut(paid, currency),
    })),
    holds: Kept.holds.parse(kept.holds),
    surpluses: Kept.surpluses.parse(kept.surpluses),
  };
}
