import type { PackagingDirection } from '../../domain/packaging/account.ts';
import { Prisma, type PrismaClient } from '../../prisma/generated/client.ts';
import { Problem } from '../problem.ts';

type Moved = {
  readonly partner: string;
  readonly type: string;
  readonly direction: PackagingDirection;
  readonly quantity: number;
  readonly reference: string;
  readonly facility: string | null;
  readonly at: string;
  readonly by: string;
};

/** What each direction counts up. */
const counters = { out: 'wentOut', in: 'cameBack', lost: 'lost' } as const satisfies Record<PackagingDirection, string>;

/**
 * Books a movement and counts it, once. Movements of an account take turns, so that no more go out than was agreed, whoever books at the
 * same time.
 * @throws {Problem} 404 without an account, 409 `movement_differs`, `above_limit`, `more_than_balance`, 422 `unknown_facility`
 */
export async function book(
  db: PrismaClient,
  { partner, type, direction, quantity, reference, ...rest }: Moved,
): Promise<void> {
  const account = { partner, type };
  await db.$transaction(async (tx) => {
    const [held] = await tx.$queryRaw<{ balance: number; most: number | null }[]>`
      SELECT went_out - came_back - lost AS balance, most FROM packaging_accounts
      WHERE partner = ${partner} AND type = ${type} FOR UPDATE`;
    if (held === undefined) {
      throw new Problem(
        404,
        'packaging_account_not_found',
        `nothing was agreed with ${partner} on ${type}; open an account first`,
      );
    }
    const known = await tx.packagingMovement.findUnique({
      where: { partner_type_direction_reference: { ...account, direction, reference } },
    });
    if (known !== null) {
      if (known.quantity === quantity) return;
      const detail = `${reference} was booked with ${known.quantity} piece(s) already`;
      throw new Problem(409, 'movement_differs', detail, { field: 'quantity' });
    }
    mayMove(held, direction, quantity);
    await tx.packagingMovement
      .create({ data: { ...account, direction, quantity, reference, ...rest } })
      .catch(orUnknown);
    const counter = counters[direction];
    await tx.packagingAccount.update({
      where: { partner_type: account },
      data: { [counter]: { increment: quantity } },
    });
  });
}

function mayMove(
  { balance, most }: { readonly balance: number; readonly most: number | null },
  direction: PackagingDirection,
  quantity: number,
): void {
  if (direction === 'out' && most !== null && balance + quantity > most) {
    const detail = `it has ${balance} of the ${most} piece(s) that were agreed; so many more are above that`;
    throw new Problem(409, 'above_limit', detail, { field: 'quantity' });
  }
  if (direction === 'lost' && quantity > balance) {
    throw new Problem(409, 'more_than_balance', `it has ${balance} piece(s), so no more can be lost`, {
      field: 'quantity',
    });
  }
}

function orUnknown(error: unknown): never {
  if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2003') {
    throw new Problem(422, 'unknown_facility', 'facility: there is no such facility', { field: 'facility' });
  }
  throw error;
}
