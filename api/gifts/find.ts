import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { PrismaClient } from '../../prisma/generated/client.ts';
import { OutsideCode, PlainText } from '../fields.ts';
import { Problem } from '../problem.ts';

/** How who was given goods names them. */
export const GiftBody = z
  .union([
    z.strictObject({ token: OutsideCode.meta({ description: 'The `giftToken` that the order was imported with.' }) }),
    z.strictObject({ postcode: PlainText.min(2).max(20).meta({ description: 'Of the order’s address.' }) }),
  ])
  .meta({ id: 'Gift' });

/** What is stored of an order's gift token: whoever reads the table can't bring the goods back. */
export const giftTokenHash = (token: string): string => createHash('sha256').update(`gift\n${token}`).digest('hex');

/**
 * The order that goods were given from. Nothing in the answer says which of the two was wrong.
 * @throws {Problem} 422 `gift_unknown`
 */
export async function orderOfGift(
  db: PrismaClient,
  gift: z.infer<typeof GiftBody>,
  order: string | undefined,
): Promise<string> {
  const found = 'token' in gift ? await ofToken(db, gift.token) : await ofPostcode(db, gift.postcode, order);
  if (found !== null && (order === undefined || found === order)) return found;
  const detail = 'gift: nothing was given by this token, or by this order and postcode';
  throw new Problem(422, 'gift_unknown', detail, { field: 'gift' });
}

async function ofToken(db: PrismaClient, token: string): Promise<string | null> {
  const where = { giftTokenHash: giftTokenHash(token), kind: 'sale' };
  return (await db.order.findFirst({ where, select: { id: true } }))?.id ?? null;
}

async function ofPostcode(db: PrismaClient, postcode: string, id: string | undefined): Promise<string | null> {
  const order = id === undefined ? null : await db.order.findUnique({ where: { id, kind: 'sale' } });
  const contact = order?.contactId == null ? null : await db.contact.findUnique({ where: { id: order.contactId } });
  return order !== null && contact !== null && plain(contact.zip) === plain(postcode) ? order.id : null;
}

const plain = (postcode: string): string => postcode.replace(/[\s-]/g, '').toUpperCase();
