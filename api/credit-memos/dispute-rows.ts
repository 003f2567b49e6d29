import { z } from 'zod';
import { grades } from '../../domain/goods/grading.ts';
import type { CreditMemoDispute } from '../../prisma/generated/client.ts';
import { MoneyBody, moneyOut } from '../money.ts';

/** What a partner may dispute of a line. */
export const disputedThings = ['quantity', 'grade', 'price'] as const;

export const DisputeBody = z
  .object({
    dispute: z.int(),
    rma: z.string(),
    line: z.string(),
    about: z.enum(disputedThings),
    claimedQuantity: z.int().nullable(),
    claimedGrade: z.enum(grades).nullable(),
    state: z.enum(['open', 'upheld', 'corrected']).meta({
      description: 'upheld: the memo stands; corrected: something was credited beside it.',
    }),
    amount: MoneyBody.nullable().meta({ description: 'What was credited beside it.' }),
    openedAt: z.iso.datetime(),
    answeredAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'CreditMemoDispute' });

export const disputesOf = (rows: readonly CreditMemoDispute[], currency: string): z.infer<typeof DisputeBody>[] =>
  rows.map(({ dispute, rma, line, about, claimedQuantity, claimedGrade, state, amount, openedAt, answeredAt }) => ({
    ...{ dispute, rma, line, claimedQuantity },
    about: DisputeBody.shape.about.parse(about),
    claimedGrade: DisputeBody.shape.claimedGrade.parse(claimedGrade),
    state: DisputeBody.shape.state.parse(state),
    amount: amount === null ? null : moneyOut(Number(amount), currency),
    openedAt: openedAt.toISOString(),
    answeredAt: answeredAt?.toISOString() ?? null,
  }));
