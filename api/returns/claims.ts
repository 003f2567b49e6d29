import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { LocalId, Rma } from '../fields.ts';
import { MoneyBody, moneyIn } from '../money.ts';
import { Problem } from '../problem.ts';
import { carryOut, commandResponses } from './carry-out.ts';

/** What a carrier answered that sends no webhooks, or on the phone. */
export const answerClaim = endpoint({
  method: 'post',
  path: '/v1/returns/{rma}/claims/{claim}/answers',
  id: 'answerClaim',
  tag: 'Returns',
  summary: 'Say how the carrier answered a claim',
  description: 'What it paid goes into the books, also after the return has closed.',
  permission: 'returns:decide',
  params: z.object({ rma: Rma, claim: LocalId }),
  body: z
    .discriminatedUnion('outcome', [
      z.strictObject({ outcome: z.literal('paid'), amount: MoneyBody }),
      z.strictObject({ outcome: z.literal('refused') }),
    ])
    .meta({ id: 'ClaimAnswer' }),
  responses: commandResponses,
  problems: [404, 409, 422],
  handle: async (call, api) => {
    const { rma, claim } = call.params;
    const { body } = call;
    if (body.outcome === 'refused') {
      return await carryOut(api, call, rma, { type: 'report_claim', claim, outcome: 'refused' });
    }
    const amount = moneyIn(body.amount.amount, body.amount.currency);
    if (typeof amount === 'string') {
      const detail = `amount: ${amount.replaceAll('_', ' ')}; name the amount with no more decimals than its currency has`;
      throw new Problem(422, amount, detail, { field: 'amount' });
    }
    return await carryOut(api, call, rma, { type: 'report_claim', claim, outcome: 'paid', amount });
  },
});
