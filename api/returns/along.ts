import type { ReturnRequest } from '../../domain/return/request.ts';
import type { PrismaClient } from '../../prisma/generated/client.ts';
import { Problem } from '../problem.ts';

/**
 * The parcel of another return that goods of an order are to come in: its label is bought and unused, and both orders are of
 * one buyer.
 * @throws {Problem} 422 `unknown_return` or `other_buyer`, 409 `no_parcel_to_share`
 */
export async function sharedParcel(
  db: PrismaClient,
  rma: string,
  order: string,
): Promise<Pick<ReturnRequest, 'along'>> {
  const [other, own] = await Promise.all([
    db.return.findUnique({
      where: { rma },
      select: {
        order: { select: { buyerId: true } },
        parcels: {
          where: { received: false, lost: false, labelState: 'bought', status: { in: ['unknown', 'pre_transit'] } },
          orderBy: { parcel: 'asc' },
        },
      },
    }),
    db.order.findUnique({ where: { id: order }, select: { buyerId: true } }),
  ]);
  if (other === null) throw wrong(422, 'unknown_return', `there is no return ${rma}`);
  if (other.order.buyerId === null || other.order.buyerId !== own?.buyerId) {
    throw wrong(422, 'other_buyer', `${rma} is another buyer’s, so nothing can come in its parcel`);
  }
  const parcel = other.parcels.find(({ carrier, tracking }) => carrier !== null && tracking !== null);
  if (parcel?.carrier == null || parcel.tracking === null) {
    const detail = `${rma} has no parcel with a label that nobody used yet; wait for its label, or ask for a label of its own`;
    throw wrong(409, 'no_parcel_to_share', detail);
  }
  return { along: { rma, carrier: parcel.carrier, tracking: parcel.tracking } };
}

/** Where a return goes that is known to be there. */
export async function facilityOf(db: PrismaClient, rma: string): Promise<string> {
  const { facility } = await db.return.findUniqueOrThrow({ where: { rma }, select: { facility: true } });
  return facility;
}

const wrong = (status: 409 | 422, code: string, detail: string) =>
  new Problem(status, code, `along: ${detail}`, { field: 'along' });
