import type { ClientBase, Pool } from 'pg';
import type { Basket } from '../../domain/sale/basket.ts';

/**
 * All that was sold with an order, as SQL: its promotions, and what the settlements of its other returns took of each line.
 * Null where the order has no promotions. The order is $1, the return that asks $2.
 */
export const BASKET = `(
  SELECT CASE WHEN count(*) FILTER (WHERE l.promotions <> '[]') > 0 THEN jsonb_build_object(
    'promotions', (
      SELECT jsonb_agg(jsonb_build_object('promotion', promotion, 'terms', terms, 'saved', saved) ORDER BY promotion, terms) FROM (
        SELECT p->>'promotion' AS promotion, p->'terms' AS terms, sum((p->>'off')::bigint) AS saved
        FROM order_lines s, jsonb_array_elements(s.promotions) AS p WHERE s.order_id = $1 GROUP BY 1, 2) AS each),
    'others', (SELECT count(*) FROM settlements s JOIN returns r USING (rma) WHERE r.order_id = $1 AND r.rma <> $2),
    'lines', jsonb_agg(jsonb_build_object('orderLine', l.id, 'sku', l.sku, 'category', l.category, 'quantity', l.quantity,
      'price', l.price, 'discount', l.discount,
      'promoted', (SELECT coalesce(sum((p->>'off')::bigint), 0) FROM jsonb_array_elements(l.promotions) AS p),
      'settled', coalesce(gone.part, '{"quantity": 0, "price": 0, "discount": 0}')) ORDER BY l.number)) END
  FROM order_lines l LEFT JOIN (
    SELECT r.order_line_id, jsonb_build_object('quantity', sum((part->>'quantity')::int),
      'price', sum((part->>'price')::bigint), 'discount', sum((part->>'discount')::bigint)) AS part
    FROM returns others JOIN journal j ON j.process = 'return:' || others.rma,
      jsonb_array_elements(j.events) AS event, jsonb_array_elements(event->'lines') AS part
      JOIN return_lines r ON r.line = part->>'line'
    WHERE others.order_id = $1 AND others.rma <> $2 AND r.rma = others.rma AND event->>'type' = 'settlement_due'
    GROUP BY r.order_line_id
  ) AS gone ON gone.order_line_id = l.id
  WHERE l.order_id = $1)`;

/** What is left of an order with promotions for one of its returns. @throws where it has none */
export async function readBasket(db: Pool | ClientBase, order: string, rma: string): Promise<Basket> {
  const { rows } = await db.query<{ basket: Basket | null }>(`SELECT ${BASKET} AS basket`, [order, rma]);
  const basket = rows[0]?.basket;
  if (basket == null) throw new Error(`Order ${order} has no promotions.`);
  return basket;
}
