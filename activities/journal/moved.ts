import type { ClientBase, DatabaseError } from 'pg';
import type { RecalledGoods } from '../../domain/return/recalled.ts';
import { readBasket } from './basket.ts';
import { readPayments } from './facts.ts';
import type { AppendInput, JournalKind, StaleNews } from './port.ts';
import { numberOf } from './process.ts';

/** What had passed when an append was to be written, as the database's rule that barred it tells. */
export type Moved = 'payments' | 'basket' | { readonly stoppedBy: string };

/** What bars giving back more than a payment has. */
const OVER_CAPTURED: readonly (string | undefined)[] = [
  'payments_refunded_within_captured',
  'payments_credited_within_captured',
  'payments_refunded_beside_charged_back',
  'payments_settled_by_chargeback_within',
];

/** What bars pricing again what was kept, when another return of the order has settled meanwhile. */
const BASKET_MOVED = 'settlements_count_in_others';

/** What bars selling goods that a recall has stopped; the error's detail names the recall. */
const STOPPED = 'stock_entries_none_stopped';

/** Null where a rule was broken that nothing but a bug of ours breaks. */
export function movedBy({ constraint, detail }: DatabaseError): Moved | null {
  if (OVER_CAPTURED.includes(constraint)) return 'payments';
  if (constraint === BASKET_MOVED) return 'basket';
  return constraint === STOPPED ? { stoppedBy: detail ?? '' } : null;
}

/** How that is now, for a process to decide again; null where only the return of an order can be told. */
export async function readMoved<K extends JournalKind>(
  client: ClientBase,
  moved: Moved,
  order: string | null,
  { process, stock }: AppendInput<K>,
): Promise<StaleNews | null> {
  if (moved === 'payments')
    return order === null ? null : { type: 'payments', payments: await readPayments(client, order) };
  if (moved === 'basket') {
    return order === null ? null : { type: 'basket', basket: await readBasket(client, order, numberOf(process)) };
  }
  const { stoppedBy: recall } = moved;
  const stopped = await readStopped(
    client,
    recall,
    stock.map(({ sku }) => sku),
  );
  // Of which lots a line was sold may have been told since the return was asked for: then it can't find that out itself.
  const unread = new Set(stock.flatMap(({ sku, lot }) => (lot === null ? [sku] : [])));
  const isUnread = [...unread].filter((sku) => stopped.some((goods) => goods.sku === sku && goods.lot !== null));
  const goods = [...stopped, ...isUnread.map((sku) => ({ sku, lot: null, unread: true }) as const)];
  return { type: 'stop_sale', recall, goods };
}

/** What a recall has stopped of these SKUs, lot by lot; nothing once it is withdrawn. */
async function readStopped(
  client: ClientBase,
  recall: string,
  skus: readonly string[],
): Promise<readonly RecalledGoods[]> {
  const { rows } = await client.query<RecalledGoods>({
    name: 'stopped goods',
    text: `SELECT sku, lot FROM stop_sales WHERE recall = $1 AND sku = ANY ($2::text[]) AND NOT mock AND lifted_at IS NULL
      ORDER BY sku, lot`,
    values: [recall, skus],
  });
  return rows;
}
