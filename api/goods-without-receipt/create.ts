import { createHash } from 'node:crypto';
import { z } from 'zod';
import { makeRma } from '../../domain/numbers/rma.ts';
import type { PrismaClient } from '../../prisma/generated/client.ts';
import { type Endpoint, endpoint } from '../endpoint.ts';
import { Country, Currency, OutsideCode, PartyId, PlainText, Quantity } from '../fields.ts';
import { MoneyBody, moneyOut } from '../money.ts';
import { linesBySerial } from '../orders/by-serial.ts';
import { ContactBody } from '../orders/contact.ts';
import { createStandIn } from '../orders/stand-in.ts';
import { Problem } from '../problem.ts';
import { type LastSale, lastSales } from './last-sales.ts';

const Goods = z
  .strictObject({
    buyer: PartyId.meta({ description: 'Who brings them, by the id of a buyer: how often is counted.' }),
    currency: Currency,
    country: Country,
    channel: PlainText.min(1).max(60).default('store'),
    contact: ContactBody.meta({ description: 'Where labels and pickups start from.' }),
    lines: z
      .array(
        z.strictObject({
          sku: OutsideCode,
          quantity: Quantity,
          serials: z.array(OutsideCode).max(1000).default([]).meta({ description: 'As read off the goods.' }),
        }),
      )
      .min(1)
      .max(50),
  })
  .meta({ id: 'GoodsWithoutReceipt' });

export const createGoodsWithoutReceipt: Endpoint = endpoint({
  method: 'post',
  path: '/v1/goods-without-receipt',
  id: 'createGoodsWithoutReceipt',
  tag: 'Orders',
  summary: 'Take note of goods that somebody brings without saying of which order',
  description:
    'A return of the program `customer` then names what this answers as its order, for store credit: a person decides on it, and ' +
    'nothing is paid before the goods were looked at. Each unit is worth the least that one was sold for of late. Look for the sale ' +
    'first: `GET /v1/orders?serial=…` or `?sku=…`.',
  permission: 'offers:create',
  body: Goods,
  responses: {
    201: {
      description: 'It stands.',
      schema: z.object({
        order: z.string(),
        lines: z.array(z.object({ orderLine: z.string(), sku: z.string(), quantity: z.int(), price: MoneyBody })),
      }),
    },
  },
  problems: [409, 422],
  handle: async ({ body, commandId }, { db }) => {
    const { buyer, currency, country, channel, contact } = body;
    const id = `NR-${makeRma(createHash('sha256').update(`without receipt\n${commandId}`).digest())}`;
    await mustBeUnknown(db, body.lines);
    const sales = await lastSales(
      db,
      currency,
      body.lines.map(({ sku }) => sku),
      await lowestPriceDays(db),
    );
    const lines = body.lines.map((line, index) => ({ ...line, ...goodsOf(sales, line, index, currency) }));
    // A request that was repeated after it had been done finds its own.
    if ((await db.order.findUnique({ where: { id }, select: { id: true } })) === null) {
      const kind = 'without_receipt';
      await createStandIn(db, { id, kind, buyer, currency, country, channel, contact, lines, placedAt: new Date() });
    }
    const told = await db.orderLine.findMany({ where: { orderId: id }, orderBy: { number: 'asc' } });
    return {
      status: 201,
      body: {
        order: id,
        lines: told.map(({ id: orderLine, sku, quantity, price, tax }) => ({
          ...{ orderLine, sku, quantity, price: moneyOut(Number(price + tax), currency) },
        })),
      },
      headers: { location: `/v1/orders/${id}` },
    };
  },
});

type Line = { readonly sku: string; readonly quantity: number; readonly serials: readonly string[] };

/** @throws {Problem} 409 where a serial was sold: its order says more than anybody could guess */
async function mustBeUnknown(db: PrismaClient, lines: readonly Line[]): Promise<void> {
  const [sold] = await linesBySerial(
    db,
    lines.flatMap((line) => line.serials),
  );
  if (sold === undefined) return;
  const index = lines.findIndex((line) => line.serials.some((serial) => sold.serials.includes(serial)));
  const detail = `lines[${index}].serials: these were sold on order ${sold.order}; ask for the return there`;
  throw new Problem(409, 'sale_known', detail, { field: `lines[${index}].serials` });
}

/** @throws {Problem} 422 where the policy for shoppers' returns doesn't take goods without a receipt */
async function lowestPriceDays(db: PrismaClient): Promise<number> {
  const policy = await db.policy.findFirst({
    where: { program: 'customer', effectiveFrom: { lte: new Date() } },
    orderBy: [{ effectiveFrom: 'desc' }, { version: 'desc' }],
  });
  const read = z.object({ withoutReceipt: z.object({ lowestPriceDays: z.int() }) }).safeParse(policy?.document);
  if (read.success) return read.data.withoutReceipt.lowestPriceDays;
  const detail = 'the policy in force takes no goods without a receipt (withoutReceipt); look for the order instead';
  throw new Problem(422, 'receipt_required', detail);
}

function goodsOf(sales: readonly LastSale[], { sku, quantity }: Line, index: number, currency: string) {
  const sale = sales.find((each) => each.sku === sku);
  if (sale === undefined) {
    const detail = `lines[${index}].sku: no ${sku} was sold in ${currency} of late, so nobody can say what it is worth; make a trade-in offer instead`;
    throw new Problem(422, 'not_sold_of_late', detail, { field: `lines[${index}].sku` });
  }
  const { lowestPrice, lowestTax, ...goods } = sale;
  return { ...goods, price: lowestPrice * quantity, tax: lowestTax * quantity };
}
