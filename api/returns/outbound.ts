import type { Program } from '../../domain/policy/policy.ts';
import type { RequestedLine, ReturnRequest } from '../../domain/return/request.ts';
import type { PrismaClient } from '../../prisma/generated/client.ts';
import { Problem } from '../problem.ts';

/**
 * The parcel that a return of the program `undeliverable` is about: one of the order that was sent, has not arrived and
 * holds what comes back. Nothing where the program is another.
 * @throws {Problem} 422 `tracking_missing`, `tracking_not_expected`, `unknown_shipment`, `shipment_delivered` or
 * `not_in_shipment`
 */
export async function outboundParcel(
  db: PrismaClient,
  asked: { readonly program: Program; readonly order: string; readonly tracking?: string; readonly withdrawal?: true },
  lines: readonly RequestedLine[],
): Promise<Pick<ReturnRequest, 'outbound'>> {
  const { program, order, tracking } = asked;
  if (program !== 'undeliverable') {
    if (tracking === undefined && asked.withdrawal === undefined) return {};
    const field = tracking === undefined ? 'withdrawal' : 'tracking';
    throw wrong('tracking_not_expected', field, 'is only told of a parcel that its carrier could not deliver');
  }
  if (tracking === undefined) throw wrong('tracking_missing', 'tracking', 'name the parcel that comes back');
  const shipment = await db.shipment.findUnique({
    where: { tracking },
    include: { fulfilments: { select: { orderLineId: true, quantity: true, deliveredAt: true } } },
  });
  if (shipment === null || shipment.orderId !== order) {
    throw wrong('unknown_shipment', 'tracking', `order ${order} has no parcel ${tracking}; record its shipment first`);
  }
  if (shipment.fulfilments.some(({ deliveredAt }) => deliveredAt !== null)) {
    throw wrong('shipment_delivered', 'tracking', 'was delivered: ask for a return of another program');
  }
  for (const [index, { orderLine, quantity }] of lines.entries()) {
    const sent = shipment.fulfilments.filter(({ orderLineId }) => orderLineId === orderLine);
    const units = sent.reduce((sum, each) => sum + each.quantity, 0);
    if (quantity <= units) continue;
    throw wrong('not_in_shipment', `lines[${index}].quantity`, `the parcel holds ${units} units of ${orderLine}`);
  }
  return { outbound: { carrier: shipment.carrier, tracking, at: new Date().toISOString() } };
}

const wrong = (code: string, field: string, detail: string) => new Problem(422, code, `${field}: ${detail}`, { field });
