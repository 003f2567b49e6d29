import { z } from 'zod';
import type { StockLevel } from '../../prisma/generated/client.ts';
import { type Endpoint, endpoint } from '../endpoint.ts';
import { LocalId, OutsideCode } from '../fields.ts';
import { cursorParameter, cursorText, limitParameter, listBody, pageOf } from '../page.ts';
import { Problem } from '../problem.ts';
import { getPositions } from './positions.ts';

const LevelBody = z
  .object({
    facility: z.string(),
    sku: z.string(),
    onHand: z.int(),
    reserved: z.int().meta({ description: 'Of these, what is kept for buyers and transfers.' }),
    toldAt: z.iso.datetime(),
  })
  .meta({ id: 'StockLevel' });

const tellStock = endpoint({
  method: 'post',
  path: '/v1/stock-levels',
  id: 'tellStock',
  tag: 'Stock',
  summary: 'Say how many units of SKUs facilities have',
  description:
    'Goods for exchanges, replacements and transfers are kept in the stock that is told here, never more than is on hand; what is ' +
    'shipped leaves it, and what a transfer brings joins it. All of the levels are taken, or none: no fewer can be told than are kept.',
  permission: 'stock:tell',
  body: z
    .strictObject({
      levels: z
        .array(z.strictObject({ facility: LocalId, sku: OutsideCode, onHand: z.int().min(0).max(1_000_000_000) }))
        .min(1)
        .max(1000),
    })
    .meta({ id: 'StockCount' }),
  responses: { 200: { description: 'The levels as they are now.', schema: z.object({ data: z.array(LevelBody) }) } },
  problems: [409, 422],
  handle: async ({ body: { levels } }, { db }) => {
    const asked = new Set(levels.map(({ facility }) => facility));
    const known = await db.facility.findMany({ where: { id: { in: [...asked] } }, select: { id: true } });
    const unknown = levels.findIndex(({ facility }) => !known.some(({ id }) => id === facility));
    if (unknown >= 0) {
      const detail = `there is no facility ${levels[unknown]?.facility}`;
      throw new Problem(422, 'unknown_facility', detail, { field: `levels[${unknown}].facility` });
    }
    // In the order in which reservations lock them, so that neither waits for the other.
    const sorted = [...levels.entries()].sort(([, a], [, b]) => (keyOf(a) < keyOf(b) ? -1 : 1));
    const rows = await db.$transaction(async (within) => {
      const told: StockLevel[] = [];
      for (const [index, { facility, sku, onHand }] of sorted) {
        const [row] = await within.$queryRaw<StockLevel[]>`
          INSERT INTO stock_levels AS level (facility, sku, on_hand) VALUES (${facility}, ${sku}, ${onHand})
          ON CONFLICT (sku, facility) DO UPDATE SET on_hand = EXCLUDED.on_hand, told_at = now()
          WHERE level.reserved <= EXCLUDED.on_hand
          RETURNING facility, sku, on_hand AS "onHand", reserved, told_at AS "toldAt"`;
        if (row === undefined) {
          const detail = `more than ${onHand} unit(s) of ${sku} are kept at ${facility}; cancel an exchange or a transfer first`;
          throw new Problem(409, 'stock_reserved', detail, { field: `levels[${index}].onHand` });
        }
        told.push(row);
      }
      return told;
    });
    return { status: 200, body: { data: rows.map(levelOut) } };
  },
});

const keyOf = ({ facility, sku }: { readonly facility: string; readonly sku: string }) => `${facility}\n${sku}`;

const listStock = endpoint({
  method: 'get',
  path: '/v1/stock-levels',
  id: 'listStock',
  tag: 'Stock',
  summary: 'The stock that goods for buyers and transfers are kept in',
  description: 'By SKU and facility.',
  permission: 'stock:read',
  query: z.strictObject({
    sku: OutsideCode.optional(),
    limit: limitParameter,
    cursor: cursorParameter(z.tuple([cursorText, cursorText])),
  }),
  responses: { 200: { description: 'A page of levels.', schema: listBody(LevelBody) } },
  handle: async ({ query: { sku, limit, cursor } }, { db }) => {
    const after =
      cursor === undefined ? {} : { OR: [{ sku: { gt: cursor[0] } }, { sku: cursor[0], facility: { gt: cursor[1] } }] };
    const rows = await db.stockLevel.findMany({
      where: { ...(sku === undefined ? {} : { sku }), ...after },
      orderBy: [{ sku: 'asc' }, { facility: 'asc' }],
      take: limit + 1,
    });
    const page = pageOf(rows, limit, (row) => [row.sku, row.facility]);
    return { status: 200, body: { data: page.rows.map(levelOut), nextCursor: page.nextCursor } };
  },
});

const levelOut = ({ facility, sku, onHand, reserved, toldAt }: StockLevel): z.infer<typeof LevelBody> => ({
  facility,
  sku,
  onHand,
  reserved,
  toldAt: toldAt.toISOString(),
});

/** The shop's stock, as far as goods go out for what comes back. */
export const stockEndpoints: readonly Endpoint[] = [tellStock, listStock, getPositions];
