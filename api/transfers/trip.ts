import type { TransferBy } from '../../domain/transfer/request.ts';
import type { TripStatus } from '../../domain/trip/state.ts';
import type { PrismaClient } from '../../prisma/generated/client.ts';
import { Problem } from '../problem.ts';

/**
 * Goods are to go with a trip that is there, and whose vehicle they can still reach.
 * @param reachable the statuses in which it can be: `planned` for goods that are yet to leave
 * @throws {Problem} 422 where there is no such trip, or it has left or ended
 */
export async function barTrip(
  db: PrismaClient,
  by: TransferBy | null,
  reachable: readonly TripStatus[] = ['planned'],
): Promise<void> {
  if (by?.type !== 'trip') return;
  const { trip: number } = by;
  const trip = await db.networkProcess.findFirst({ where: { number, kind: 'trip' }, select: { status: true } });
  const field = 'by.trip';
  if (trip === null) throw new Problem(422, 'unknown_trip', `there is no trip ${number}`, { field });
  if (!reachable.some((status) => status === trip.status)) {
    throw new Problem(422, 'trip_has_left', `trip ${number} has left, or was called off; name another`, { field });
  }
}
