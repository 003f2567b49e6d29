import { z } from 'zod';
import { grades } from '../../domain/goods/grading.ts';
import { orderKinds } from '../../domain/sale/order.ts';
import type { OrderLine } from '../../prisma/generated/client.ts';
import { endpoint } from '../endpoint.ts';
import { OutsideCode } from '../fields.ts';
import { MoneyBody, moneyOut } from '../money.ts';
import { Problem } from '../problem.ts';

const OrderBody = z
  .object({
    order: z.string(),
    kind: z
      .enum(orderKinds)
      .meta({ description: 'The lines of an agreement or an offer are the most that may come back under it.' }),
    validFrom: z.iso.datetime().nullable(),
    validUntil: z.iso.datetime().nullable(),
    purchaseOrder: z.string().nullable(),
    legalEntity: z.string(),
    channel: z.string(),
    currency: z.string(),
    country: z.string(),
    placedAt: z.iso.datetime(),
    lines: z.array(
      z.object({
        orderLine: z.string(),
        number: z.int(),
        sku: z.string(),
        title: z.string(),
        category: z.string(),
        quantity: z.int(),
        fulfilled: z.int(),
        returnable: z.int().meta({ description: 'Units that no return holds or has consumed.' }),
        price: MoneyBody,
        discount: MoneyBody,
        tax: MoneyBody,
        deliveredAt: z.iso.datetime().nullable(),
        creditByGrade: z
          .record(z.enum(grades), MoneyBody)
          .nullable()
          .meta({ description: 'Of an offer: what a unit in each grade is credited with.' }),
        replacements: z
          .array(
            z.object({
              serial: z.string(),
              replaces: z.string().nullable(),
              rma: z.string(),
              coveredFrom: z.iso.datetime(),
              coveredUntil: z.iso.datetime(),
              repaired: z.boolean(),
            }),
          )
          .meta({
            description:
              'Serials that went out under a warranty, for which (or themselves, repaired), and until when they are covered.',
          }),
        kit: z.object({ kit: z.string(), sku: z.string(), units: z.int() }).nullable().meta({
          description: 'The kit that it was sold in, and units of it in one; may be named when all of it comes back.',
        }),
        bookValue: MoneyBody.nullable().meta({ description: 'Of an asset, whose tag is the order line’s id.' }),
      }),
    ),
    payments: z.array(
      z.object({
        payment: z.string(),
        captured: MoneyBody,
        refunded: MoneyBody,
        chargedBack: MoneyBody,
        disputed: z.boolean(),
      }),
    ),
    returns: z.array(z.object({ rma: z.string(), goods: z.string(), money: z.string(), gift: z.boolean() })),
  })
  .meta({ id: 'Order' });

export const getOrder = endpoint({
  method: 'get',
  path: '/v1/orders/{order}',
  id: 'getOrder',
  tag: 'Orders',
  summary: 'One order with what can still come back',
  description: 'No names or addresses.',
  permission: 'orders:read',
  params: z.object({ order: OutsideCode }),
  responses: { 200: { description: 'The order.', schema: OrderBody } },
  problems: [404],
  handle: async ({ params }, { db }) => {
    const order = await db.order.findUnique({
      where: { id: params.order },
      include: {
        lines: {
          orderBy: [{ number: 'asc' }, { kitPart: 'asc' }],
          include: {
            kit: true,
            fulfilments: { select: { deliveredAt: true } },
            warranties: { orderBy: { coveredFrom: 'asc' } },
          },
        },
        payments: { orderBy: { id: 'asc' } },
        returns: { orderBy: { requestedAt: 'asc' }, select: { rma: true, goods: true, money: true, gift: true } },
      },
    });
    if (order === null) throw new Problem(404, 'order_not_found', `there is no order ${params.order}; import it first`);
    const returnable = await returnableUnits(db, order.id, order.lines);
    const { currency } = order;
    const body: z.infer<typeof OrderBody> = {
      order: order.id,
      kind: orderKinds.find((kind) => kind === order.kind) ?? 'sale',
      validFrom: order.validFrom?.toISOString() ?? null,
      validUntil: order.validUntil?.toISOString() ?? null,
      purchaseOrder: order.purchaseOrder,
      legalEntity: order.legalEntity,
      channel: order.channel,
      currency,
      country: order.country,
      placedAt: order.placedAt.toISOString(),
      lines: order.lines.map((line) => ({
        orderLine: line.id,
        number: line.number,
        sku: line.sku,
        title: line.title,
        category: line.category,
        quantity: line.quantity,
        fulfilled: line.fulfilled,
        returnable: returnable.get(line.id) ?? 0,
        price: moneyOut(Number(line.price), currency),
        discount: moneyOut(Number(line.discount), currency),
        tax: moneyOut(Number(line.tax), currency),
        deliveredAt: latest(line.fulfilments.flatMap(({ deliveredAt }) => deliveredAt ?? [])),
        replacements: line.warranties.map(({ serial, replaces, rma, repaired, coveredFrom, coveredUntil }) => ({
          ...{ serial, replaces, rma, repaired },
          coveredFrom: coveredFrom.toISOString(),
          coveredUntil: coveredUntil.toISOString(),
        })),
        creditByGrade: creditsOf(line, currency),
        kit: line.kit === null ? null : { kit: line.kit.id, sku: line.kit.sku, units: line.kitUnits ?? 1 },
        bookValue: line.bookValue === null ? null : moneyOut(Number(line.bookValue), currency),
      })),
      payments: order.payments.map(({ id, captured, refunded, chargedBack, disputed }) => ({
        payment: id,
        captured: moneyOut(Number(captured), currency),
        refunded: moneyOut(Number(refunded), currency),
        chargedBack: moneyOut(Number(chargedBack), currency),
        disputed,
      })),
      returns: order.returns,
    };
    return { status: 200, body };
  },
});

type Credits = Pick<OrderLine, 'creditA' | 'creditB' | 'creditC' | 'creditD'>;

function creditsOf({ creditA, creditB, creditC, creditD }: Credits, currency: string) {
  if (creditA === null) return null;
  const out = (amount: bigint | null) => moneyOut(Number(amount), currency);
  return { A: out(creditA), B: out(creditB), C: out(creditC), D: out(creditD) };
}

type Held = { readonly line: string; readonly units: number };

/** Units by order line that no return holds or has consumed. */
export async function returnableUnits(
  db: { $queryRaw: <T>(query: TemplateStringsArray, ...values: unknown[]) => Promise<T> },
  order: string,
  lines: readonly Pick<OrderLine, 'id' | 'fulfilled'>[],
): Promise<Map<string, number>> {
  const rows = await db.$queryRaw<Held[]>`
    select h.order_line_id as line, sum(upper(part) - lower(part))::int as units
    from unit_holds h join order_lines l on l.id = h.order_line_id, unnest(h.units) as part
    where l.order_id = ${order} group by h.order_line_id`;
  const held = new Map(rows.map(({ line, units }) => [line, units]));
  return new Map(lines.map(({ id, fulfilled }) => [id, fulfilled - (held.get(id) ?? 0)]));
}

function latest(dates: readonly Date[]): string | null {
  const last = dates.reduce((max, date) => Math.max(max, date.getTime()), 0);
  return last === 0 ? null : new Date(last).toISOString();
}
