import { readRequestFacts } from '../../activities/journal/facts.ts';
import type { ReasonCode } from '../../domain/reasons.ts';
import type { OtherGoods } from '../../domain/return/commands.ts';
import type { ReturnRequest } from '../../domain/return/request.ts';
import type { Api } from '../api.ts';

type Came = Pick<ReturnRequest, 'program' | 'order' | 'method' | 'instrument'> & {
  readonly quantity: number;
  readonly orderLines: readonly string[];
};

/**
 * What is known now of the order's lines that goods which nobody asked back may be of; undefined where an entry of the queue is
 * not about such goods, or where their order has none like them.
 */
export async function otherGoods(
  { pool }: Api,
  rma: string,
  attention: string,
  reason: ReasonCode,
): Promise<OtherGoods | undefined> {
  const { rows } = await pool.query<Came>(
    `SELECT r.program, r.order_id AS order, r.method, r.instrument, sum(i.quantity)::int AS quantity,
       ARRAY(SELECT id FROM order_lines l WHERE l.order_id = r.order_id AND l.sku = i.sku ORDER BY number, kit_part) AS "orderLines"
     FROM attention a JOIN returns r ON r.rma = a.rma
       JOIN return_items i ON i.rma = a.rma AND i.line IS NULL AND (i.item = a.subject OR starts_with(i.item, a.subject || '.'))
     WHERE a.rma = $1 AND a.attention = $2 AND a.reason = 'wrong_item' GROUP BY r.rma, i.sku`,
    [rma, attention],
  );
  const [came] = rows;
  if (came === undefined || came.orderLines.length === 0) return undefined;
  const { quantity, orderLines, ...request } = came;
  const lines = orderLines.map((orderLine, index) => ({ line: `L${index + 1}`, orderLine, quantity, reason }));
  const facts = await readRequestFacts(pool, { ...request, lines });
  return facts === null ? undefined : { reason, order: facts.order };
}
