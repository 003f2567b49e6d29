import { z } from 'zod';
import {
  type PaidRepairEvent,
  paidRepairEnds,
  quoteAnswers,
  quoteReasons,
  quoteStates,
} from '../../domain/return/events/paid-repair.ts';
import type { ReturnEvent } from '../../domain/return/events.ts';
import { endpoint } from '../endpoint.ts';
import { LocalId, Rma } from '../fields.ts';
import { MoneyBody, moneyOut } from '../money.ts';
import { amountsOf, minorUnits } from './adjustments.ts';
import { carryOut, commandResponses } from './carry-out.ts';

/** What mending an item costs its owner, and what came of it. */
export const RepairQuoteBody = z
  .object({
    because: z.enum(quoteReasons),
    parts: MoneyBody,
    labour: MoneyBody,
    fee: MoneyBody,
    tax: MoneyBody,
    total: MoneyBody.meta({ description: 'With tax.' }),
    diagnosis: MoneyBody.meta({ description: 'What its owner owes who doesn’t agree, with tax.' }),
    until: z.iso.datetime(),
    state: z.enum(quoteStates),
    clawback: z.string().nullable().meta({ description: 'The claim for it, once it was agreed to.' }),
    end: z.enum(paidRepairEnds).nullable().meta({ description: 'Why it came to nothing.' }),
  })
  .meta({ id: 'RepairQuote' });

type Of<T extends PaidRepairEvent['type']> = Extract<PaidRepairEvent, { type: T }>;
type WorkedOn = Extract<ReturnEvent, { type: 'item_worked_on' }>;

/** The last quote for an item, or for the one that work has parted it from since; null where nobody quoted. */
export function repairQuoteOut(
  item: string,
  events: readonly ReturnEvent[],
  currency: string,
): z.infer<typeof RepairQuoteBody> | null {
  const ids = quotedAs(item, events);
  const last = <T extends PaidRepairEvent['type']>(type: T): Of<T> | undefined =>
    events.findLast((event): event is Of<T> => event.type === type && 'item' in event && ids.includes(event.item));
  const quoted = last('repair_quoted');
  if (quoted === undefined) return null;
  const { because, price, total, diagnosis, until } = quoted;
  const money = (amount: number) => moneyOut(amount, currency);
  const agreed = last('repair_agreed');
  const ended = last('paid_repair_ended');
  const state = ended !== undefined ? 'ended' : last('repair_paid') !== undefined ? 'paid' : agreed ? 'agreed' : 'open';
  return {
    ...{ because, until, state, clawback: agreed?.clawback ?? null, end: ended?.why ?? null },
    ...{ parts: money(price.parts), labour: money(price.labour), fee: money(price.fee), tax: money(price.tax) },
    ...{ total: money(total.amount), diagnosis: money(diagnosis.amount) },
  };
}

/** An item and what it was part of when that was quoted for: nothing but work on it parts what was quoted. */
function quotedAs(item: string, events: readonly ReturnEvent[]): readonly string[] {
  const work = events.find(
    (event): event is WorkedOn =>
      event.type === 'item_worked_on' && event.item !== item && event.into.some((part) => part.item === item),
  );
  return work === undefined ? [item] : [item, ...quotedAs(work.item, events)];
}

const onItem = {
  method: 'post',
  tag: 'Returns',
  responses: commandResponses,
  params: z.object({ rma: Rma, item: LocalId }),
} as const;

/** Mending goods against payment: the quote, and what their owner says to it. */
export const repairQuoteEndpoints = [
  endpoint({
    ...onItem,
    problems: [404, 409, 422],
    path: '/v1/returns/{rma}/items/{item}/repair-quotes',
    id: 'quoteRepair',
    summary: 'Quote a repair that the owner pays for',
    description:
      'For goods that no warranty covers any more, or whose fault their owner caused, where the policy has them mended against ' +
      'payment (`warranty.paidRepair`). Amounts are net; tax is added as the goods were taxed when they were sold. ' +
      '`return.repair_quoted` tells that the owner is to be asked, and until when. A quote that nobody has answered is ' +
      'replaced by another. One of nothing is a repair for goodwill.',
    permission: 'returns:decide',
    body: z
      .strictObject({
        because: z.enum(quoteReasons),
        parts: MoneyBody,
        labour: MoneyBody,
        fee: MoneyBody.meta({ description: 'For looking at it, and for what else the work takes.' }),
      })
      .meta({ id: 'NewRepairQuote' }),
    handle: async (call, api) => {
      const { rma, item } = call.params;
      const { because, ...net } = call.body;
      const read = await amountsOf(api, rma);
      const [parts, labour, fee] = [read(net.parts, 'parts'), read(net.labour, 'labour'), read(net.fee, 'fee')];
      return await carryOut(api, call, rma, { type: 'quote_repair', item, because, parts, labour, fee });
    },
  }),
  endpoint({
    ...onItem,
    problems: [404, 409, 422],
    path: '/v1/returns/{rma}/items/{item}/repair-quote-answers',
    id: 'answerRepairQuote',
    summary: 'Say what the owner answers to the quote for a repair',
    description:
      '`accept`: the quote of this `total` is agreed to, not one that replaced it since (`quote_has_changed`), and the item is mended once the claim for it is paid, by the card of an owner who agreed to that, or as you say at ' +
      'the claim. Else it goes back as it came, or is scrapped (`dispose`), and its owner owes what looking at it costs. ' +
      'Who doesn’t answer in time gets it back.',
    permission: 'returns:change',
    body: z
      .discriminatedUnion('answer', [
        z.strictObject({
          answer: z.literal('accept'),
          total: MoneyBody.meta({ description: 'Of the quote that the owner was shown.' }),
        }),
        z.strictObject({ answer: z.enum(quoteAnswers).exclude(['accept']) }),
      ])
      .meta({ id: 'RepairQuoteAnswer' }),
    handle: async (call, api) => {
      const { rma, item } = call.params;
      const { body } = call;
      const total = body.answer === 'accept' ? { total: await minorUnits(api, rma, body.total, 'total') } : {};
      return await carryOut(api, call, rma, { type: 'answer_repair_quote', item, answer: body.answer, ...total });
    },
  }),
];
