import { z } from 'zod';
import { vendorReturnResolutions } from '../../domain/vendor-return/attention.ts';
import type { Api } from '../api.ts';
import { endpoint } from '../endpoint.ts';
import { LocalId, NoteText, OutsideCode, Rma } from '../fields.ts';
import { moneyIn } from '../money.ts';
import { Problem } from '../problem.ts';
import { type Note, noteId } from '../returns/notes.ts';
import { carryOut, commandResponses, vendorReturnNotFound } from './carry-out.ts';
import { VendorReturnNumber } from './one.ts';

const onVendorReturn = {
  method: 'post',
  tag: 'Vendor returns',
  problems: [404, 409, 422],
  responses: commandResponses,
  params: z.object({ number: VendorReturnNumber }),
} as const;

const Named = z.strictObject({ rma: Rma, item: LocalId });
const Amount = z
  .string()
  .max(40)
  .meta({ description: 'A decimal amount in the vendor return’s currency.', example: '12.34' });
const OptionalNote = z.strictObject({ note: NoteText.exactOptional() });

/** What people tell a vendor return. */
export const vendorReturnCommands = [
  endpoint({
    ...onVendorReturn,
    path: '/v1/vendor-returns/{number}/authorization',
    id: 'authorizeVendorReturn',
    summary: 'Record that the vendor takes the goods',
    description: 'Items that it does not take are let go: their returns choose another way for them.',
    permission: 'executions:handle',
    body: z
      .strictObject({
        vendorRma: OutsideCode.meta({ description: 'The vendor’s own number for it.' }),
        restockingBasisPoints: z
          .int()
          .min(0)
          .max(10_000)
          .default(0)
          .meta({ description: 'What the vendor keeps of the cost.' }),
        shipBy: z.iso.datetime().nullable().default(null),
        refused: z.array(Named).max(250).default([]),
      })
      .meta({ id: 'VendorAuthorization' }),
    handle: async (call, api) => await carryOut(api, call, call.params.number, { type: 'authorize', ...call.body }),
  }),
  endpoint({
    ...onVendorReturn,
    path: '/v1/vendor-returns/{number}/refusal',
    id: 'refuseVendorReturn',
    summary: 'Record that the vendor does not take the goods',
    permission: 'executions:handle',
    body: OptionalNote.meta({ id: 'VendorRefusal' }),
    handle: async (call, api) => {
      const { note, notes } = noted(call.commandId, call.body.note);
      return await carryOut(api, call, call.params.number, { type: 'decline', note }, notes);
    },
  }),
  endpoint({
    ...onVendorReturn,
    path: '/v1/vendor-returns/{number}/shipment',
    id: 'shipVendorReturn',
    summary: 'Record that the goods left for the vendor',
    permission: 'executions:handle',
    body: z.strictObject({ carrier: OutsideCode, tracking: OutsideCode }).meta({ id: 'VendorShipment' }),
    handle: async (call, api) => await carryOut(api, call, call.params.number, { type: 'ship', ...call.body }),
  }),
  endpoint({
    ...onVendorReturn,
    path: '/v1/vendor-returns/{number}/credits',
    id: 'recordVendorCredit',
    summary: 'Record a credit memo of the vendor',
    description:
      'Less than expected is a short payment, which waits for a person. Without items the memo is shared out over what each is still to bring, to the last minor unit.',
    permission: 'executions:settle',
    body: z
      .strictObject({
        memo: OutsideCode.meta({ description: 'The number of the credit memo.' }),
        amount: Amount,
        items: z
          .array(Named.extend({ amount: Amount }))
          .min(1)
          .max(250)
          .nullable()
          .default(null),
      })
      .meta({ id: 'VendorCredit' }),
    handle: async (call, api) => {
      const { number } = call.params;
      const { memo, amount, items } = call.body;
      const currency = await currencyOf(api, number);
      const total = minorUnits(amount, currency, 'amount');
      const shares = items?.map((each, index) => ({
        ...each,
        amount: minorUnits(each.amount, currency, `items[${index}].amount`),
      }));
      return await carryOut(api, call, number, { type: 'record_credit', memo, total, items: shares ?? null });
    },
  }),
  endpoint({
    ...onVendorReturn,
    path: '/v1/vendor-returns/{number}/write-off',
    id: 'writeOffVendorReturn',
    summary: 'Give up what the vendor has not credited',
    permission: 'executions:settle',
    body: z.strictObject({ note: NoteText }).meta({ id: 'VendorWriteOff' }),
    handle: async (call, api) => {
      const { note, notes } = noted(call.commandId, call.body.note);
      return await carryOut(api, call, call.params.number, { type: 'write_off', note }, notes);
    },
  }),
  endpoint({
    ...onVendorReturn,
    path: '/v1/vendor-returns/{number}/cancellation',
    id: 'cancelVendorReturn',
    summary: 'Call it off while nothing has left; its items are free again',
    permission: 'executions:handle',
    body: OptionalNote.meta({ id: 'VendorReturnCancellation' }),
    handle: async (call, api) => {
      const { note, notes } = noted(call.commandId, call.body.note);
      return await carryOut(api, call, call.params.number, { type: 'cancel', note }, notes);
    },
  }),
  endpoint({
    ...onVendorReturn,
    path: '/v1/vendor-returns/{number}/attention/{attention}/resolutions',
    id: 'resolveVendorReturnAttention',
    summary: 'Settle what waits for a person',
    permission: 'executions:settle',
    params: z.object({ number: VendorReturnNumber, attention: LocalId }),
    body: z
      .strictObject({ resolution: z.enum(vendorReturnResolutions), note: NoteText })
      .meta({ id: 'VendorReturnResolution' }),
    handle: async (call, api) => {
      const { number, attention } = call.params;
      const note: Note = { id: noteId(call.commandId), text: call.body.note };
      const { resolution } = call.body;
      return await carryOut(api, call, number, { type: 'resolve', attention, resolution, note: note.id }, [note]);
    },
  }),
];

function noted(commandId: string, text: string | undefined): { note: string | null; notes: readonly Note[] } {
  if (text === undefined) return { note: null, notes: [] };
  const note = { id: noteId(commandId), text };
  return { note: note.id, notes: [note] };
}

async function currencyOf({ db }: Api, number: string): Promise<string> {
  const row = await db.execution.findUnique({ where: { number }, select: { currency: true } });
  if (row === null) throw vendorReturnNotFound(number);
  return row.currency;
}

function minorUnits(amount: string, currency: string, field: string): number {
  const read = moneyIn(amount, currency);
  if (typeof read === 'string') {
    throw new Problem(
      400,
      'amount_invalid',
      `${amount} is not an amount in ${currency} (${read.replaceAll('_', ' ')})`,
      {
        field,
      },
    );
  }
  return read.amount;
}
