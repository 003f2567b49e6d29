import type { WantedItem } from '../../domain/execution/item.ts';
import { itemKey } from '../../domain/execution/item.ts';
import type { Disposition } from '../../domain/goods/disposition.ts';
import type { Grade } from '../../domain/goods/grading.ts';
import { Prisma, type PrismaClient } from '../../prisma/generated/client.ts';
import { Problem } from '../problem.ts';

/** So many items go one way together; what waits beyond that goes with the next. */
export const MOST_ITEMS = 250;

/** Which items: named ones, or all that wait at a facility. */
export type Wish = {
  readonly facility: string;
  readonly currency?: string | undefined;
  readonly category?: string | undefined;
  readonly sku?: string | undefined;
  readonly grade?: Grade | undefined;
  readonly items?: readonly { readonly rma: string; readonly item: string }[] | undefined;
};

type Row = {
  readonly rma: string;
  readonly item: string;
  readonly sku: string;
  readonly quantity: number;
  readonly lot: string | null;
  readonly serials: readonly string[];
  readonly grade: Grade | null;
  readonly cost: bigint;
  readonly currency: string;
};

/** Our own equipment is sold by itself: its confirmation books what it brought against its book value. */
const notAssets = Prisma.sql`AND o.book_value IS NULL`;

/**
 * The items that wait at a facility to go a way and are in no execution, oldest return first; each is asked of its return
 * before it goes along.
 * @throws {Problem} 422 where a named item doesn't wait, nothing does, or several currencies would mix
 */
export async function waitingItems(
  db: PrismaClient,
  disposition: Disposition,
  wish: Wish,
): Promise<{ readonly currency: string; readonly items: readonly WantedItem[] }> {
  const named = wish.items?.map(itemKey);
  const rows = await db.$queryRaw<Row[]>`
    SELECT i.rma, i.item, i.sku, i.quantity, i.lot, i.serials, i.grade, i.cost, r.currency
    FROM return_items i JOIN returns r ON r.rma = i.rma
      LEFT JOIN return_lines l ON l.rma = i.rma AND l.line = i.line
      LEFT JOIN order_lines o ON o.id = l.order_line_id
    WHERE i.stage = 'disposing' AND i.execution IS NULL AND i.disposition = ${disposition}
      AND r.facility = ${wish.facility}
      ${wish.currency === undefined ? Prisma.empty : Prisma.sql`AND r.currency = ${wish.currency}`}
      ${wish.category === undefined ? Prisma.empty : Prisma.sql`AND o.category = ${wish.category}`}
      ${wish.sku === undefined ? Prisma.empty : Prisma.sql`AND i.sku = ${wish.sku}`}
      ${wish.grade === undefined ? Prisma.empty : Prisma.sql`AND i.grade = ${wish.grade}`}
      ${disposition === 'liquidate' ? notAssets : Prisma.empty}
      ${named === undefined ? Prisma.empty : Prisma.sql`AND i.rma || '/' || i.item = ANY(${named})`}
    ORDER BY r.requested_at, i.rma, i.item LIMIT ${MOST_ITEMS}`;
  const absent = (wish.items ?? []).findIndex((each) => !rows.some((row) => itemKey(row) === itemKey(each)));
  if (absent >= 0) {
    throw new Problem(422, 'item_not_waiting', `this item does not wait at ${wish.facility} to go this way`, {
      field: `items[${absent}]`,
    });
  }
  const [first] = rows;
  if (first === undefined) {
    throw new Problem(422, 'nothing_waiting', `nothing waits at ${wish.facility} to go this way`);
  }
  if (rows.some(({ currency }) => currency !== first.currency)) {
    throw new Problem(422, 'currencies_mixed', 'the items were sold in several currencies; name one', {
      field: 'currency',
    });
  }
  const items = rows.map(({ currency: _, cost, ...row }) => ({ ...row, cost: Number(cost) }));
  return { currency: first.currency, items };
}
