import { Prisma, type PrismaClient } from '../../prisma/generated/client.ts';

/** A line of a sale that one of the serials was sold on. */
export type SoldLine = { readonly order: string; readonly sku: string; readonly serials: readonly string[] };

/** The lines of sales that any of these serials was sold on. The index has only lines with serials, which the question must say. */
export const linesBySerial = (db: PrismaClient, serials: readonly string[]): Promise<readonly SoldLine[]> =>
  serials.length === 0
    ? Promise.resolve([])
    : db.$queryRaw<SoldLine[]>`
        SELECT l.order_id AS "order", l.sku, l.serials FROM order_lines l JOIN orders o ON o.id = l.order_id
        WHERE l.serials && ARRAY[${Prisma.join([...serials])}] AND l.serials <> '{}' AND o.kind = 'sale' LIMIT 100`;
