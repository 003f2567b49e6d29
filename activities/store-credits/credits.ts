import type { Pool } from 'pg';
import { creditOfRefund, redemptionOfPayment } from '../../domain/store-credit/credit.ts';
import { giveBack, type StoreCreditDecision, takeBack } from '../../domain/store-credit/decide.ts';
import { inTransaction } from '../../prisma/client.ts';
import { refused } from '../failures.ts';
import { type CreditCommand, type CreditTaken, takeWithin } from '../journal/store-credits.ts';
import type { StoreCredits } from './port.ts';

/** Who writes: the process of a return, by its own name. */
const by = 'return';

/** Our own store credit behind the port. */
export const makeStoreCredits = (pool: Pool): StoreCredits => ({
  giveBackToCredit: async ({ reference, rma, refund, payment, amount }) => {
    const paid = redemptionOfPayment(payment);
    if (paid === null) throw refused('credit.refused', 'unknown_redemption');
    const at = new Date().toISOString();
    const otherwise = creditOfRefund({ rma, refund });
    const asked = { redemption: paid.redemption, amount: amount.amount, reference, otherwise };
    return await inTransaction(pool, async (client) => {
      const command = { commandId: reference, at, by };
      const taken = await takeWithin(client, {
        ...{ ...command, credit: paid.credit, name: 'give_back' },
        decide: (state) => (state === null ? unknown : giveBack(state, asked, at)),
      });
      const { credit, currency, buyer, settled } = must(taken);
      const to = settled[reference]?.credit ?? credit;
      if (to === credit) return { credit };
      const issued = { type: 'issued', credit: to, currency, amount: amount.amount, buyer } as const;
      const more = { expiresAt: null, cause: 'given_back', refund: null } as const;
      const decide: CreditCommand['decide'] = () => ({ type: 'accepted', events: [{ ...issued, ...more }] });
      must(await takeWithin(client, { ...command, credit: to, name: 'issue', decide }));
      return { credit: to };
    });
  },
  takeBackCredit: async ({ reference, credit, atMost }) =>
    await inTransaction(pool, async (client) => {
      const taken = await takeWithin(client, {
        ...{ credit, commandId: reference, at: new Date().toISOString(), by, name: 'take_back' },
        decide: (state) => (state === null ? unknown : takeBack(state, { atMost, reference })),
      });
      return { taken: must(taken).settled[reference]?.amount ?? 0 };
    }),
});

const unknown: StoreCreditDecision = { type: 'refused', code: 'unknown_redemption' };

function must(taken: CreditTaken) {
  if (taken.type === 'refused') throw refused('credit.refused', taken.code);
  return taken.credit;
}
