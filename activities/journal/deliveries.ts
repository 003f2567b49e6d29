import type { Pool } from 'pg';
import type { DeliveryFacts } from '../../domain/delivery/events.ts';
import type { DeliveryKind } from '../../domain/delivery/kind.ts';
import { defaultDeliveryTerms } from '../../domain/delivery/terms.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { ReturnRequest } from '../../domain/return/request.ts';
import { withClient } from '../../prisma/client.ts';
import type { ComingBack, OpenedDelivery } from '../deliveries/port.ts';
import { deliveryProcess } from './process.ts';
import { readPage } from './tail.ts';
import { numberFor, routedRequest } from './unattended.ts';

type Sent = Omit<DeliveryFacts, 'tracking' | 'terms'> & { readonly policy: Policy | null };

/** The journal of a delivery; where it has none, what was sent in its parcel, under the rules of now. */
export function openDelivery(pool: Pool, { tracking }: { readonly tracking: string }): Promise<OpenedDelivery> {
  return withClient(pool, async (client): Promise<OpenedDelivery> => {
    const { rows } = await readPage<DeliveryKind>(client, deliveryProcess(tracking), 0);
    if (rows.length > 0) return { type: 'known', rows };
    const found = await client.query<Sent>({
      name: 'what was sent',
      text: `SELECT s.carrier, s.order_id AS order,
          (SELECT document FROM policies WHERE program = 'undeliverable'
           ORDER BY effective_from <= now() DESC, effective_from DESC, version DESC LIMIT 1) AS policy,
          (SELECT coalesce(jsonb_agg(jsonb_build_object('orderLine', l.id, 'sku', l.sku, 'quantity', f.quantity)
             ORDER BY l.number), '[]')
           FROM order_lines l JOIN (
             SELECT order_line_id, sum(quantity)::int AS quantity FROM fulfilments WHERE tracking = $1 GROUP BY 1
           ) f ON f.order_line_id = l.id) AS lines
        FROM shipments s WHERE s.tracking = $1`,
      values: [tracking],
    });
    const [sent] = found.rows;
    if (sent === undefined) return { type: 'unknown' };
    const { policy, ...facts } = sent;
    return { type: 'new', facts: { tracking, ...facts, terms: policy?.delivery ?? defaultDeliveryTerms } };
  });
}

/**
 * The return that a delivery comes back as: always the same for the same parcel. It goes where the policy routes it, is
 * paid as the policy first names it, and waits with that until its buyer has chosen.
 */
export async function returnOf(
  pool: Pool,
  { order, lines, reason, outbound, withdrawal }: ComingBack,
): Promise<{ readonly rma: string; readonly commandId: string; readonly request: ReturnRequest } | null> {
  const unrouted = {
    program: 'undeliverable',
    order,
    lines: lines.map(({ orderLine, quantity }, index) => ({ line: `L${index + 1}`, orderLine, quantity, reason })),
    method: 'drop_off',
    instrument: 'original',
    outbound,
    ...(withdrawal ? { withdrawal } : {}),
    remedy: 'open',
  } as const satisfies Omit<ReturnRequest, 'facility'>;
  const request = await routedRequest(pool, unrouted);
  if (request === null) return null;
  const commandId = `${deliveryProcess(outbound.tracking)}:start_return`;
  const rma = await numberFor(pool, commandId);
  return { rma, commandId, request };
}
