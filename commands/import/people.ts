import type { PrismaClient } from '../../prisma/client.ts';

/** A row that no return could be made of, as a person finds it in the queue. Codes and ids only. */
export type QueuedRow = {
  /** The row's own id, so that it is never there twice. */
  readonly id: string;
  readonly document: string;
  readonly reason: string;
  readonly detail: string | null;
  readonly codes: {
    readonly row: number;
    readonly sku: string | null;
    readonly quantity: number | null;
    readonly unitPrice: number | null;
    readonly currency: string | null;
    readonly buyer: string | null;
    readonly candidates: readonly string[];
    /** What was wrong with a row that could not be read: `Quantity:quantity_invalid`. */
    readonly faults: readonly string[];
  };
};

/** Puts a row into the people's queue, once. */
export async function queueForPeople(db: PrismaClient, row: QueuedRow): Promise<void> {
  const { id, document, reason, detail, codes } = row;
  const data = {
    id,
    reason,
    subject: document,
    detail,
    codes: JSON.parse(JSON.stringify(codes)),
    raisedAt: new Date(),
  };
  await db.attention.createMany({ data, skipDuplicates: true });
}
