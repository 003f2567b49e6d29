import { z } from 'zod';
import { adjustmentCodes } from '../../domain/return/commands.ts';
import type { Api } from '../api.ts';
import { endpoint } from '../endpoint.ts';
import { LocalId, NoteText, OutsideCode, Rma } from '../fields.ts';
import { MoneyBody, moneyIn } from '../money.ts';
import { Problem } from '../problem.ts';
import { CardConsentBody } from './card-consent.ts';
import { carryOut, commandResponses } from './carry-out.ts';
import { noteId } from './notes.ts';

const onReturn = { method: 'post', tag: 'Returns', permission: 'money:adjust', responses: commandResponses } as const;

/** What people decide about money over the rules. */
export const adjustmentEndpoints = [
  endpoint({
    ...onReturn,
    path: '/v1/returns/{rma}/adjustments',
    id: 'adjustReturn',
    summary: 'Pay or claim what no rule makes due',
    description:
      'Never more is paid than is left of what was paid for the order, nor more claimed than was given. A closed return opens for it.',
    problems: [404, 409, 422],
    params: z.object({ rma: Rma }),
    body: z
      .strictObject({
        direction: z.enum(['pay', 'claim']).meta({ description: 'To the buyer, or back from the buyer.' }),
        amount: MoneyBody,
        reason: z.enum(adjustmentCodes),
        note: NoteText,
      })
      .meta({ id: 'Adjustment' }),
    handle: async (call, api) => {
      const { rma } = call.params;
      const { direction, reason: code } = call.body;
      const amount = await minorUnits(api, rma, call.body.amount);
      const note = { id: noteId(call.commandId), text: call.body.note };
      return await carryOut(api, call, rma, { type: 'adjust', direction, amount, code, note: note.id }, [note]);
    },
  }),
  endpoint({
    ...onReturn,
    path: '/v1/returns/{rma}/clawbacks/{clawback}/ends',
    id: 'endClawback',
    summary: 'Say how a claim on the buyer ended',
    description:
      'Paid by other means, waived, written off, or handed to others to collect; whether or not a person was asked yet.',
    problems: [404, 409],
    params: z.object({ rma: Rma, clawback: LocalId }),
    body: z
      .strictObject({
        how: z.enum(['paid', 'waived', 'written_off', 'external']),
        note: NoteText,
        reference: OutsideCode.exactOptional().meta({ description: 'Your own name for the payment.' }),
      })
      .meta({ id: 'ClawbackEnd' }),
    handle: async (call, api) => {
      const { rma, clawback } = call.params;
      const note = { id: noteId(call.commandId), text: call.body.note };
      const ended = { ...call.body, note: note.id };
      return await carryOut(api, call, rma, { type: 'settle_clawback', clawback, ...ended }, [note]);
    },
  }),
  endpoint({
    ...onReturn,
    permission: 'exchanges:handle',
    path: '/v1/returns/{rma}/card-consents',
    id: 'recordCardConsent',
    summary: 'Record that the buyer agreed to be charged',
    description:
      'Where it was not said with the request. What the buyer owes is then charged to the card that paid, once a claim, as far as the ' +
      'policy says so (`refund.chargesConsented`).',
    problems: [404, 409, 422],
    params: z.object({ rma: Rma }),
    body: CardConsentBody,
    handle: async (call, api) =>
      await carryOut(api, call, call.params.rma, { type: 'record_consent', consent: call.body }),
  }),
];

/** An amount in the return's currency; its being above zero is for the return to say. */
export async function minorUnits(
  api: Api,
  rma: string,
  asked: z.infer<typeof MoneyBody>,
  field = 'amount',
): Promise<number> {
  return (await amountsOf(api, rma))(asked, field);
}

/** Reads amounts that a request has several of. */
export async function amountsOf({ db }: Api, rma: string) {
  const row = await db.return.findUnique({ where: { rma }, select: { currency: true } });
  return (asked: z.infer<typeof MoneyBody>, field: string): number => {
    const read = moneyIn(asked.amount, asked.currency);
    if (typeof read === 'string') {
      throw new Problem(422, read, `${asked.amount} ${asked.currency} is not an amount`, { field });
    }
    if (row !== null && row.currency !== read.currency) {
      throw new Problem(422, 'currency_differs', `this return is in ${row.currency}`, { field: `${field}.currency` });
    }
    return read.amount;
  };
}
