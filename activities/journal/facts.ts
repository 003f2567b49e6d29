import type { ClientBase, Pool } from 'pg';
import { countUnits, joinUnits, type Units, withoutUnits } from '../../domain/goods/units.ts';
import { floorUnder } from '../../domain/policy/law.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { policyForSale } from '../../domain/policy/rules-for.ts';
import type { RequestFacts } from '../../domain/return/commands.ts';
import type { ReturnRequest } from '../../domain/return/request.ts';
import type { Basket } from '../../domain/sale/basket.ts';
import type { OrderKind, OrderLineFacts, PaymentFacts } from '../../domain/sale/order.ts';
import { BASKET } from './basket.ts';
import { unitsOf } from './multirange.ts';
import { processOf } from './process.ts';
import { receiptSchedule } from './schedule.ts';
import { planHolds, type Want } from './unit-holds.ts';

/** A request before it is known which facility receives it: what is decided on doesn't depend on that. */
type Unrouted = Omit<ReturnRequest, 'facility'>;

/** What the database says about a request, before any unit is reserved. */
export type Reading = {
  readonly order: string;
  readonly kind: OrderKind;
  readonly currency: string;
  readonly channel: string;
  readonly country: string;
  readonly placedAt: string;
  readonly lastDeliveredAt: string | null;
  readonly shippingCharged: number;
  readonly unitsSent: number;
  readonly buyer: string | null;
  readonly buyerBlocked: boolean;
  readonly buyerGroup: string | null;
  readonly recentReturns: number;
  readonly policy: Policy;
  readonly lines: readonly LineReading[];
  readonly payments: readonly PaymentFacts[];
  readonly basket?: Basket;
  /** The process has a journal already. */
  readonly known: boolean;
};

/** `taken` are the units of other returns, `own` those of this one by return line. */
type LineReading = Omit<OrderLineFacts, 'returnable' | 'held'> & {
  readonly taken: Units;
  readonly own: Readonly<Record<string, Units>>;
};

/**
 * What a return with this request would be decided on if it came now; nothing is reserved. Null where there is no such
 * order; order lines that aren't on it are left out.
 *
 * @param options.rma a return that exists already, so that its own units count as free
 */
export async function readRequestFacts(
  db: Pool | ClientBase,
  request: Unrouted,
  options: { readonly rma?: string; readonly now?: Date } = {},
): Promise<RequestFacts | null> {
  const reading = await readOrder(db, request, options.rma ?? '');
  if (reading === null) return null;
  const plan = planHolds(wantsOf(request), reading.lines);
  return factsOf(reading, request, new Map(plan.map(({ line, units }) => [line, units])), options.now ?? new Date());
}

/** What each line of a request wants to hold; lines that aren't on the order want nothing. */
export const wantsOf = (request: Unrouted): readonly Want[] =>
  request.lines.map(({ line, orderLine, quantity }) => ({ line, orderLine, total: quantity }));

/** The facts of a request as of a reading, with what its lines hold. */
export function factsOf(
  { lines, payments, policy, known: _, ...order }: Reading,
  request: Unrouted,
  held: ReadonlyMap<string, Units>,
  now: Date,
): RequestFacts {
  const { channel, country, placedAt } = order;
  return {
    order: {
      ...order,
      lines: lines.map(({ taken, own: _, ...line }) => ({
        ...line,
        returnable: countUnits(withoutUnits([[0, line.fulfilled]], taken)),
        held: request.lines
          .filter(({ orderLine }) => orderLine === line.orderLine)
          .map((asked) => held.get(asked.line) ?? [])
          .reduce(joinUnits, []),
      })),
      payments,
    },
    policy,
    // A right to withdraw is from a contract that can be named; who declares to withdraw from what was never delivered has
    // that of any shopper. It is the buyer's, not that of who was given the goods.
    floor:
      order.kind === 'without_receipt' || request.gift === true
        ? null
        : floorUnder({
            program: request.withdrawal === true ? 'customer' : request.program,
            channel,
            country,
            placedAt,
          }),
    schedule: receiptSchedule(policyForSale(policy, order), now.toISOString()),
  };
}

type Found = Omit<Reading, 'lines'> & {
  readonly policy: Policy | null;
  readonly lines: readonly (Omit<LineReading, 'taken' | 'own'> & {
    readonly taken: string | null;
    readonly own: Readonly<Record<string, string>> | null;
  })[];
};

/**
 * Whether a line's goods are in a recall. Its lots stay what they are when the recall is over; a SKU that was recalled as a whole
 * is sold again then.
 */
const STOPPED = `EXISTS (
  SELECT FROM stop_sales s JOIN recalls r ON r.number = s.recall
  WHERE NOT s.mock AND s.lifted_at IS NULL AND s.sku = l.sku AND (s.lot = ANY (l.lots) OR (s.lot IS NULL AND r.status <> 'closed')))`;

const PAYMENTS = `(
  SELECT coalesce(jsonb_agg(jsonb_build_object('payment', id, 'provider', provider, 'providerPaymentId', provider_payment_id,
    'captured', captured, 'refunded', refunded, 'disputed', disputed) || coalesce((
      SELECT jsonb_build_object('settledByChargeback', settled_by_chargeback, 'disputes', jsonb_agg(jsonb_build_object(
        'dispute', d.id, 'status', d.status, 'amount', d.amount,
        'at', to_char(d.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY d.id))
      FROM disputes d WHERE d.payment = payments.id HAVING count(*) > 0), '{}')
    || CASE WHEN credited > 0 THEN jsonb_build_object('credited', credited) ELSE '{}' END ORDER BY id), '[]')
  FROM payments WHERE order_id = $1)`;

// Of an order line: the serials that replaced others or were repaired, and all that its buyer has, where any did. What was replaced and never
// given again is theirs no more; where the sale recorded no serials, none is foreign.
const REPLACED = `
  SELECT jsonb_build_object('coveredUntil', jsonb_object_agg(w.serial,
      to_char(w.covered_until AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') ORDER BY w.covered_from),
      'repaired', coalesce(jsonb_agg(DISTINCT w.serial) FILTER (WHERE w.repaired), '[]'))
    || CASE WHEN l.serials = '{}' THEN '{}' ELSE jsonb_build_object('serials', (
      SELECT coalesce(jsonb_agg(had.serial ORDER BY had.serial), '[]') FROM (
        SELECT unnest(l.serials) AS serial UNION SELECT serial FROM warranties WHERE order_line_id = l.id) AS had
      WHERE NOT EXISTS (SELECT FROM warranties gone WHERE gone.order_line_id = l.id AND gone.replaces = had.serial
        AND NOT EXISTS (SELECT FROM warranties again WHERE again.order_line_id = l.id AND again.serial = had.serial
          AND again.covered_from > gone.covered_from)))) END
  FROM warranties w WHERE w.order_line_id = l.id HAVING count(*) > 0`;

// The kit that a line was sold in, with what of each component no other return holds.
const KIT = `(SELECT jsonb_build_object('kit', jsonb_build_object('kit', k.id, 'sku', k.sku, 'components', (
    SELECT jsonb_agg(jsonb_build_object('orderLine', c.id, 'units', c.kit_units, 'returnable', c.fulfilled - (
      SELECT coalesce(sum(upper(part) - lower(part)), 0) FROM unit_holds h, unnest(h.units) AS part
      WHERE h.order_line_id = c.id AND h.rma <> $2)) ORDER BY c.kit_part) FROM order_lines c WHERE c.kit_id = k.id)))
  FROM kits k WHERE k.id = l.kit_id)`;

// Sections of one bulk return (`RMA.01`) count as one return. The policy is the one that the sale froze, if it is of this program, else the latest in force when it was placed, else the first there was.
const READING = `SELECT jsonb_build_object(
    'order', o.id, 'kind', o.kind, 'validFrom', to_char(o.valid_from AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'validUntil', to_char(o.valid_until AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'currency', o.currency, 'channel', o.channel, 'country', o.country, 'buyer', o.buyer_id,
    'placedAt', to_char(o.placed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'shippingCharged', o.shipping_charged,
    'unitsSent', (SELECT coalesce(sum(fulfilled), 0) FROM order_lines WHERE order_id = o.id),
    'lastDeliveredAt', (
      SELECT CASE WHEN count(*) = count(f.delivered_at)
        THEN to_char(max(f.delivered_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') END
      FROM order_lines l JOIN fulfilments f ON f.order_line_id = l.id WHERE l.order_id = o.id),
    'buyerBlocked', coalesce(b.blocked, false), 'buyerGroup', b.buyer_group, 'policy', p.document, 'payments', ${PAYMENTS},
    'known', EXISTS (SELECT FROM journal WHERE process = $5),
    'recentReturns', (
      SELECT count(DISTINCT split_part(r.rma, '.', 1)) FROM orders others JOIN returns r ON r.order_id = others.id
      WHERE others.buyer_id = o.buyer_id AND NOT r.gift AND split_part(r.rma, '.', 1) <> split_part($2, '.', 1)
        AND r.requested_at > now() - make_interval(days => (p.document #>> '{review,frequentReturns,days}')::int)),
    'lines', (
      SELECT coalesce(jsonb_agg(jsonb_build_object(
        'orderLine', l.id, 'sku', l.sku, 'category', l.category, 'quantity', l.quantity, 'fulfilled', l.fulfilled,
        'deliveredAt', (SELECT to_char(max(delivered_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
                        FROM fulfilments WHERE order_line_id = l.id),
        'price', l.price, 'discount', l.discount, 'tax', l.tax, 'finalSale', l.final_sale, 'hygiene', l.hygiene,
        'hazardous', l.hazardous, 'recalled', l.recalled OR ${STOPPED}, 'lotControlled', l.lot_controlled, 'lots', l.lots,
        'serials', l.serials, 'unitCost', l.unit_cost, 'unitWeightGrams', l.unit_weight_grams,
        'taken', (SELECT range_agg(units)::text FROM unit_holds WHERE order_line_id = l.id AND rma <> $2),
        'own', (SELECT jsonb_object_agg(line, units::text) FROM unit_holds WHERE order_line_id = l.id AND rma = $2)
      ) || CASE WHEN l.credit_a IS NULL THEN '{}' ELSE jsonb_build_object('creditByGrade',
        jsonb_build_object('A', l.credit_a, 'B', l.credit_b, 'C', l.credit_c, 'D', l.credit_d)) END
        || CASE WHEN o.kind = 'without_receipt' THEN '{"withoutReceipt": true}' ELSE '{}'::jsonb END
        || CASE WHEN l.data_bearing THEN jsonb_build_object('dataBearing', true) ELSE '{}' END
        || coalesce((SELECT jsonb_build_object('refurbished', jsonb_object_agg(serial, times)) FROM (
          SELECT serial, sum(i.refurbished) AS times FROM return_items i, unnest(i.serials) AS serial
          WHERE i.refurbished > 0 AND i.serials && l.serials AND i.rma <> $2 AND serial = ANY(l.serials) GROUP BY serial
        ) AS r HAVING count(*) > 0), '{}')
        || coalesce((${REPLACED}), '{}')
        || coalesce(${KIT}, '{}')
        || CASE WHEN l.book_value IS NULL THEN '{}' ELSE jsonb_build_object('bookValue', l.book_value) END ORDER BY l.number, l.kit_part), '[]')
      FROM order_lines l WHERE l.order_id = o.id AND l.id = ANY($3::text[]))
  ) || jsonb_strip_nulls(jsonb_build_object('basket', ${BASKET})) AS reading
  FROM orders o LEFT JOIN buyers b ON b.id = o.buyer_id
  LEFT JOIN LATERAL (SELECT coalesce(
    (SELECT document FROM policies WHERE id = o.policy_id AND version = o.policy_version AND program = $4),
    (SELECT document FROM policies WHERE program = $4
     ORDER BY effective_from <= o.placed_at DESC,
       CASE WHEN effective_from <= o.placed_at THEN effective_from END DESC, effective_from, version DESC
     LIMIT 1)) AS document) p ON true
  WHERE o.id = $1`;

/** Reads all that a request is decided on, in one statement and so as of one moment. Null where there is no such order. */
export async function readOrder(db: Pool | ClientBase, request: Unrouted, rma: string): Promise<Reading | null> {
  const found = await db.query<{ reading: Found }>({
    name: 'request facts',
    text: READING,
    values: [request.order, rma, request.lines.map((line) => line.orderLine), request.program, processOf(rma)],
  });
  const reading = found.rows[0]?.reading;
  if (reading === undefined) return null;
  if (reading.policy === null) throw new Error(`There is no policy for the program ${request.program}.`);
  return {
    ...reading,
    lines: reading.lines.map((line) => ({
      ...line,
      taken: unitsOf(line.taken ?? ''),
      own: Object.fromEntries(Object.entries(line.own ?? {}).map(([name, units]) => [name, unitsOf(units)])),
    })),
  };
}

/** An order's payments as they are now. */
export async function readPayments(db: Pool | ClientBase, order: string): Promise<readonly PaymentFacts[]> {
  const found = await db.query<{ payments: readonly PaymentFacts[] }>(`SELECT ${PAYMENTS} AS payments`, [order]);
  return found.rows[0]?.payments ?? [];
}
