import { z } from 'zod';
import { holdStates } from '../../domain/return/hold.ts';
import type { PaymentHold } from '../../prisma/generated/client.ts';
import { MoneyBody, moneyOut } from '../money.ts';

export const HoldBody = z
  .object({
    hold: z.string(),
    state: z.enum(holdStates),
    amount: MoneyBody.meta({ description: 'What is held.' }),
    taken: MoneyBody.meta({ description: 'What of it is to be taken, or was.' }),
  })
  .meta({ id: 'PaymentHold' });

/** What is held on a buyer's card, as it leaves. */
export const holdOut = ({ hold, state, amount, taken }: PaymentHold, currency: string): z.infer<typeof HoldBody> => ({
  hold,
  state: z.enum(holdStates).parse(state),
  amount: moneyOut(Number(amount), currency),
  taken: moneyOut(Number(taken), currency),
});
