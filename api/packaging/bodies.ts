import { z } from 'zod';
import type { Layer, PackagingMovement } from '../../domain/packaging/account.ts';
import { balanceOf, byAge } from '../../domain/packaging/account.ts';
import type { PackagingAccount } from '../../prisma/generated/client.ts';
import { MoneyBody, moneyOut } from '../money.ts';

export const BalanceBody = z
  .object({
    partner: z.string(),
    type: z.string(),
    balance: z
      .int()
      .meta({ description: 'Pieces that the partner has; less than nothing where it gave back more than it got.' }),
    most: z.int().nullable().meta({ description: 'No more than so many go out to it.' }),
    deposit: MoneyBody.nullable().meta({ description: 'What the pieces that it has stand for.' }),
    wentOut: z.int(),
    cameBack: z.int(),
    lost: z.int(),
    lossBasisPoints: z.int().nullable().meta({ description: 'Of what went out, how much was lost.' }),
    oldest: z.iso.datetime().nullable().meta({ description: 'Since when it has had the oldest.' }),
    byAge: z
      .object({ upTo30Days: z.int(), upTo60Days: z.int(), upTo90Days: z.int(), longer: z.int() })
      .meta({ description: 'Pieces by how long they have been out; what comes back is taken for the oldest.' }),
  })
  .meta({ id: 'PackagingBalance' });

/** An account as it leaves, with what its movements say. */
export function balanceOut(
  { partner, type, most, depositPerPiece, currency, wentOut, cameBack, lost }: PackagingAccount,
  movements: readonly PackagingMovement[],
  now: string,
): z.infer<typeof BalanceBody> {
  const { balance, layers, lossBasisPoints } = balanceOf(movements);
  const [upTo30Days = 0, upTo60Days = 0, upTo90Days = 0, longer = 0] = byAge(layers, now);
  const deposit = depositPerPiece === null || currency === null ? null : Number(depositPerPiece) * Math.max(0, balance);
  return {
    ...{ partner, type, balance, most, wentOut, cameBack, lost, lossBasisPoints },
    deposit: deposit === null || currency === null ? null : moneyOut(deposit, currency),
    oldest: oldestOf(layers),
    byAge: { upTo30Days, upTo60Days, upTo90Days, longer },
  };
}

const oldestOf = ([first]: readonly Layer[]): string | null => first?.at ?? null;
