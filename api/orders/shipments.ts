import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { OutsideCode, Quantity, Tracking } from '../fields.ts';
import { Problem } from '../problem.ts';

const ShipmentRequest = z
  .strictObject({
    tracking: Tracking,
    carrier: OutsideCode,
    shippedAt: z.iso.datetime().exactOptional().meta({ description: 'Absent: now.' }),
    lines: z
      .array(z.strictObject({ orderLine: OutsideCode, quantity: Quantity }))
      .min(1)
      .max(250),
  })
  .meta({ id: 'ShipmentRequest' });

const ShipmentBody = z
  .object({
    order: z.string(),
    tracking: z.string(),
    carrier: z.string(),
    lines: z.array(z.object({ orderLine: z.string(), quantity: z.int() })),
  })
  .meta({ id: 'Shipment' });

/** What has left in one parcel, so that its carrier's news find the order. */
export const recordShipment = endpoint({
  method: 'post',
  path: '/v1/orders/{order}/shipments',
  id: 'recordShipment',
  tag: 'Orders',
  summary: 'Record what was sent in one parcel',
  description:
    'From then on the carrier’s news of this tracking number are news of the order: that it was delivered, or could not be.',
  permission: 'orders:import',
  params: z.object({ order: OutsideCode }),
  body: ShipmentRequest,
  responses: { 201: { description: 'It is known.', schema: ShipmentBody } },
  problems: [404, 409, 422],
  handle: async ({ params: { order }, body: { tracking, carrier, shippedAt, lines } }, { db }) => {
    await db.$transaction(async (tx) => {
      // Two who record the same order's parcels at once take turns, so that both see what is left to send.
      const found = await tx.$queryRaw<
        { id: string }[]
      >`select id from orders where id = ${order} and kind = 'sale' for update`;
      if (found.length === 0) throw new Problem(404, 'order_not_found', `there is no order ${order}; import it first`);
      const known = await tx.shipment.findUnique({ where: { tracking } });
      if (known !== null) {
        throw new Problem(409, 'shipment_known', `parcel ${tracking} is known, with goods of order ${known.orderId}`);
      }
      await tx.shipment.create({ data: { tracking, carrier, orderId: order } });
      for (const [index, { orderLine, quantity }] of lines.entries()) {
        const line = await tx.orderLine.findFirst({ where: { id: orderLine, orderId: order } });
        if (line === null) {
          throw new Problem(422, 'unknown_order_line', `order ${order} has no line ${orderLine}`, {
            field: `lines[${index}].orderLine`,
          });
        }
        if (line.fulfilled + quantity > line.quantity) {
          const left = line.quantity - line.fulfilled;
          throw new Problem(422, 'quantity_not_left', `only ${left} units of ${orderLine} are left to be sent`, {
            field: `lines[${index}].quantity`,
          });
        }
        const id = `${orderLine}:${tracking}`;
        await tx.fulfilment.create({
          data: { id, orderLineId: orderLine, quantity, tracking, shippedAt: shippedAt ?? new Date() },
        });
      }
    });
    return { status: 201, body: { order, tracking, carrier, lines } };
  },
});
