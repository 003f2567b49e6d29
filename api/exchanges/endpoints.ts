import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { LocalId, NoteText, OutsideCode, Rma } from '../fields.ts';
import { MoneyBody } from '../money.ts';
import { minorUnits } from '../returns/adjustments.ts';
import { carryOut, commandResponses } from '../returns/carry-out.ts';
import { noteId } from '../returns/notes.ts';

const ofExchange = {
  method: 'post',
  tag: 'Returns',
  permission: 'exchanges:handle',
  params: z.object({ rma: Rma, exchange: LocalId }),
  responses: commandResponses,
} as const;

/** What a shop tells of the goods that it sends for what comes back. */
export const exchangeEndpoints = [
  endpoint({
    ...ofExchange,
    path: '/v1/returns/{rma}/exchanges/{exchange}/payments',
    id: 'payExchange',
    summary: 'Say that the buyer has paid the difference',
    description:
      'The shop charges it; `return.exchange_payment_due` tells how much and until when. Exactly that amount, once: the same ' +
      'reference told again changes nothing. Where nothing is due any more, give back what was charged.',
    problems: [404, 409, 422],
    body: z
      .strictObject({
        amount: MoneyBody,
        reference: OutsideCode.meta({ description: 'The payment, by the shop’s own name for it.' }),
      })
      .meta({ id: 'ExchangePayment' }),
    handle: async (call, api) => {
      const { rma, exchange } = call.params;
      const { reference } = call.body;
      const amount = await minorUnits(api, rma, call.body.amount);
      return await carryOut(api, call, rma, { type: 'pay_exchange', exchange, amount, reference });
    },
  }),
  endpoint({
    ...ofExchange,
    path: '/v1/returns/{rma}/exchanges/{exchange}/shipments',
    id: 'shipExchange',
    summary: 'Say that the goods were shipped to the buyer',
    description:
      'Once they are ready, as `return.exchange_ready` tells with what to ship: all of it, in one shipment. The new serials are ' +
      'kept with it.',
    problems: [404, 409, 422],
    body: z
      .strictObject({
        carrier: OutsideCode.nullable().default(null),
        tracking: OutsideCode.nullable().default(null),
        serials: z
          .array(z.strictObject({ sku: OutsideCode, serials: z.array(OutsideCode).min(1).max(1000) }))
          .max(100)
          .default([]),
      })
      .meta({ id: 'ExchangeShipment' }),
    handle: async (call, api) => {
      const { rma, exchange } = call.params;
      return await carryOut(api, call, rma, { type: 'ship_exchange', exchange, ...call.body });
    },
  }),
  endpoint({
    ...ofExchange,
    path: '/v1/returns/{rma}/exchanges/{exchange}/cancellations',
    id: 'cancelExchange',
    summary: 'Send no goods, and pay instead',
    description:
      'Until they were shipped. What was credited towards them is refunded, their stock is free again; a difference that the ' +
      'buyer has paid is for the shop to give back.',
    problems: [404, 409],
    body: z.strictObject({ note: NoteText }).meta({ id: 'ExchangeCancellation' }),
    handle: async (call, api) => {
      const { rma, exchange } = call.params;
      const note = { id: noteId(call.commandId), text: call.body.note };
      return await carryOut(api, call, rma, { type: 'drop_exchange', exchange, note: note.id }, [note]);
    },
  }),
];
