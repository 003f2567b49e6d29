import type { PoolClient } from 'pg';
import { goodsInRecall } from '../../domain/recall/number.ts';
import type { RecallReturn } from '../journal/recall-returns.ts';

type Asked = { readonly id: string; readonly order_line: string; readonly sku: string; readonly quantity: number };

/**
 * Has the goods brought back that a consignee says it holds, as far as no return was started for them: leaves one in the inbox, whose
 * sweeper starts returns, so many at a time, once each. A correction puts goods right where they are, a drill moves
 * none, and without a facility of ours there is nowhere to bring them.
 */
export async function askBack(
  client: PoolClient,
  {
    recall,
    consignee,
    response,
    by,
  }: Omit<RecallReturn, 'provider' | 'eventId' | 'order' | 'lines'> & {
    readonly recall: string;
    readonly consignee: string;
    readonly response: number;
  },
): Promise<void> {
  const order = goodsInRecall(recall, consignee);
  const { rows } = await client.query<Asked>({
    name: 'goods to ask back',
    text: `SELECT p.id::text, coalesce(p.order_line, $4 || ':' || p.id) AS order_line, p.sku, p.said_held + p.came_back - p.asked_back AS quantity
      FROM recall_positions p JOIN recalls r ON r.number = p.recall
      WHERE p.recall = $1 AND p.consignee = $2 AND p.response = $3 AND p.said_held + p.came_back > p.asked_back
        AND r.kind <> 'correction' AND NOT r.mock AND EXISTS (SELECT FROM facilities) ORDER BY p.id`,
    values: [recall, consignee, response, order],
  });
  if (rows.length === 0) return;
  const asked = JSON.stringify(rows);
  await client.query({
    name: 'goods in a recall',
    text: `INSERT INTO orders (id, kind, channel, currency, country, contact_id, placed_at)
      SELECT $1, 'recall', 'recall', coalesce((SELECT currency FROM lot_shipments WHERE consignee = k.id AND currency IS NOT NULL LIMIT 1), 'EUR'),
        coalesce(k.country, (SELECT country FROM facilities ORDER BY id LIMIT 1)), k.contact_id, now()
      FROM consignees k WHERE k.id = $2 ON CONFLICT (id) DO NOTHING`,
    values: [order, consignee],
  });
  await client.query({
    name: 'lines of goods in a recall',
    text: `INSERT INTO order_lines (id, order_id, number, sku, title, category, quantity, price, recalled, lots)
      SELECT n.order_line, $1, p.id, p.sku, p.sku, 'general', p.traced + p.taken_over + p.possible, 0, true, array_remove(ARRAY[p.lot], NULL)
      FROM jsonb_to_recordset($2::jsonb) AS n(id bigint, order_line text) JOIN recall_positions p ON p.id = n.id
      ON CONFLICT (id) DO UPDATE SET quantity = greatest(order_lines.quantity, EXCLUDED.quantity)`,
    values: [order, asked],
  });
  await client.query({
    name: 'units of goods in a recall',
    text: `INSERT INTO fulfilments AS f (id, order_line_id, quantity)
      SELECT l.id || ':most', l.id, l.quantity FROM order_lines l WHERE l.id = ANY ($1::text[])
      ON CONFLICT (id) DO UPDATE SET quantity = EXCLUDED.quantity WHERE f.quantity < EXCLUDED.quantity`,
    values: [rows.map(({ order_line }) => order_line)],
  });
  await client.query({
    name: 'asked back',
    text: `UPDATE recall_positions p SET asked_back = p.asked_back + n.quantity, order_line = n.order_line
      FROM jsonb_to_recordset($1::jsonb) AS n(id bigint, order_line text, quantity int) WHERE p.id = n.id`,
    values: [asked],
  });
  const starts: RecallReturn = {
    provider: 'recall',
    eventId: `${order}:${response}`,
    order,
    lines: rows.map(({ order_line: orderLine, sku, quantity }) => ({ orderLine, sku, quantity })),
    by,
  };
  await client.query({
    name: 'return to be started',
    text: 'INSERT INTO inbox (provider, event_id, payload, next_attempt_at) VALUES ($1, $2, $3, now()) ON CONFLICT (provider, event_id) DO NOTHING',
    values: [starts.provider, starts.eventId, JSON.stringify(starts)],
  });
}
