import { z } from 'zod';
import { creditCauses, paymentOfRedemption } from '../../domain/store-credit/credit.ts';
import type { StoreCredit, StoreCreditRedemption } from '../../prisma/generated/client.ts';
import { MoneyBody, moneyOut } from '../money.ts';

const Time = z.iso.datetime();

export const StoreCreditSummaryBody = z
  .object({
    storeCredit: z.string(),
    state: z.enum(['open', 'expired', 'closed']),
    issued: MoneyBody,
    balance: MoneyBody,
    unspent: MoneyBody.meta({ description: 'What was left when it expired, and is owed to nobody any more.' }),
    buyer: z.string().nullable().meta({ description: 'Who may spend it; null where whoever has its code may.' }),
    cause: z.enum(creditCauses),
    rma: z.string().nullable().meta({ description: 'The return that it is a refund of.' }),
    refund: z.string().nullable(),
    issuedAt: Time,
    expiresAt: Time.nullable().meta({ description: 'Null where it never does.' }),
  })
  .meta({ id: 'StoreCreditSummary' });

export const StoreCreditBody = StoreCreditSummaryBody.extend({
  spendable: MoneyBody.meta({
    description:
      'Less than the balance while the payment that it stands for is disputed, or where a bank took that back.',
  }),
  hasCode: z.boolean(),
  redemptions: z.array(
    z.object({
      redemption: z.string(),
      payment: z.string().meta({ description: 'As orders that it paid for name this payment.' }),
      order: z.string(),
      reference: z.string(),
      amount: MoneyBody,
      undone: MoneyBody.meta({ description: 'What of it was reversed, or given back as goods came back.' }),
      reversed: z.boolean(),
    }),
  ),
}).meta({ id: 'StoreCredit' });

/** A row as it leaves. */
export function summaryOf(row: StoreCredit): z.infer<typeof StoreCreditSummaryBody> {
  const { credit, currency, buyerId, cause, rma, refund, issued, balance, unspent, expiresAt, closed, issuedAt } = row;
  return {
    storeCredit: credit,
    state: closed ? 'closed' : expiresAt !== null && expiresAt <= new Date() ? 'expired' : 'open',
    issued: moneyOut(Number(issued), currency),
    balance: moneyOut(Number(balance), currency),
    unspent: moneyOut(Number(unspent), currency),
    buyer: buyerId,
    cause: z.enum(creditCauses).parse(cause),
    rma,
    refund,
    issuedAt: issuedAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
  };
}

export const redemptionOut = (
  { credit, redemption, orderId, reference, amount, undone, reversed }: StoreCreditRedemption,
  currency: string,
): z.infer<typeof StoreCreditBody>['redemptions'][number] => ({
  redemption,
  payment: paymentOfRedemption(credit, redemption),
  order: orderId,
  reference,
  amount: moneyOut(Number(amount), currency),
  undone: moneyOut(Number(undone), currency),
  reversed,
});
