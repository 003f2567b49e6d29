import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { OrderKind } from '../../domain/sale/order.ts';
import { Prisma, type PrismaClient } from '../../prisma/generated/client.ts';
import { moneyIn, mostMinorUnits } from '../money.ts';
import { Problem } from '../problem.ts';
import type { ContactBody } from './contact.ts';

/** What stands where a sale stands otherwise: goods that may come back although we haven't sold them, or not as such. */
type StandIn = Omit<Prisma.OrderUncheckedCreateInput, 'kind' | 'buyerId' | 'contactId' | 'lines' | 'payments'> & {
  readonly kind: Exclude<OrderKind, 'sale'>;
  readonly buyer: string;
  readonly contact: z.infer<typeof ContactBody>;
  /** In minor units of the order's currency; all units count as sent out, so that they may come back. */
  readonly lines: readonly (Omit<Prisma.OrderLineCreateManyInput, 'id' | 'orderId' | 'number'> & { id?: string })[];
};

/**
 * Lines that name no id of their own are numbered.
 *
 * @throws {Problem} 422 `amount_too_large`, 409 where an order of any kind has that id already, or a line has that of another
 */
export async function createStandIn(
  db: PrismaClient,
  { id, kind, buyer, contact, lines, ...rest }: StandIn,
): Promise<void> {
  const rich = lines.findIndex(({ price, tax = 0 }) => Number(price) + Number(tax) > mostMinorUnits);
  if (rich >= 0) {
    const detail = `line ${rich + 1}: its units are worth more together than one line may be; offer fewer of them`;
    throw new Problem(422, 'amount_too_large', detail, { field: `lines[${rich}]` });
  }
  const contactId = randomUUID();
  const numbered = lines.map((line, index) => ({
    ...line,
    id: line.id ?? `${id}:${index + 1}`,
    orderId: id,
    number: index + 1,
  }));
  try {
    await db.$transaction(async (tx) => {
      await tx.contact.create({ data: { id: contactId, country: rest.country, ...contact } });
      await tx.buyer.upsert({ where: { id: buyer }, update: {}, create: { id: buyer } });
      await tx.order.create({ data: { id, kind, buyerId: buyer, contactId, ...rest } });
      await tx.orderLine.createMany({ data: numbered });
      await tx.fulfilment.createMany({
        data: numbered.map((line) => ({ id: `${line.id}:most`, orderLineId: line.id, quantity: line.quantity })),
      });
    });
  } catch (error) {
    if (!(error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002')) throw error;
    throw new Problem(
      409,
      `${kind}_exists`,
      `${id}, or a line of it, is there already as an order, agreement, offer or register`,
      {
        field: kind,
      },
    );
  }
}

/** @throws {Problem} 422 where the text is no amount of that currency, or less than nothing */
export function minorUnits(text: string, currency: string, field: string): number {
  const read = moneyIn(text, currency);
  if (typeof read === 'object' && read.amount >= 0) return read.amount;
  const code = typeof read === 'object' ? 'amount_negative' : read;
  throw new Problem(422, code, `${field}: ${text} is no amount of ${currency}, as in 12.50`, { field });
}
