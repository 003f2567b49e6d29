import { z } from 'zod';
import { rejectedChoices } from '../../domain/policy/rejection.ts';
import type { ReturnEvent } from '../../domain/return/events.ts';
import { isPartOf } from '../../domain/return/item-id.ts';
import { endpoint } from '../endpoint.ts';
import { LocalId, Rma } from '../fields.ts';
import { MoneyBody, moneyOut } from '../money.ts';
import { carryOut, commandResponses } from './carry-out.ts';

/** What a buyer may choose of goods that are not accepted. */
export const RejectionBody = z
  .object({
    offered: z.array(z.enum(rejectedChoices)),
    fee: MoneyBody.meta({ description: 'What the way back costs, once a return, if the buyer chooses it.' }),
    partialRefund: MoneyBody.meta({ description: 'What is paid for leaving the goods to you, where that is offered.' }),
    until: z.iso.datetime(),
    choice: z.enum(rejectedChoices).nullable().meta({ description: 'Null while the buyer may choose.' }),
  })
  .meta({ id: 'Rejection' });

/** What was asked about an item, or the one that it was part of then; null where nobody was asked. */
export function rejectionOut(
  item: string,
  events: readonly ReturnEvent[],
  currency: string,
): z.infer<typeof RejectionBody> | null {
  const asked = events.findLast((event) => event.type === 'choice_due' && isPartOf(item, event.item));
  if (asked?.type !== 'choice_due') return null;
  const made = events.findLast((event) => event.type === 'choice_made' && isPartOf(item, event.item));
  const { offered, until, fee, partialRefund } = asked;
  const money = (amount: number) => moneyOut(amount, currency);
  return {
    ...{ offered: [...offered], until, fee: money(fee.amount), partialRefund: money(partialRefund.amount) },
    choice: made?.type === 'choice_made' ? made.choice : null,
  };
}

/** What the buyer of goods that are not accepted wants of them. */
export const rejectionEndpoints = [
  endpoint({
    method: 'post',
    tag: 'Returns',
    problems: [404, 409, 422],
    responses: commandResponses,
    path: '/v1/returns/{rma}/items/{item}/choice',
    id: 'chooseForRejected',
    summary: 'Say what the buyer wants of goods that are not accepted',
    description:
      '`return.choice_due` tells that the buyer is to be asked, what is offered and until when; without an answer the policy decides. ' +
      'To have the goods back may cost a fee, which the buyer then owes.',
    permission: 'returns:change',
    params: z.object({ rma: Rma, item: LocalId }),
    body: z.strictObject({ choice: z.enum(rejectedChoices) }).meta({ id: 'RejectedChoice' }),
    handle: async (call, api) => {
      const { rma, item } = call.params;
      return await carryOut(api, call, rma, { type: 'choose_for_rejected', item, choice: call.body.choice });
    },
  }),
];
