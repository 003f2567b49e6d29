import type { Projection } from '../../domain/return/projection.ts';
import type { Row } from './table.ts';

/** Items of a return of a recall as they are after a step; of those that are gone nothing is left. */
export const recalledGoods = {
  item: 'text',
  order_line: 'text',
  lot: 'text',
  quantity: 'int',
  destroyed: 'boolean',
} as const;

/** Items of a recall's return that a step changed, by the order lines that they came back on. */
export function recalledGoodsOf({ return: { program }, lines, items, goneItems }: Projection): readonly Row[] {
  if (program !== 'recall') return [];
  const orderLines = new Map(lines.map(({ line, orderLine }) => [line, orderLine]));
  return [
    ...items.map(({ item, line, lot, quantity, stage, disposition }) => ({
      ...{ item, lot, quantity, order_line: line === null ? null : orderLines.get(line) },
      destroyed: stage === 'disposed' && disposition === 'destroy',
    })),
    ...goneItems.map((item) => ({ item, lot: null, quantity: 0, order_line: null, destroyed: false })),
  ];
}

/**
 * What came back of a consignee's goods in a recall, and what of that was destroyed: by how much the items that changed say more or
 * less than they did. Goods of another lot than the position's aren't those that were asked back.
 *
 * @param items the rows, as `n`
 * @param guard what must be so for anything to be written
 */
export const countRecalled = (items: string, guard: string): string =>
  `UPDATE recall_positions p SET came_back = p.came_back + moved.came, destroyed_here = p.destroyed_here + moved.destroyed
    FROM (
      SELECT p.id, sum(i.quantity) AS came, coalesce(sum(i.quantity) FILTER (WHERE i.destroyed), 0) AS destroyed
      FROM (
        SELECT order_line, lot, quantity, destroyed FROM ${items}
        UNION ALL
        SELECT l.order_line_id, o.lot, -o.quantity, o.stage = 'disposed' AND o.disposition = 'destroy'
        FROM ${items} JOIN return_items o ON o.rma = $5 AND o.item = n.item JOIN return_lines l ON l.rma = o.rma AND l.line = o.line
      ) AS i JOIN recall_positions p ON p.order_line = i.order_line AND (p.lot IS NULL OR i.lot IS NULL OR p.lot = i.lot)
      GROUP BY p.id
    ) AS moved WHERE p.id = moved.id AND (moved.came <> 0 OR moved.destroyed <> 0) AND ${guard}`;
