import { z } from 'zod';
import type { PrismaClient } from '../../prisma/generated/client.ts';
import { PlainText } from '../fields.ts';

const Field = PlainText.min(1).max(200);

/** Where a buyer can be found after all. */
export const Address = z
  .strictObject({
    name: Field,
    street1: Field,
    street2: Field.exactOptional(),
    city: Field,
    state: Field.exactOptional(),
    zip: Field,
    phone: Field.exactOptional(),
  })
  .meta({ id: 'CorrectedAddress' });

/** Makes an address that of the parcel's order: in the erasable contacts, never in a journal. The country stays. */
export async function correctAddress(
  db: PrismaClient,
  tracking: string,
  address: z.infer<typeof Address>,
): Promise<void> {
  const shipment = await db.shipment.findUniqueOrThrow({ where: { tracking }, include: { order: true } });
  const { id: order, contactId, country } = shipment.order;
  const id = contactId ?? `order:${order}`;
  await db.$transaction([
    db.contact.upsert({ where: { id }, create: { id, country, ...address }, update: address }),
    db.order.update({ where: { id: order }, data: { contactId: id } }),
  ]);
}
